import { type closingResults, type LeadRow, leads } from '../../../../contract/crm/lead.ts'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import { useRights, useSession } from '../../session/session.tsx'

type After = { id: string; version: number }
const changes = ['lead', 'person'] as const

/** What can be done with a lead, each with its undo; `why` says what stands against it now, by the rule the server checks. */
export function useLeadActs() {
  const [{ leads: t, ui }, { why }, { employeeId: me }] = [useWords(), useRights(), useSession()]
  const undo = useAct(leads.undo, { changes, done: () => toast.done(t.undone) })
  const done =
    (text: string) =>
    (after: After): void =>
      toast.done(text, { label: ui.undo, run: () => undo.fire({ leadId: after.id, version: after.version }) })
  const [take, escalate, reopen] = [
    useAct(leads.take, { changes, done: done(t.taken) }),
    useAct(leads.escalate, { changes, done: done(t.escalated) }),
    useAct(leads.reopen, { changes, done: done(t.reopened) }),
  ]
  const close = useAct(leads.close, { changes, done: (after, { result }) => done(t.closed(t.results[result]))(after) })
  const at = ({ id, version }: LeadRow) => ({ leadId: id, version })
  const open = (lead: LeadRow): string | null => (lead.personId === null ? t.reasons.destroyed : lead.status === 'closed' ? t.reasons.isClosed : null)
  return {
    why: {
      take: (lead: LeadRow) => why(leads.take) ?? open(lead) ?? (lead.status === 'in_work' ? (lead.responsibleId === me ? t.reasons.isMine : t.reasons.isTaken) : null),
      assign: (lead: LeadRow) => why(leads.assign) ?? open(lead),
      escalate: (lead: LeadRow) => why(leads.escalate) ?? open(lead) ?? (lead.escalatedAt ? t.reasons.isEscalated : null),
      close: (lead: LeadRow) => why(leads.close) ?? open(lead),
      reopen: (lead: LeadRow) => why(leads.reopen) ?? (lead.personId === null ? t.reasons.destroyed : lead.status === 'closed' ? null : t.reasons.isOpen),
    },
    take: (lead: LeadRow) => take.fire(at(lead)),
    escalate: (lead: LeadRow) => escalate.fire(at(lead)),
    reopen: (lead: LeadRow) => reopen.fire(at(lead)),
    close: (lead: LeadRow, result: (typeof closingResults)[number]) => close.fire({ ...at(lead), result }),
    undo: (lead: LeadRow) => undo.fire(at(lead)),
  }
}

/** One or many at once; answers what could not be handed over. The undo gives each back to whom it was taken from. */
export function useAssign() {
  const [{ leads: t, ui }] = [useWords()]
  const assign = useAct(leads.assignMany, { changes })
  const undo = useAct(leads.undo, { changes, isQuiet: true })
  return {
    isBusy: assign.isBusy,
    run: async (rows: readonly LeadRow[], employeeId: string | null, name: string): Promise<void> => {
      const { assigned, refused } = await assign.run({ leads: rows.map(({ id, version }) => ({ id, version })), employeeId })
      const back = async (): Promise<void> => {
        await Promise.all(
          assigned.map(({ id, version }) => undo.run({ leadId: id, version }).catch((error: unknown) => toast.failed(error instanceof Error ? error.message : String(error)))),
        )
        toast.done(t.undone)
      }
      if (assigned.length > 0) toast.done(rows.length === 1 ? t.assigned(name) : t.assignedMany(assigned.length, name), { label: ui.undo, run: () => void back() })
      if (refused.length > 0) toast.failed(t.notAssigned(refused.length))
    },
  }
}
