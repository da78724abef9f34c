import { useState } from 'react'
import { siteContent, type ModelContent, type SiteContent } from '../../../contract/site/content.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { type Column, DataTable } from '../../ui/data-table.tsx'
import { Dialog, Drawer } from '../../ui/dialog.tsx'
import { Anchor, Stack } from '../../ui/layout.ts'
import { Facts, Page, Section } from '../../ui/page.tsx'
import { useFormat } from '../../ui/provider.tsx'
import { EmptyState, ErrorState, Skeletons } from '../../ui/state.tsx'
import { useAsk } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { useRights } from '../session/session.tsx'
import { ModelForm } from './model-form.tsx'
import { OpenSiteForm, SiteForm } from './site-form.tsx'
import styles from './site.module.css'
import { Visits } from './visits.tsx'

/** What visitors of the company's site see, and how many came. */
export function SitePage() {
  const [{ siteContent: t }, { why }] = [useWords(), useRights()]
  const { data, isLoading, trouble } = useAsk(siteContent.show, {})
  const [isEditing, setEditing] = useState(false)
  const site = data?.site ?? null
  return (
    <Page title={t.title} actions={site && <Address site={site} />}>
      <Stack gap="md">
        {trouble && <ErrorState {...trouble} />}
        {!data && !trouble && <Skeletons lines={6} />}
        {data && !site && (
          <EmptyState
            icon="globe"
            title={t.none}
            hint={t.noneHint}
            action={
              <Button kind="primary" disabledReason={why(siteContent.open)} onClick={() => setEditing(true)}>
                {t.open}
              </Button>
            }
          />
        )}
        {site && <Words site={site} onEdit={() => setEditing(true)} />}
        {site && <Models models={data?.models ?? []} isLoading={isLoading} />}
        {site && <Visits />}
      </Stack>
      <Dialog isOpen={isEditing} onClose={() => setEditing(false)} title={site ? t.edit : t.open}>
        {site ? <SiteForm site={site} onDone={() => setEditing(false)} /> : <OpenSiteForm onDone={() => setEditing(false)} />}
      </Dialog>
    </Page>
  )
}

function Address({ site }: { site: SiteContent }) {
  const { siteContent: t } = useWords()
  return (
    <Anchor href={`/site/${site.slug}`} target="_blank">
      {t.see}
    </Anchor>
  )
}

function Words({ site, onEdit }: { site: SiteContent; onEdit: () => void }) {
  const [{ siteContent: t }, { why }] = [useWords(), useRights()]
  const edit = (
    <Button icon="edit" disabledReason={why(siteContent.edit)} onClick={onEdit}>
      {t.edit}
    </Button>
  )
  return (
    <Section title={site.name} actions={edit}>
      <p>{t.hint}</p>
      <Facts
        facts={[
          [t.address, `/site/${site.slug}`],
          [
            t.state,
            <Badge key="state" tone={site.isOpen ? 'good' : 'neutral'}>
              {site.isOpen ? t.openNow : t.closedNow}
            </Badge>,
          ],
          [t.headline, site.headline || '—'],
          [t.about, site.about || '—'],
        ]}
      />
    </Section>
  )
}

function Models({ models, isLoading }: { models: readonly ModelContent[]; isLoading: boolean }) {
  const { siteContent: t } = useWords()
  const [openId, setOpenId] = useState<string | null>(null)
  const open = models.find(({ modelId }) => modelId === openId)
  return (
    <Section title={t.models}>
      <div className={styles.table}>
        <DataTable
          label={t.models}
          data={{ rows: [...models], isLoading, trouble: null, hasMore: false, isLoadingMore: false, loadMore: () => undefined }}
          columns={useColumns()}
          rowKey={({ modelId }) => modelId}
          empty={{ title: t.noModels, icon: 'car' }}
          onOpen={({ modelId }) => setOpenId(modelId)}
          card={(row) => <Line model={row} />}
        />
      </div>
      <Drawer isOpen={open !== undefined} onClose={() => setOpenId(null)} title={open ? `${open.brand} ${open.name}` : t.model}>
        {open && <ModelForm model={open} key={open.modelId} onDone={() => setOpenId(null)} />}
      </Drawer>
    </Section>
  )
}

function useColumns(): Column<ModelContent>[] {
  const [{ siteContent: t }, format] = [useWords(), useFormat()]
  return [
    { key: 'name', title: t.model, width: 200, cell: ({ brand, name }) => `${brand} ${name}` },
    { key: 'shown', title: t.shown, width: 100, cell: ({ isShown }) => (isShown ? t.yes : t.no) },
    { key: 'body', title: t.body, width: 130, cell: ({ bodyType, version }) => (version === 0 ? '—' : t.bodies[bodyType]) },
    { key: 'price', title: t.priceFrom, width: 150, align: 'end', cell: ({ priceFromKopecks }) => (priceFromKopecks === null ? '—' : format.money(priceFromKopecks)) },
    { key: 'headline', title: t.modelHeadline, width: 320, grows: true, cell: ({ headline }) => headline || '—' },
  ]
}

function Line({ model }: { model: ModelContent }) {
  const [{ siteContent: t }, format] = [useWords(), useFormat()]
  return (
    <div>
      <strong>
        {model.brand} {model.name}
      </strong>
      <div>
        {t.shown}: {model.isShown ? t.yes : t.no}
        {model.priceFromKopecks !== null && ` · ${format.money(model.priceFromKopecks)}`}
      </div>
    </div>
  )
}
