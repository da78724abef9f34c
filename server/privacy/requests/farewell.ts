import { z } from 'zod'
import { requestLetters as t } from '../../../i18n/ru/request-letters.ts'
import type { Letter } from '../../identity/index.ts'
import type { Ctx, Jobs } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { Revealed } from '../../vault/index.ts'
import { addEvent } from './request-events.ts'
import { oneRequest } from './request-row.ts'

const contextOf = (requestId: string): string => `farewell:${requestId}`

const keyOf = (requestId: string): string => `farewell:${requestId}`
const DAY_MS = 86_400_000
/** Longer than the queue tries a letter; whoever has no way out for letters by then has none. */
const TERM_DAYS = 7

/**
 * Asks, before somebody goes, that they be told of it (152-ФЗ art. 20 ч.3, 21 ч.3): afterwards nobody knows their address. It waits in the queue sealed under
 * the platform's key, and is gone with the job that sends it, or with the term: an address of nobody's is not kept for ever. Who has no e-mail is told on paper.
 */
export async function queueFarewell(ctx: Ctx, { requestId, personId }: { requestId: string; personId: string }): Promise<void> {
  const [person] = await ctx.vault.reveal(ctx.asker, ctx.tenantId, { purpose: 'rights', personIds: [personId], classes: ['contact'], masked: false, door: ctx.door })
  const contact = person?.state === 'open' ? person.facts.find((fact) => fact.class === 'contact') : undefined
  if (contact?.class !== 'contact') return
  const sealed = await contact.facts.mapAsync(async ({ emails }) => {
    const address = emails[0]?.address
    return address === undefined ? null : (await ctx.vault.protect(contextOf(requestId), Buffer.from(address))).toString('base64')
  })
  // Sealed bytes: nothing readable is unwrapped.
  const address = Revealed.open(sealed)
  if (address === null) return
  ctx.emit('mail', { letter: 'request-destroyed', requestId, address }, { key: keyOf(requestId) })
  ctx.emit('farewell-over', { requestId }, { runAt: new Date(ctx.now().getTime() + TERM_DAYS * DAY_MS) })
  ctx.audit('mail.queued', { persons: [personId], object: { kind: 'request', id: requestId }, details: { letter: 'request destroyed' } })
}

const Farewell = z.object({ letter: z.literal('request-destroyed'), requestId: z.uuid(), address: z.string().max(1_000) })

/** The letter by which somebody learns that nothing of them is held any more. */
export async function farewellLetter(ctx: Ctx, payload: unknown): Promise<Letter | null> {
  const { requestId, address } = Farewell.parse(payload)
  if (await isFarewellSettled(ctx, requestId)) return null
  const row = await oneRequest(ctx, requestId)
  const tenant = await ctx.db.selectFrom('tenants').select('name').executeTakeFirst()
  const act = await ctx.db.selectFrom('destructionActs').select(['number', 'at']).where('requestId', '=', requestId).executeTakeFirst()
  if (!tenant || !act) return null
  const company = tenant.name.replace(/\s+/g, ' ').slice(0, 120)
  const to = new Revealed((await ctx.vault.unprotect(contextOf(requestId), Buffer.from(address, 'base64'))).toString())
  const said = { company, number: row.number, kind: row.kind, receivedOn: row.receivedOn, link: null }
  return { to, subject: t.subject(row.number, company), text: t.destroyed(said, { number: act.number, on: act.at.toISOString().slice(0, 10) }) }
}

const settled = statement<{ id: string }>(
  'farewell_settled',
  `select id from request_events where tenant_id = $1 and request_id = $2 and kind in ('told', 'untold') and not details ? 'letter' limit 1`,
)
const turn = statement('farewell_turn', `select id from subject_requests where tenant_id = $1 and id = $2 for update`)

/** The term may end while the letter is on its way. */
export const isFarewellSettled = async (ctx: Ctx, requestId: string): Promise<boolean> => (await ctx.run(settled, [requestId])).length > 0

/** What became of the letter, once: it stands in the history of the demand and beside the act. */
export async function settleFarewell(ctx: Ctx, requestId: string, kind: 'told' | 'untold'): Promise<void> {
  await ctx.run(turn, [requestId])
  if (await isFarewellSettled(ctx, requestId)) return
  await addEvent(ctx, requestId, kind)
  ctx.audit(kind === 'told' ? 'outbound.sent' : 'outbound.failed', { object: { kind: 'request', id: requestId }, details: { letter: 'request-destroyed' } })
}

/** The job `farewell-over`: the term is over. A letter that still waits is replaced in the queue by this very job, which then finds nothing to do: the address is gone. */
export async function endFarewell(ctx: Ctx, requestId: string): Promise<void> {
  if (await isFarewellSettled(ctx, requestId)) return
  await settleFarewell(ctx, requestId, 'untold')
  ctx.emit('farewell-over', { requestId }, { key: keyOf(requestId) })
}

export const farewellJobs: Jobs = { 'farewell-over': (ctx, payload) => endFarewell(ctx, String(payload.requestId)) }
