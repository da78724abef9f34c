import { destructions, type DestructionReason } from '../../../contract/privacy/destruction.ts'
import { companyZone } from '../../identity/index.ts'
import { fromCursor, handle, pageOf } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { renderPdf } from '../../platform/pdf/render-pdf.ts'
import { Revealed } from '../../vault/index.ts'
import { actPdf, journalPdf } from './act-pdf.ts'
import { recipientsOfAct } from './recipients.ts'
import { keptUntil, oneAct, proofOf, signerOf } from './act-row.ts'

type Row = { id: string; number: number; at: Date; people: number; reason: DestructionReason; executorId: string | null; executorPosition: string | null }
const list = statement<Row>(
  'destruction_acts_list',
  `
  select id, number, at, cardinality(person_ids) people, reason, executor_id "executorId", executor_position "executorPosition" from destruction_acts
  where tenant_id = $1 and ($2::timestamptz is null or (at, id) < ($2, $3::uuid)) order by at desc, id desc limit $4`,
)

export const listActs = handle(destructions.list, async (ctx, { cursor, limit }) => {
  const place = fromCursor(cursor)
  const rows = await ctx.run(list, [place?.at ?? null, place?.id ?? null, limit + 1])
  const { shown, nextCursor } = pageOf(rows, limit, (row) => [row.at, row.id])
  return { rows: shown.map((row) => ({ ...row, at: row.at.toISOString() })), nextCursor }
})

export const showAct = handle(destructions.card, async (ctx, { actId }) => {
  const act = await oneAct(ctx, actId)
  const [proof, signer, recipients] = [await proofOf(ctx, act), act.executorId ? await signerOf(ctx, act) : null, await recipientsOfAct(ctx, actId)]
  return {
    ...act,
    at: act.at.toISOString(),
    people: act.personIds.length,
    operator: { name: act.operatorName, address: act.operatorAddress, inn: act.operatorInn, ogrn: act.operatorOgrn },
    processor: act.processorName === null ? null : { name: act.processorName, address: act.processorAddress ?? '' },
    keptUntil: keptUntil(act),
    recipients: recipients.map(({ queuedAt, toldAt, ...each }) => ({ ...each, queuedAt: queuedAt.toISOString(), toldAt: toldAt?.toISOString() ?? null })),
    proof: act.eventId === null ? null : { eventId: act.eventId, position: proof?.index ?? null, head: proof?.note ?? null },
    executorName: signer?.name ?? null,
  }
})

/** Laid out from the row whenever it is asked for: nothing but the row is kept. */
export const printAct = handle(destructions.pdf, async (ctx, { actId, form }) => {
  const act = await oneAct(ctx, actId)
  const [proof, signer, zone, recipients] = [await proofOf(ctx, act), await signerOf(ctx, act), await companyZone(ctx), await recipientsOfAct(ctx, actId)]
  const lay = form === 'act' ? actPdf : journalPdf
  const named = signer?.name ?? new Revealed('')
  const base64 = await named.mapAsync(async (name) => {
    const pdf = await renderPdf(lay({ act, zone, at: ctx.now(), recipients, proof, signer: signer && { position: signer.position, name } }))
    return pdf.toString('base64')
  })
  return { name: `destruction-${form}-${act.number}.pdf`, type: 'application/pdf', base64 }
})
