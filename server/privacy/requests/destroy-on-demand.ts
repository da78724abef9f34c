import { requests } from '../../../contract/privacy/request.ts'
import type { EndReason } from '../../../contract/people/person.ts'
import { handle, wrongState } from '../../kernel/index.ts'
import { destroyPeople, endGrounds, isAwaited, liveGroundsOf } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { queueFarewell } from './farewell.ts'
import { addEvent } from './request-events.ts'
import { changeRequest, openRequest, personOf } from './request-row.ts'

const endedAs = { consent_withdrawn: 'consent_withdrawn', stop_demand: 'objection', unlawful: 'unlawful', not_needed: 'purpose_reached' } as const satisfies Record<
  string,
  EndReason
>

const locked = statement<{ isAwaited: boolean }>(
  'request_destroys',
  `
  select ${isAwaited('r.id <> $3')} "isAwaited"
  from persons p where p.tenant_id = $1 and p.id = $2 for update of p`,
)

/**
 * The person goes because they demand it (152-ФЗ art. 14 ч.1, 20 ч.3, 21 ч.3–5.1): their grounds end, then everything of them is destroyed under an act of its
 * own that names this request. What a law orders to keep is not destroyed on demand (art. 21 ч.5): refused as `held_by_law`, unless it was never lawful;
 * the register's own term for the papers of a request is no such order. What else they
 * asked for is answered first: afterwards nobody could (art. 14 ч.3).
 */
export const destroyOnDemand = handle(requests.destroy, async (ctx, { requestId, version, reason }) => {
  const row = await openRequest(ctx, requestId, version)
  const personId = personOf(row)
  if (row.kind === 'access' || row.kind === 'rectify' || row.kind === 'regulator') throw wrongState(row.kind)
  if (row.identity === 'unknown') throw wrongState('identity_unknown')
  const [person] = await ctx.run(locked, [personId, requestId])
  if (!person || person.isAwaited) throw wrongState(person ? 'request_open' : 'destroyed')
  const live = await liveGroundsOf(ctx, personId)
  if (reason !== 'unlawful' && live.some(({ basis, evidence }) => basis === 'law' && evidence.requestId === undefined)) throw wrongState('held_by_law')
  if (row.channel === 'portal' || row.channel === 'email') await queueFarewell(ctx, { requestId, personId })
  await endGrounds(
    ctx,
    personId,
    live.map(({ id }) => id),
    endedAs[reason],
  )
  await addEvent(ctx, requestId, 'executed', { details: { reason, grounds: live.length } })
  await changeRequest(ctx, row, { state: 'executed', answeredAt: ctx.now() })
  ctx.audit('request.executed', { persons: [personId], object: { kind: 'request', id: requestId }, details: { kind: row.kind, number: row.number, reason } })
  return { actId: await destroyPeople(ctx, { personIds: [personId], reason, requestId }) }
})
