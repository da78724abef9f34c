import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { z } from 'zod'
import { sessions } from '../../../../contract/identity/session.ts'
import { TenantDraft, type Tenant, tenants } from '../../../../contract/identity/tenant.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextAreaField, TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { Facts, Page, Section } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useShortcut } from '../../../ui/use-shortcut.ts'
import { useAct } from '../../data/act.ts'
import { keyOf, useAsk } from '../../data/ask.ts'
import { useVersion } from '../../data/use-version.ts'
import { Memberships } from '../../dnm/memberships.tsx'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import styles from '../identity.module.css'

type Company = z.output<typeof Tenant>

/** The legal entity that processes the data, as documents and consents name it. */
export function CompanyPage() {
  const [{ identity: t }, { why }, format] = [useWords(), useRights(), useFormat()]
  const { data: tenant, trouble } = useAsk(tenants.show, {})
  const [isEditing, setEditing] = useState(false)
  const cannot = why(tenants.edit)
  useShortcut('KeyE', cannot ? null : { label: t.edit, run: () => setEditing(true) })
  const edit = (
    <Button icon="edit" keycap="E" disabledReason={cannot} onClick={() => setEditing(true)}>
      {t.edit}
    </Button>
  )
  return (
    <Page title={t.company} actions={edit} isNarrow>
      {trouble && <ErrorState {...trouble} />}
      {!tenant && !trouble && <Skeletons lines={6} />}
      {tenant && (
        <Section>
          <p className={styles.hint}>{t.companyHint}</p>
          <Facts
            facts={[
              [t.legalName, tenant.name],
              [t.kind, t.kinds[tenant.kind]],
              [t.inn, tenant.inn],
              [t.kpp, tenant.kpp ?? '—'],
              [t.ogrn, tenant.ogrn],
              [t.address, tenant.address],
              [t.since, format.date(tenant.createdAt)],
            ]}
          />
        </Section>
      )}
      {tenant?.kind === 'dealer' && <Memberships />}
      <Dialog isOpen={isEditing && tenant !== undefined} onClose={() => setEditing(false)} title={t.company}>
        {tenant && <CompanyForm tenant={tenant} onClose={() => setEditing(false)} />}
      </Dialog>
    </Page>
  )
}

/** An empty field means that there is none. */
const Typed = z.preprocess((typed) => (typeof typed === 'object' && typed !== null && 'kpp' in typed && typed.kpp === '' ? { ...typed, kpp: null } : typed), TenantDraft)
type Draft = { name: string; inn: string; kpp: string; ogrn: string; address: string }

function CompanyForm({ tenant, onClose }: { tenant: Company; onClose: () => void }) {
  const [{ identity: t }, client] = [useWords(), useQueryClient()]
  const names = { name: t.legalName, inn: t.inn, kpp: t.kpp, ogrn: t.ogrn, address: t.address }
  const saving = useVersion(tenant.version, names, undefined, (current) => ({ ...current, kpp: current.kpp ?? '' }))
  const edit = useAct(tenants.edit, { isQuiet: true })
  const save = async (draft: z.output<typeof TenantDraft>): Promise<void> => {
    await saving((version) => edit.run({ ...draft, version }))
    await Promise.all([client.invalidateQueries({ queryKey: keyOf(tenants.show) }), client.invalidateQueries({ queryKey: keyOf(sessions.me) })])
    toast.done(t.saved)
    onClose()
  }
  const initial: Draft = { name: tenant.name, inn: tenant.inn, kpp: tenant.kpp ?? '', ogrn: tenant.ogrn, address: tenant.address }
  return (
    <Form schema={Typed} initial={initial} onSubmit={save} onCancel={onClose}>
      {(form) => (
        <>
          <TextField label={t.legalName} autoFocus required maxLength={200} {...form.field('name')} />
          <div className={styles.two}>
            <TextField label={t.inn} inputMode="numeric" required maxLength={12} {...form.field('inn')} />
            <TextField label={t.kppIfAny} maxLength={9} {...form.field('kpp')} />
          </div>
          <TextField label={t.ogrn} inputMode="numeric" required maxLength={15} {...form.field('ogrn')} />
          <TextAreaField label={t.address} required rows={2} maxLength={500} {...form.field('address')} />
        </>
      )}
    </Form>
  )
}
