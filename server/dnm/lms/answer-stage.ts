import { lms, lmsResults, type LmsRequest } from '../../../contract/dnm/lms.ts'
import { handle, invalid, wrongState } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { lockNetworkLead, type NetworkColumns } from '../leads/network-row.ts'
import { tellState, toldOf, type Told } from '../leads/tell-state.ts'
import { refusalOf } from '../dealers/lost-request.ts'
import { myDealer } from '../dealers/my-dealer.ts'
import { stagesOf, stageTypeOf, statusOf } from './stages.ts'

const find = statement<{ id: string }>('lms_by_number', `select id from network_leads where tenant_id = $1 and number = $2`)

const closing = { [lmsResults.deal]: 'deal', [lmsResults.answered]: 'answered', [lmsResults.refused]: 'refused' } as const
const closingToo = { [lmsResults.unreachable]: 'unreachable', [lmsResults.duplicate]: 'duplicate', [lmsResults.spam]: 'spam' } as const
const results: Record<number, NonNullable<NetworkColumns['result']>> = { ...closing, ...closingToo }
/** Results that somebody talked with the client for. */
const spoken: readonly number[] = [lmsResults.contacted, lmsResults.deal, lmsResults.answered, lmsResults.refused]

/** A dealer's system closes a stage. What is not this dealer's is refused; the clocks go by our own time, not by what is told. */
export const answerLmsStage = handle(lms.answer, async (ctx, { id, stage_id: stageId, result_id: resultId }) => {
  const dealer = await myDealer(ctx)
  const [found] = await ctx.run(find, [id])
  const lead = found && (await lockNetworkLead(ctx, found.id))
  if (!lead || lead.dealerId !== dealer.id || !lead.receivedAt) throw await refusalOf(ctx, dealer.id, found?.id)
  const stage = stageTypeOf(lead.number, stageId)
  if (stage === null) throw invalid('stage_id', 'unknown')
  if ((stage === 'take') !== (resultId === lmsResults.taken) || (stage === 'work' && !spoken.includes(resultId) && !results[resultId]))
    throw invalid('result_id', 'of_another_stage')
  const told = after(lead, resultId, ctx.now())
  if (!(await tellState(ctx, lead, told))) ctx.audit('network_lead.told', { object: { kind: 'network_lead', id: lead.id }, details: { repeated: true } })
  const now: NetworkColumns = { ...lead, ...told }
  return { success: true as const, id: lead.number, status: statusOf(now) satisfies LmsRequest['status'], stages: stagesOf(now, ctx.now()) }
})

/** What the answer makes of a request. What is closed with one result is not closed with another: whoever was wrong asks the lead desk. */
function after(lead: NetworkColumns, resultId: number, now: Date): Told {
  const told = toldOf(lead)
  const result = results[resultId] ?? null
  if (lead.closedAt) {
    if (result !== null && result !== lead.result) throw wrongState('closed')
    return told
  }
  const takenAt = told.takenAt ?? now
  if (resultId === lmsResults.taken) return { ...told, takenAt }
  const firstContactAt = spoken.includes(resultId) ? (told.firstContactAt ?? now) : told.firstContactAt
  return { ...told, takenAt, firstContactAt, ...(result ? { result, closedAt: now } : {}), ...(result === 'deal' ? { dealAt: told.dealAt ?? now } : {}) }
}
