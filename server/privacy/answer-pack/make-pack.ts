import { requests } from '../../../contract/privacy/request.ts'
import { companyZone } from '../../identity/index.ts'
import { handle, invalid, wrongState, type Ctx } from '../../kernel/index.ts'
import { renderPdf } from '../../platform/pdf/render-pdf.ts'
import { Revealed } from '../../vault/index.ts'
import { addEvent } from '../requests/request-events.ts'
import { changeRequest, oneRequest, openRequest, personOf } from '../requests/request-row.ts'
import { composePack } from './compose.ts'
import { gather } from './gather.ts'
import { packPdf } from './pack-pdf.ts'
import { textsOfStaff } from './texts-of-staff.ts'

/** What an answer of art. 14 ч.7 would hold, and which words of staff the officer may add. */
export const previewPack = handle(requests.previewPack, async (ctx, { requestId }) => {
  const row = await oneRequest(ctx, requestId)
  const held = await gather(ctx, personOf(row))
  const pack = composePack(held, { ...row, language: ctx.caller.language, zone: await companyZone(ctx), includeTexts: [] })
  return {
    items: pack.items.map(({ code, title, text, list, facts, tables }) => ({
      code,
      title,
      lines: text.length + (list?.length ?? 0) + (facts?.length ?? 0) + tables.reduce((sum, { rows }) => sum + rows.length, 0),
    })),
    staffTexts: textsOfStaff(held).map(({ recordId, at, table, text }) => ({ recordId, at: at.toISOString(), table, text: new Revealed(text) })),
  }
})

export const makePack = handle(requests.makePack, async (ctx, { requestId, version, includeTexts, language }) => {
  const row = await openRequest(ctx, requestId, version)
  if (row.kind !== 'access' && row.kind !== 'regulator') throw wrongState(row.kind)
  const personId = personOf(row)
  const held = await gather(ctx, personId)
  const known = new Set(textsOfStaff(held).map(({ recordId }) => recordId))
  if (includeTexts.some((id) => !known.has(id))) throw invalid('includeTexts', 'unknown')
  const pack = composePack(held, { ...row, language, zone: await companyZone(ctx), includeTexts })
  const pdfId = await keepFile(ctx, personId, 'answer_pack_pdf', await renderPdf(packPdf(pack, held.operator.name)))
  const jsonId = await keepFile(ctx, personId, 'answer_pack_json', Buffer.from(JSON.stringify(pack, null, 2)))
  const changed = await changeRequest(ctx, row, { answerPdfId: pdfId, answerJsonId: jsonId })
  await addEvent(ctx, requestId, 'packed', { details: { texts: includeTexts.length, language } })
  ctx.audit('request.packed', { persons: [personId], object: { kind: 'request', id: requestId }, details: { number: row.number, texts: includeTexts.length, language } })
  await dropFiles(
    ctx,
    [row.answerPdfId, row.answerJsonId].flatMap((id) => id ?? []),
  )
  return { ...changed, pdfId, jsonId }
})

/** Seals bytes about a person as a file of theirs; it dies with them. */
async function keepFile(ctx: Ctx, personId: string, kind: string, bytes: Buffer): Promise<string> {
  const fileId = ctx.newId()
  const { keyId, key } = await ctx.vault.fileKey(ctx.asker, ctx.tenantId, fileId)
  const { sha256 } = await ctx.files.store({ tenantId: ctx.tenantId, fileId, key }, bytes.byteLength, once(bytes))
  await ctx.db.insertInto('files').values({ id: fileId, personId, kind, bytes: bytes.byteLength, keyId, sha256, createdAt: ctx.now() }).execute()
  return fileId
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

/** An answer that was made anew takes the place of the one before: its keys go at once, the object by a job. */
async function dropFiles(ctx: Ctx, fileIds: string[]): Promise<void> {
  if (fileIds.length === 0) return
  await ctx.vault.destroy(ctx.asker, ctx.tenantId, fileIds, 'answer_renewed')
  await ctx.db.deleteFrom('files').where('id', 'in', fileIds).execute()
  ctx.emit('remove-objects', { fileIds })
}
