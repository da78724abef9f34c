import { requests } from '../../../contract/privacy/request.ts'
import { handle, notFound, type Ctx } from '../../kernel/index.ts'
import { Revealed } from '../../vault/index.ts'
import { oneRequest, type RequestColumns } from './request-row.ts'

const types = { pdf: 'application/pdf', json: 'application/json' } as const

/** The sealed answer, opened by the vault for the one who asks; the look is on the record before the first byte. */
export async function downloadOf(ctx: Ctx, row: RequestColumns, form: 'pdf' | 'json') {
  const fileId = form === 'pdf' ? row.answerPdfId : row.answerJsonId
  if (fileId === null) throw notFound()
  const key = await ctx.vault.openFileKey(ctx.asker, ctx.tenantId, { purpose: 'rights', fileId, door: ctx.door })
  const parts: Buffer[] = []
  for await (const part of await ctx.files.open({ tenantId: ctx.tenantId, fileId, key })) parts.push(part)
  return { name: `answer-${row.number}.${form}`, type: types[form], base64: new Revealed(Buffer.concat(parts).toString('base64')) }
}

export const showAnswerFile = handle(requests.answerFile, async (ctx, { requestId, form }) => downloadOf(ctx, await oneRequest(ctx, requestId), form))
