import { channels, type Channel, type ConsentHow } from '../../../contract/consent/consent.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { AddressTokens } from '../../vault/index.ts'

const object = statement<{ id: string }>(
  'objection_add',
  `
  insert into objections (tenant_id, id, token, channel, how, by_id, at)
  select $1, n.id, n.token, n.channel, $5, $6, $7 from unnest($2::uuid[], $3::bytea[], $4::text[]) n(id, token, channel)
  on conflict (tenant_id, token, channel) where lifted_at is null do update set at = greatest(objections.at, excluded.at) returning id`,
)
// Only a later word lifts: a "yes" that was on its way while the "no" came in does not, nor does one of the same instant.
const lift = statement<{ id: string }>(
  'objection_lift',
  `
  update objections set lifted_at = $4 where tenant_id = $1 and token = any ($2::bytea[]) and channel = any ($3::text[]) and lifted_at is null and at < $4 returning id`,
)
const live = statement<{ token: Buffer; channel: Channel }>(
  'objections_live',
  `
  select token, channel from objections where tenant_id = $1 and token = any ($2::bytea[]) and lifted_at is null`,
)

/** E-mail is objected to by address, messages and calls by phone. */
const tokensFor = (channel: Channel, { emails, phones }: AddressTokens): Buffer[] => (channel === 'email' ? emails : phones).map((token) => Buffer.from(token, 'base64'))

const everyToken = (tokens: AddressTokens): Buffer[] => [...tokensFor('email', tokens), ...tokensFor('call', tokens)]
const tokensOf = (ctx: Ctx, personId: string): Promise<AddressTokens> => ctx.vault.addressTokens(ctx.asker, ctx.tenantId, { personId, door: ctx.door })

/** Keeps a "no" for every address the person has on these channels. Said twice it is one, as late as the last time. */
export async function objectOn(ctx: Ctx, { personId, channels: on, how }: { personId: string; channels: readonly Channel[]; how: ConsentHow }): Promise<void> {
  if (on.length === 0) return
  const tokens = await tokensOf(ctx, personId)
  const marks = on.flatMap((channel) => tokensFor(channel, tokens).map((token) => ({ token, channel })))
  if (marks.length === 0) return
  await keep(ctx, marks, how)
  ctx.audit('objection.made', { persons: [personId], details: { channels: on.join(',') } })
}

/**
 * The same by the keyed hashes of addresses alone: for the link in a letter to somebody who was destroyed since. A "no" on a channel that the address
 * is none of holds too: whoever has this address again is not called either.
 */
export async function objectByToken(ctx: Ctx, { tokens, channels: on, how }: { tokens: readonly Buffer[]; channels: readonly Channel[]; how: ConsentHow }): Promise<void> {
  const marks = on.flatMap((channel) => tokens.map((token) => ({ token, channel })))
  if (marks.length === 0) return
  await keep(ctx, marks, how)
  ctx.audit('objection.made', { details: { channels: on.join(','), by: 'address' } })
}

async function keep(ctx: Ctx, said: readonly { token: Buffer; channel: Channel }[], how: ConsentHow): Promise<void> {
  const marks = [...new Map(said.map((mark) => [`${mark.channel} ${mark.token.toString('base64')}`, mark])).values()]
  const byId = ctx.actor.kind === 'staff' ? ctx.me : null
  await ctx.run(object, [marks.map(() => ctx.newId()), marks.map(({ token }) => token), marks.map(({ channel }) => channel), how, byId, ctx.now()])
}

/** What was typed at a door in the very transaction that makes the person, and so stands in no row yet. */
export type TypedAddresses = { emails: string[]; phones: string[] }

/** `typed`: a "yes" at a door speaks for the addresses given there and for no other of the person's. */
export async function liftObjections(
  ctx: Ctx,
  { personId, channels: on, typed }: { personId: string; channels: readonly Channel[]; typed?: TypedAddresses | undefined },
): Promise<void> {
  if (on.length === 0) return
  const all = everyToken(await (typed ? ctx.vault.addressTokens(ctx.asker, ctx.tenantId, { ...typed, door: ctx.door }) : tokensOf(ctx, personId)))
  const lifted = all.length > 0 ? await ctx.run(lift, [all, [...on], ctx.now()]) : []
  if (lifted.length > 0) ctx.audit('objection.lifted', { persons: [personId], details: { channels: on.join(',') } })
}

/** `reachable`: channels with an address at all. `objected`: channels on which anyone with one of these addresses said no. */
export type Addressed = { tokens: AddressTokens; reachable: ReadonlySet<Channel>; objected: ReadonlySet<Channel> }

/** Of many people at once: one question to the vault, one to the table. Whoever the asker may not see is left out. */
export async function addressedOn(ctx: Ctx, personIds: readonly string[]): Promise<Map<string, Addressed>> {
  const people = await ctx.vault.addressTokensOf(ctx.asker, ctx.tenantId, { personIds: [...personIds], door: ctx.door })
  const all = people.flatMap(everyToken)
  const said = all.length > 0 ? await ctx.run(live, [all]) : []
  const channelsOf = Map.groupBy(said, ({ token }) => token.toString('base64'))
  return new Map(
    people.map(({ personId, ...tokens }) => [
      personId,
      {
        tokens,
        reachable: new Set(channels.filter((channel) => tokensFor(channel, tokens).length > 0)),
        objected: new Set([...tokens.emails, ...tokens.phones].flatMap((token) => (channelsOf.get(token) ?? []).map(({ channel }) => channel))),
      },
    ]),
  )
}

/** On which channels somebody with this very address said no. */
export async function objectedByToken(ctx: Ctx, token: Buffer): Promise<Channel[]> {
  const said = new Set((await ctx.run(live, [[token]])).map(({ channel }) => channel))
  return channels.filter((channel) => said.has(channel))
}
