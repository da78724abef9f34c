import { useCallback } from 'react'
import { staff } from '../../../../contract/identity/staff.ts'
import { useAll } from '../../data/ask.ts'
import { useRights } from '../../session/session.tsx'

/** Names of colleagues by employee id, from the directory (kept ten minutes); null for whoever is not in it. */
export function useStaffNames(): (employeeId: string) => string | null {
  const { may } = useRights()
  const rows = useAll(staff.list, { limit: 100, view: 'all' }, { staleMs: 600_000, isOn: may('staff.read') })
  return useCallback((employeeId) => rows?.find(({ id }) => id === employeeId)?.name ?? null, [rows])
}
