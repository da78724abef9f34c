import { staff } from '../../../../contract/identity/staff.ts'
import { allows } from '../../../../contract/permissions.ts'
import { useAll } from '../../data/ask.ts'
import { useRights } from '../../session/session.tsx'

/** Whoever may lead a deal of this outlet, for a choice; without `but`. The server checks the same. */
export function useSellers(outletId: string | null, but?: string): { value: string; label: string }[] {
  const { may } = useRights()
  const everyone = useAll(staff.list, { limit: 100, view: 'all' }, { staleMs: 600_000, isOn: may('staff.read') })
  const fits = (everyone ?? []).filter(
    (one) => one.state === 'active' && allows(one.role, 'deal.edit') && (one.outletId === null || outletId === null || one.outletId === outletId) && one.id !== but,
  )
  return fits.map(({ id, name }) => ({ value: id, label: name }))
}
