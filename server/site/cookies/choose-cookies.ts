import { randomBytes } from 'node:crypto'
import { cookieChoices } from '../../../contract/site/cookie.ts'
import { handle } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { networkLimit } from '../requests/limits.ts'
import { CHOICE_VERSION } from './choice-cookie.ts'

const inForce = statement<{ kind: string; id: string }>(
  'cookie_texts_in_force',
  `
  select distinct on (kind) kind, id from consent_texts where tenant_id = $1 and kind in ('cookies_analytics', 'cookies_marketing') order by kind, version desc`,
)

/** Each choice is a row and a key for a year. */
const countNetwork = networkLimit(300)

/**
 * Writes down what a visitor said about cookies, with the texts that were in force and the sealed proof of the moment; earlier choices stay as they were.
 * A consent without a text is none (152-ФЗ art. 9 ч.1), so such a category stays off; a browser with Global Privacy Control allows no marketing.
 */
export const chooseCookies = handle(cookieChoices.choose, async (ctx, { visitorId: known, analytics, marketing, how, isSignalled }) => {
  countNetwork(ctx)
  const [texts, id] = [await ctx.run(inForce), ctx.newId()]
  const textOf = (kind: string, isAllowed: boolean): string | null => (isAllowed ? (texts.find((text) => text.kind === kind)?.id ?? null) : null)
  const analyticsTextId = textOf('cookies_analytics', analytics)
  const marketingTextId = textOf('cookies_marketing', marketing && !isSignalled)
  const visitorId = known ?? randomBytes(16).toString('base64url')
  const proof = Buffer.from(JSON.stringify({ address: ctx.caller.addressKey, agent: ctx.caller.agent ?? '', at: ctx.now().toISOString() }))
  const chosen = { analytics: analyticsTextId !== null, marketing: marketingTextId !== null }
  await ctx.db
    .insertInto('cookieChoices')
    .values({
      id,
      visitorId,
      ...chosen,
      analyticsTextId,
      marketingTextId,
      isSignalled,
      how,
      registryVersion: CHOICE_VERSION,
      at: ctx.now(),
      ...(await ctx.vault.sealRecord(ctx.asker, ctx.tenantId, id, proof)),
    })
    .execute()
  ctx.audit('cookies.chosen', { object: { kind: 'cookie_choice', id }, details: { ...chosen, isSignalled, how } })
  return { visitorId, ...chosen }
})
