import type { z } from 'zod'
import { departmentKinds, interests, leads } from '../../../../contract/crm/lead.ts'
import { type Rule, RuleDraft, routing, sources } from '../../../../contract/crm/routing.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { SelectField, SwitchField, TextField } from '../../../ui/fields.tsx'
import { Form, type FormHandle } from '../../../ui/form.tsx'
import { Stack } from '../../../ui/layout.ts'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useAsk } from '../../data/ask.ts'
import { useVersion } from '../../data/use-version.ts'
import { useWords } from '../../language.tsx'
import { useRights, useSession } from '../../session/session.tsx'
import { useLeadWords } from '../leads/lead-words.ts'

type Draft = z.output<typeof RuleDraft>

/** One rule: when it fits, and to whom the lead goes then. */
export function RuleDialog({ rule, onClose }: { rule: Rule | 'new' | null; onClose: () => void }) {
  const { leads: t } = useWords()
  return (
    <Dialog isOpen={rule !== null} onClose={onClose} title={rule === 'new' ? t.ruleNew : t.ruleEdit}>
      {rule && <Body rule={rule} onClose={onClose} />}
    </Dialog>
  )
}

function Body({ rule, onClose }: { rule: Rule | 'new'; onClose: () => void }) {
  const [{ leads: t }, { outlets }] = [useWords(), useSession()]
  const create = useAct(routing.create, { changes: ['lead'], isQuiet: true })
  const edit = useAct(routing.edit, { changes: ['lead'], isQuiet: true })
  const blank: Draft = { name: '', sourceId: null, interest: null, outletId: null, toOutletId: outlets[0]?.id ?? '', toDepartmentKind: 'sales', toEmployeeId: null, isActive: true }
  const saving = useVersion(rule === 'new' ? 0 : rule.version, useNames(), useSaid())
  const save = async (draft: Draft): Promise<void> => {
    await (rule === 'new' ? create.run(draft) : saving((version) => edit.run({ ...draft, ruleId: rule.id, version })))
    toast.done(t.saved)
    onClose()
  }
  return (
    <Form schema={RuleDraft} initial={rule === 'new' ? blank : draftOf(rule)} onSubmit={save} onCancel={onClose}>
      {(form) => (
        <Stack gap="sm">
          <TextField label={t.ruleName} hint={t.ruleNameHint} required autoFocus maxLength={120} {...form.field('name')} />
          <When form={form} />
          <Then form={form} />
          <SwitchField label={t.ruleActive} {...form.field('isActive')} />
        </Stack>
      )}
    </Form>
  )
}

const draftOf = ({ name, sourceId, interest, outletId, toOutletId, toDepartmentKind, toEmployeeId, isActive }: Rule): Draft => ({
  name,
  sourceId,
  interest,
  outletId,
  toOutletId,
  toDepartmentKind,
  toEmployeeId,
  isActive,
})

function useNames(): Record<keyof Draft, string> {
  const { leads: t } = useWords()
  return {
    name: t.ruleName,
    sourceId: `${t.when}: ${t.source}`,
    interest: `${t.when}: ${t.interest}`,
    outletId: `${t.when}: ${t.outlet}`,
    toOutletId: t.toOutlet,
    toDepartmentKind: t.toDepartment,
    toEmployeeId: t.toEmployee,
    isActive: t.ruleActive,
  }
}

/** Codes and ids of a rule in words. */
function useSaid(): (field: string, value: unknown) => string | undefined {
  const [{ leads: t }, say] = [useWords(), useLeadWords()]
  const { data } = useAsk(sources.list, {}, { staleMs: 300_000 })
  return (field, value) => {
    switch (field as keyof Draft) {
      case 'sourceId':
        return value === null ? t.anySource : data?.sources.find(({ id }) => id === value)?.name
      case 'interest':
        return value === null ? t.anyInterest : t.interests[value as (typeof interests)[number]]
      case 'outletId':
        return value === null ? t.anyOutlet : say.outlet(value as string)
      case 'toOutletId':
        return say.outlet(value as string)
      case 'toDepartmentKind':
        return t.departments[value as (typeof departmentKinds)[number]]
      case 'toEmployeeId':
        return value === null ? t.least : say.staff(value as string)
      case 'name':
      case 'isActive':
        return undefined
    }
  }
}

function When({ form }: { form: FormHandle<Draft> }) {
  const [{ leads: t }, { outlets }] = [useWords(), useSession()]
  const { data } = useAsk(sources.list, {}, { staleMs: 300_000 })
  return (
    <>
      <SelectField
        label={`${t.when}: ${t.source}`}
        clearable
        placeholder={t.anySource}
        choices={(data?.sources ?? []).map(({ id, name }) => ({ value: id, label: name }))}
        {...form.field('sourceId')}
      />
      <SelectField
        label={`${t.when}: ${t.interest}`}
        clearable
        placeholder={t.anyInterest}
        choices={interests.map((value) => ({ value, label: t.interests[value] }))}
        {...form.field('interest')}
      />
      {outlets.length > 1 && (
        <SelectField
          label={`${t.when}: ${t.outlet}`}
          clearable
          placeholder={t.anyOutlet}
          choices={outlets.map(({ id, name }) => ({ value: id, label: name }))}
          {...form.field('outletId')}
        />
      )}
    </>
  )
}

function Then({ form }: { form: FormHandle<Draft> }) {
  const [{ leads: t }, { outlets }, { may }] = [useWords(), useSession(), useRights()]
  const { data } = useAsk(leads.assignees, {}, { staleMs: 60_000, isOn: may('lead.assign') })
  const { toOutletId, toDepartmentKind } = form.draft
  const people = (data?.assignees ?? []).filter(({ outletId, departmentKind }) => (outletId === null || outletId === toOutletId) && departmentKind === toDepartmentKind)
  return (
    <>
      <SelectField
        label={t.toOutlet}
        required
        choices={outlets.map(({ id, name }) => ({ value: id, label: name }))}
        {...form.field('toOutletId')}
        onChange={(chosen) => chosen && form.set({ toOutletId: chosen, toEmployeeId: null })}
      />
      <SelectField
        label={t.toDepartment}
        required
        choices={departmentKinds.map((value) => ({ value, label: t.departments[value] }))}
        {...form.field('toDepartmentKind')}
        onChange={(chosen) => chosen && form.set({ toDepartmentKind: chosen, toEmployeeId: null })}
      />
      <SelectField
        label={t.toEmployee}
        clearable
        placeholder={t.least}
        choices={people.map(({ employeeId, name }) => ({ value: employeeId, label: name }))}
        {...form.field('toEmployeeId')}
      />
    </>
  )
}
