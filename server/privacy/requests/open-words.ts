import { ContactDraft } from '../../../contract/people/person.ts'
import { requests } from '../../../contract/privacy/request.ts'
import { handle, notFound, type Ctx } from '../../kernel/index.ts'
import type { Revealed } from '../../vault/index.ts'
import { oneRequest, personOf } from './request-row.ts'

/** Texts of class communication of one person by the record they belong to, with the contact; the vault traces the look. Records that have no text are left out. */
export async function textsOf(ctx: Ctx, personId: string, recordIds: readonly string[]) {
  const [person] = await ctx.vault.reveal(ctx.asker, ctx.tenantId, {
    purpose: 'rights',
    personIds: [personId],
    classes: ['contact', 'communication'],
    recordIds: [...recordIds],
    masked: false,
    door: ctx.door,
  })
  if (person?.state !== 'open') throw notFound()
  const texts = new Map<string, Revealed<string>>()
  for (const fact of person.facts)
    if (fact.class === 'communication')
      texts.set(
        fact.recordId,
        fact.facts.map(({ text }) => text),
      )
  const contact = person.facts.flatMap((fact) => (fact.class === 'contact' ? [fact.facts] : []))[0] ?? null
  return { texts, contact }
}

/** What the person wrote, what they want corrected, and every text of the history. */
export const openWords = handle(requests.words, async (ctx, { requestId }) => {
  const row = await oneRequest(ctx, requestId)
  const personId = personOf(row)
  const events = await ctx.db.selectFrom('requestEvents').select('id').where('requestId', '=', requestId).where('hasText', '=', true).orderBy('at').execute()
  const { texts, contact } = await textsOf(ctx, personId, [requestId, ...(row.draftId === null ? [] : [row.draftId]), ...events.map(({ id }) => id)])
  const draft = row.draftId === null ? undefined : texts.get(row.draftId)
  return {
    words: texts.get(requestId) ?? null,
    draft: draft?.map((text) => ContactDraft.parse(JSON.parse(text))) ?? null,
    contact,
    texts: events.flatMap(({ id }) => (texts.has(id) ? [{ eventId: id, text: texts.get(id) ?? '' }] : [])),
  }
})
