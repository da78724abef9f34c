import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useQueryClient } from '@tanstack/react-query'
import { ApiError } from '../../../../contract/call.ts'
import { policies, type PolicyDraft } from '../../../../contract/privacy/policy.ts'
import { Button } from '../../../ui/button.tsx'
import { confirm } from '../../../ui/dialog.tsx'
import { Page, Tabs } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { keyOf, useAsk } from '../../data/ask.ts'
import { useLanguage, useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useRights } from '../../session/session.tsx'
import { Contact } from './contact.tsx'
import { Difference } from './difference.tsx'
import { Notice } from './notice.tsx'
import styles from './policy.module.css'
import type { PolicyTab } from './routes.ts'
import { Versions } from './versions.tsx'

const route = getRouteApi(`/staff${paths.policy}`)

/** The policy as the registers say it now, what the published one no longer tells as it is, and every version that was. */
export function PolicyPage() {
  const { policy: t } = useWords()
  const { data, trouble } = useAsk(policies.draft, {})
  return (
    <Page title={t.title} actions={data && <Publish draft={data} />}>
      <p className={styles.hint}>{t.hint}</p>
      {trouble && !data && <ErrorState {...trouble} />}
      {!data && !trouble && <Skeletons lines={12} />}
      {data && <Whole draft={data} />}
    </Page>
  )
}

function Whole({ draft }: { draft: PolicyDraft }) {
  const [{ policy: t }, { locale }, navigate, format] = [useWords(), useLanguage(), useNavigate(), useFormat()]
  const { tab = 'text' } = route.useSearch()
  const show = (chosen: PolicyTab): void => void navigate({ to: paths.policy, search: chosen === 'text' ? {} : { tab: chosen } })
  const { published } = draft
  return (
    <div className={styles.whole}>
      <strong>{published ? t.inForce(published.version, format.date(published.publishedAt)) : t.none}</strong>
      <Notice draft={draft} />
      <Contact contact={draft.contact} />
      <Tabs
        label={t.title}
        active={tab}
        onChange={show}
        tabs={[
          { key: 'text', title: t.tabs.text, content: <div className={styles.text}>{draft.body[locale]}</div> },
          { key: 'difference', title: t.tabs.difference, content: <Difference lines={draft.difference[locale]} /> },
          { key: 'versions', title: t.tabs.versions, content: <Versions site={draft.site} /> },
        ]}
      />
    </div>
  )
}

function Publish({ draft }: { draft: PolicyDraft }) {
  const [{ policy: t }, { why }, client] = [useWords(), useRights(), useQueryClient()]
  const publish = useAct(policies.publish, { isQuiet: true })
  const isSame = draft.published !== null && draft.difference.ru.length === 0 && draft.difference.en.length === 0
  const reason = why(policies.publish) ?? (draft.problems.length > 0 ? t.unfitWhy : isSame ? t.nothingChanged : null)
  const run = async (): Promise<void> => {
    if (!(await confirm({ title: t.publishAsk, text: t.publishText, confirm: t.publish }))) return
    try {
      const { version } = await publish.run({ factsSha256: draft.factsSha256 })
      toast.done(t.published(version))
    } catch (error) {
      toast.failed(error instanceof ApiError && error.code === 'stale' ? t.somebodyChanged : (error as Error).message)
    } finally {
      void client.invalidateQueries({ queryKey: keyOf(policies.draft) })
      void client.invalidateQueries({ queryKey: keyOf(policies.versions) })
    }
  }
  return (
    <Button kind="primary" icon="check" disabledReason={reason} busy={publish.isBusy} onClick={() => void run()}>
      {t.publish}
    </Button>
  )
}
