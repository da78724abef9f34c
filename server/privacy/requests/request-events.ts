import type { requestEventKinds } from '../../../contract/privacy/request.ts'
import type { Ctx } from '../../kernel/index.ts'
import { addFacts } from '../../people/index.ts'

type Kind = (typeof requestEventKinds)[number]
export type EventDetails = Record<string, string | number | boolean | null>

/**
 * Adds to the history of a request; nothing is ever taken out of it. `text` is sealed with the person, under the event's id, and dies with them;
 * `details` are codes, days and counts.
 */
export async function addEvent(
  ctx: Ctx,
  requestId: string,
  kind: Kind,
  { details = {}, text }: { details?: EventDetails; text?: { personId: string; words: string } } = {},
): Promise<string> {
  const id = ctx.newId()
  if (text) await sealText(ctx, text.personId, id, text.words)
  await ctx.db
    .insertInto('requestEvents')
    .values({ id, requestId, kind, at: ctx.now(), byId: ctx.actor.kind === 'staff' ? ctx.me : null, details: JSON.stringify(details), hasText: text !== undefined })
    .execute()
  return id
}

/** Words about a person, as a fact of class communication under a record of ours. */
export const sealText = async (ctx: Ctx, personId: string, recordId: string, words: string): Promise<void> =>
  addFacts(ctx, personId, await ctx.vault.seal(ctx.asker, ctx.tenantId, [{ personId, class: 'communication', recordId, version: 1, facts: { text: words } }]))
