import { z } from 'zod'
import { requestLetters as t } from '../../../i18n/ru/request-letters.ts'
import type { Letter } from '../../identity/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import { Revealed } from '../../vault/index.ts'
import { oneRequest } from './request-row.ts'

const contextOf = (requestId: string): string => `farewell:${requestId}`

/**
 * Asks, before somebody goes, that they be told of it (152-ФЗ art. 20 ч.3, 21 ч.3): afterwards nobody knows their address. It waits in the queue sealed under
 * the platform's key, and is gone with the job that sends it. Who has no e-mail is told on paper.
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
  ctx.emit('mail', { letter: 'request-destroyed', requestId, address })
  ctx.audit('mail.queued', { persons: [personId], object: { kind: 'request', id: requestId }, details: { letter: 'request destroyed' } })
}

const Farewell = z.object({ letter: z.literal('request-destroyed'), requestId: z.uuid(), address: z.string().max(1_000) })

/** The letter by which somebody learns that nothing of them is held any more. */
export async function farewellLetter(ctx: Ctx, payload: unknown): Promise<Letter | null> {
  const { requestId, address } = Farewell.parse(payload)
  const row = await oneRequest(ctx, requestId)
  const tenant = await ctx.db.selectFrom('tenants').select('name').executeTakeFirst()
  const act = await ctx.db.selectFrom('destructionActs').select(['number', 'at']).where('requestId', '=', requestId).executeTakeFirst()
  if (!tenant || !act) return null
  const company = tenant.name.replace(/\s+/g, ' ').slice(0, 120)
  const to = new Revealed((await ctx.vault.unprotect(contextOf(requestId), Buffer.from(address, 'base64'))).toString())
  const said = { company, number: row.number, kind: row.kind, receivedOn: row.receivedOn, link: null }
  return { to, subject: t.subject(row.number, company), text: t.destroyed(said, { number: act.number, on: act.at.toISOString().slice(0, 10) }) }
}
