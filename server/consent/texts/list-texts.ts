import { consents, type ConsentParts } from '../../../contract/consent/consent.ts'
import { handle, notFound, type Ctx } from '../../kernel/index.ts'

const textsOf = (ctx: Ctx) => ctx.db.selectFrom('consentTexts').selectAll()
type TextRow = Awaited<ReturnType<ReturnType<typeof textsOf>['execute']>>[number]

const toText = (row: TextRow) => ({
  id: row.id,
  kind: row.kind,
  version: row.version,
  parts: row.parts as unknown as ConsentParts,
  body: row.body,
  bodySha256: row.bodySha256.toString('hex'),
  validDays: row.validDays,
  publishedAt: row.publishedAt.toISOString(),
})

export const listTexts = handle(consents.texts, async (ctx, { kind, limit }) => {
  const rows = await textsOf(ctx)
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? 'request'))
    .orderBy('kind')
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()
  return { rows: rows.map(toText) }
})

export const showText = handle(consents.text, async (ctx, { textId }) => {
  const row = await textsOf(ctx).where('id', '=', textId).executeTakeFirst()
  if (!row) throw notFound()
  return toText(row)
})
