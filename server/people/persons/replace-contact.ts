import { TryAgain, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { AddressTokens, Contact } from '../../vault/index.ts'
import { sealFacts } from './seal-facts.ts'

// Kept by address, so that it outlives the person: whoever gets another address takes their "no" along, as late as it was said.
const carry = statement(
  'objections_carry',
  `
  insert into objections (tenant_id, id, token, channel, how, by_id, at)
  select $1, gen_random_uuid(), n.token, o.channel, o.how, o.by_id, o.at from unnest($3::bytea[]) n(token)
    join (select distinct on (channel) channel, how, by_id, at from objections where tenant_id = $1 and token = any ($2::bytea[]) and lifted_at is null order by channel, at desc) o on true
  on conflict (tenant_id, token, channel) where lifted_at is null do update set at = greatest(objections.at, excluded.at)`,
)
// A letter with a way in lies in the mailbox that may just have turned out to be somebody else's.
const forget = statement('portal_links_of_forget', `delete from portal_links where tenant_id = $1 and person_id = $2 and used_at is null`)
const next = statement<{ version: number }>(
  'person_contact_version',
  `update persons set version = $3 + 1, updated_at = $4, unproved = case when $5::boolean then null else unproved end where tenant_id = $1 and id = $2 and version = $3 returning version`,
)

/**
 * Puts a corrected contact in the place of the one before (152-ФЗ art. 14 ч.1, 20 ч.3, 21 ч.2). What the person said "no" to holds at the new addresses too
 * (art. 15 ч.2; 38-ФЗ art. 18 ч.1), and ways to their own page that were sent to the old ones lead nowhere. Returns the version after.
 */
export async function replaceContact(ctx: Ctx, { personId, version, contact }: { personId: string; version: number; contact: Contact }): Promise<number> {
  // A colleague who writes the contact down vouches that its addresses are one human's.
  const [row] = await ctx.run(next, [personId, version, ctx.now(), ctx.actor.kind === 'staff'])
  // Somebody was faster between the two statements: the next run tells them so.
  if (!row) throw new TryAgain()
  const tokensOf = (of: { personId: string } | { emails: string[]; phones: string[] }): Promise<AddressTokens> =>
    ctx.vault.addressTokens(ctx.asker, ctx.tenantId, { ...of, door: ctx.door })
  const typed = { emails: contact.emails.map(({ address }) => address), phones: contact.phones.map(({ e164 }) => e164) }
  const [before, after] = await Promise.all([tokensOf({ personId }), tokensOf(typed)])
  // E-mail is objected to by address, messages and calls by phone.
  for (const kind of ['emails', 'phones'] as const) if (before[kind].length > 0 && after[kind].length > 0) await ctx.run(carry, [before[kind].map(bytes), after[kind].map(bytes)])
  await sealFacts(ctx, personId, [{ personId, class: 'contact', recordId: personId, version: row.version, facts: contact }])
  await ctx.run(forget, [personId])
  ctx.audit('person.edited', { persons: [personId], object: { kind: 'person', id: personId }, details: { class: 'contact', version: row.version } })
  return row.version
}

const bytes = (token: string): Buffer => Buffer.from(token, 'base64')
