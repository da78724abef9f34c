import { staff, type StaffRow } from '../../../../contract/identity/staff.ts'
import { allows } from '../../../../contract/permissions.ts'
import { useAll } from '../../data/ask.ts'
import { useRights } from '../../session/session.tsx'

type Choices = { value: string; label: string }[]

/** Whoever may lead a deal of this outlet, for a choice; without `but`. The server checks the same. */
export const useSellers = (outletId: string | null, but?: string): Choices => useColleagues(outletId, ({ id, role }) => allows(role, 'deal.edit') && id !== but)

/** Credit and insurance specialists of this outlet, for a choice. */
export const useSpecialists = (outletId: string): Choices => useColleagues(outletId, ({ role }) => role === 'credit_specialist')

function useColleagues(outletId: string | null, fits: (one: StaffRow) => boolean): Choices {
  const { may } = useRights()
  const everyone = useAll(staff.list, { limit: 100, view: 'all' }, { staleMs: 600_000, isOn: may('staff.read') })
  return (everyone ?? [])
    .filter((one) => one.state === 'active' && (one.outletId === null || outletId === null || one.outletId === outletId) && fits(one))
    .map(({ id, name }) => ({ value: id, label: name }))
}
