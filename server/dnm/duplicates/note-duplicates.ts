import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

export type Shared = { leadId: string; number: number; dealerTenantId: string | null; personId: string | null }
export type Other = { leadId: string; number: number; dealerTenantId: string | null }

const add = statement(
  'network_tokens_add',
  `
  insert into network_tokens (tenant_id, token, lead_id, number, dealer_tenant_id, person_id, at)
  select $1, t, $3, $4, $5, $6, $7 from unnest($2::bytea[]) t on conflict (tenant_id, token, lead_id) do nothing`,
)
const others = statement<Other>(
  'network_tokens_others',
  `
  select distinct on (lead_id) lead_id "leadId", number, dealer_tenant_id "dealerTenantId" from network_tokens
  where tenant_id = $1 and token = any ($2::bytea[]) and lead_id <> $3 and at > $4::timestamptz - interval '90 days' order by lead_id limit 50`,
)
const mark = statement(
  'network_lead_duplicate',
  `
  update network_leads set duplicate_of = $3, version = version + 1 where tenant_id = $1 and id = $2 and duplicate_of is distinct from $3`,
)

/** Keeps the keyed hashes of a request in the network, and tells which other requests the same person made: by number, whoever's they are. The oldest first. */
export async function shareTokens(ctx: Ctx, tokens: readonly string[], shared: Shared): Promise<Other[]> {
  if (tokens.length === 0) return []
  const hashes = tokens.map((token) => Buffer.from(token, 'base64'))
  await ctx.run(add, [hashes, shared.leadId, shared.number, shared.dealerTenantId, shared.personId, ctx.now()])
  const found = await ctx.run(others, [hashes, shared.leadId, ctx.now()])
  if (found.length > 0) ctx.audit('network_lead.matched', { object: { kind: 'lead', id: shared.leadId }, details: { others: found.length } })
  return found.toSorted((a, b) => a.number - b.number)
}

/** A request of the distributor's own, marked with the number of the other one, and the other way round; dealers concerned are told by a job each. */
export async function noteDuplicates(ctx: Ctx, { leadId, number, personId }: { leadId: string; number: number; personId: string }): Promise<void> {
  const tokens = await ctx.vault.networkTokens(ctx.asker, ctx.tenantId, { personId, networkTenantId: ctx.tenantId, door: ctx.door })
  const found = await shareTokens(ctx, tokens, { leadId, number, dealerTenantId: null, personId })
  const [first] = found
  if (!first) return
  await ctx.run(mark, [leadId, first.number])
  await tellOthers(ctx, found, number)
}

/** Each of the others learns this number; of a dealer's own request the dealer does. */
export async function tellOthers(ctx: Ctx, found: readonly Other[], number: number): Promise<void> {
  for (const { leadId, dealerTenantId } of found) {
    if (dealerTenantId === null) await ctx.run(mark, [leadId, number])
    else ctx.emit('network-tokens', { tell: { dealerTenantId, leadId, number } })
  }
}
