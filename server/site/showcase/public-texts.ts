import type { z } from 'zod'
import type { ConsentKind } from '../../../contract/consent/consent.ts'
import { showcase, type PublicText } from '../../../contract/site/showcase.ts'
import { handle, notFound } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

const MAX_TEXTS = 200

type Row = { id: string; kind: ConsentKind; version: number; bodySha256: Buffer; publishedAt: Date; newestId: string }
const columns = `t.id, t.kind, t.version, t.body_sha256 "bodySha256", t.published_at "publishedAt",
  (select n.id from consent_texts n where n.tenant_id = $1 and n.kind = t.kind order by n.version desc limit 1) "newestId"`
const all = statement<Row>('public_texts', `select ${columns} from consent_texts t where t.tenant_id = $1 order by t.kind, t.version desc limit ${MAX_TEXTS}`)
const one = statement<Row & { body: string }>('public_text', `select ${columns}, t.body from consent_texts t where t.tenant_id = $1 and t.id = $2`)

const toPublic = ({ bodySha256, publishedAt, ...row }: Row): Omit<z.input<typeof PublicText>, 'body'> => ({
  ...row,
  bodySha256: bodySha256.toString('hex'),
  publishedAt: publishedAt.toISOString(),
})

/** Every text that was ever shown to anybody stays readable at its own address: whoever agreed to an old one may look it up. */
export const listPublicTexts = handle(showcase.texts, async (ctx) => ({ texts: (await ctx.run(all)).map(toPublic) }))

export const showPublicText = handle(showcase.text, async (ctx, { textId }) => {
  const [row] = await ctx.run(one, [textId])
  if (!row) throw notFound()
  return { ...toPublic(row), body: row.body }
})
