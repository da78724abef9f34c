import { log, type LogEntry } from '../../../../contract/audit/log.ts'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useRights, useSession } from '../../session/session.tsx'

const FRESH_MS = 5 * 60_000

/** Who stands behind an entry, as people say it: a name for staff, a kind for machines. */
export type NameOf = (entry: Pick<LogEntry, 'actorKind' | 'actorId' | 'role'>) => string

/** Members of staff whose acts can be asked for; none for whoever may see only their own. */
export function useLogStaff() {
  const { may } = useRights()
  const { data } = useAsk(log.staff, {}, { staleMs: FRESH_MS, isOn: may('log.read') })
  return data?.actors ?? []
}

export function useActorNames(): NameOf {
  const [{ privacy: t, shell }, staff, me] = [useWords(), useLogStaff(), useSession()]
  const roles: Record<string, string> = shell.roles
  return ({ actorKind, actorId, role }) => {
    if (actorId === me.employeeId) return me.name
    const name = staff.find(({ id }) => id === actorId)?.name
    return name || (actorKind === 'staff' ? (roles[role] ?? t.actors.staff) : t.actors[actorKind])
  }
}
