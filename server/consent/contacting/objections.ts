import { channels, type Channel } from '../../../contract/consent/consent.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { AddressTokens } from '../../vault/index.ts'

const object = statement<{ id: string }>(
  'objection_add',
  `
  insert into objections (tenant_id, id, token, channel, how, by_id, at)
  select $1, n.id, n.token, n.channel, $5, $6, $7 from unnest($2::uuid[], $3::bytea[], $4::text[]) n(id, token, channel)
  on conflict (tenant_id, token, channel) where lifted_at is null do nothing returning id`,
)
const lift = statement<{ id: string }>(
  'objection_lift',
  `
  update objections set lifted_at = $4 where tenant_id = $1 and token = any ($2::bytea[]) and channel = any ($3::text[]) and lifted_at is null returning id`,
)
const live = statement<{ channel: Channel }>(
  'objections_live',
  `
  select distinct channel from objections where tenant_id = $1 and token = any ($2::bytea[]) and lifted_at is null`,
)

/** E-mail is objected to by address, messages and calls by phone. */
const tokensFor = (channel: Channel, { emails, phones }: AddressTokens): Buffer[] => (channel === 'email' ? emails : phones).map((token) => Buffer.from(token, 'base64'))

const tokensOf = (ctx: Ctx, personId: string): Promise<AddressTokens> => ctx.vault.addressTokens(ctx.asker, ctx.tenantId, { personId, door: ctx.door })

/** Keeps a "no" for every address the person has on these channels. Saying it twice changes nothing. */
export async function objectOn(ctx: Ctx, { personId, channels: on, how }: { personId: string; channels: readonly Channel[]; how: string }): Promise<void> {
  if (on.length === 0) return
  const tokens = await tokensOf(ctx, personId)
  const rows = on.flatMap((channel) => tokensFor(channel, tokens).map((token) => ({ id: ctx.newId(), token, channel })))
  if (rows.length === 0) return
  await ctx.run(object, [rows.map(({ id }) => id), rows.map(({ token }) => token), rows.map(({ channel }) => channel), how, ctx.actor.kind === 'staff' ? ctx.me : null, ctx.now()])
  ctx.audit('objection.made', { persons: [personId], details: { channels: on.join(',') } })
}

export async function liftObjections(ctx: Ctx, { personId, channels: on }: { personId: string; channels: readonly Channel[] }): Promise<void> {
  if (on.length === 0) return
  const tokens = await tokensOf(ctx, personId)
  const all = on.flatMap((channel) => tokensFor(channel, tokens))
  const lifted = all.length > 0 ? await ctx.run(lift, [all, [...on], ctx.now()]) : []
  if (lifted.length > 0) ctx.audit('objection.lifted', { persons: [personId], details: { channels: on.join(',') } })
}

/** On which channels the person has an address at all, and on which of them anyone with one of these addresses said no. */
export async function addressedOn(ctx: Ctx, personId: string): Promise<{ reachable: Set<Channel>; objected: Set<Channel> }> {
  const tokens = await tokensOf(ctx, personId)
  const reachable = new Set(channels.filter((channel) => tokensFor(channel, tokens).length > 0))
  const all = [...tokensFor('email', tokens), ...tokensFor('call', tokens)]
  const said = all.length > 0 ? await ctx.run(live, [all]) : []
  return { reachable, objected: new Set(said.map(({ channel }) => channel)) }
}
