import type { ConsentKind } from '../../../contract/consent/consent.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { endGroundsOn } from './grounds-on-consent.ts'

const BATCH = 1000
type Over = { personId: string; kind: ConsentKind; textId: string; validUntil: Date }

// A consent after which the person said something else of the same kind did not end by its term.
const over = statement<Over>(
  'consents_over',
  `
  select e.person_id "personId", e.kind, e.text_id "textId", e.valid_until "validUntil" from consent_events e
  where e.tenant_id = $1 and e.state = 'given' and e.valid_until <= $2
    and not exists (select from consent_events n where n.tenant_id = $1 and n.person_id = e.person_id and n.kind = e.kind and n.id <> e.id and n.at >= e.at and (n.at > e.at or n.state <> 'given' or n.id > e.id))
  order by e.valid_until limit ${BATCH}`,
)
const add = statement(
  'consents_expire',
  `
  insert into consent_events (tenant_id, id, person_id, text_id, kind, state, how, by_id, at, valid_until)
  select $1, n.id, n.person_id, n.text_id, n.kind, 'expired', 'clock', null, n.at, null from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[]) n(id, person_id, text_id, kind, at)`,
)

/**
 * Writes down which consents are past their term, as of the moment the term ended (152-ФЗ art. 9 ч.4 п.8: a consent has a term). The answer to
 * "may I write?" does not wait for this: it counts the term itself. What rests on the consent ends with it. Run again, it finds nothing. Batch after batch,
 * each a transaction.
 */
export async function expireConsents(ctx: Ctx): Promise<void> {
  const rows = await ctx.run(over, [ctx.now()])
  if (rows.length === 0) return
  await ctx.run(add, [
    rows.map(() => ctx.newId()),
    rows.map(({ personId }) => personId),
    rows.map(({ textId }) => textId),
    rows.map(({ kind }) => kind),
    rows.map(({ validUntil }) => validUntil),
  ])
  for (const [kind, people] of Map.groupBy(rows, (row) => row.kind)) await endGroundsOn(ctx, { personIds: people.map(({ personId }) => personId), kind, why: 'consent_expired' })
  ctx.audit('consent.expired', { persons: [...new Set(rows.map(({ personId }) => personId))], details: { consents: rows.length } })
  if (rows.length === BATCH) ctx.emit('expire-consents', {}, { key: `expire-consents:${ctx.tenantId}` })
}
