import { z } from 'zod'
import type { Act, Ctx, LongJob } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { VaultRefusal } from '../../vault/index.ts'
import { shareBasis } from './share-basis.ts'
import { shareTokens, tellOthers, type Other } from './note-duplicates.ts'

const Payload = z.union([z.object({ leadId: z.uuid() }), z.object({ tell: z.object({ dealerTenantId: z.uuid(), leadId: z.uuid(), number: z.number().int() }) })])

type Lead = { number: number; personId: string | null; networks: string[] }
const own = statement<Lead>(
  'network_share_lead',
  `
  select l.number, l.person_id "personId", array(select m.distributor_tenant_id from network_memberships m where m.tenant_id = $1 and m.state = 'accepted' and m.shares_duplicates) networks
  from leads l where l.tenant_id = $1 and l.id = $2 and l.network_lead_id is null`,
)
const noteShare = statement(
  'network_share_add',
  `
  insert into network_shares (tenant_id, lead_id, distributor_tenant_id, person_id, at, basis) values ($1, $2, $3, $4, $5, $6) on conflict do nothing`,
)
const noteDuplicate = statement(
  'network_duplicate_add',
  `
  insert into network_duplicates (tenant_id, lead_id, other_number, at) select $1, id, $3, $4 from leads where tenant_id = $1 and id = $2
  on conflict (tenant_id, lead_id) do update set other_number = excluded.other_number, at = excluded.at`,
)

/**
 * The job `network-tokens`. At a dealer who agreed to it, of a person whose ground covers it: the keyed hashes of a new request of its own go to the network, and come back as the number of
 * the same person's other request, or not at all. At the distributor: a dealer is told such a number. Names, addresses and who the other dealer is go nowhere.
 */
export const onNetworkTokens: LongJob = async (act, raw, _about, at) => {
  const payload = Payload.parse(raw)
  if ('tell' in payload) {
    const { dealerTenantId, leadId, number } = payload.tell
    return at(dealerTenantId)(async (ctx) => keepDuplicate(ctx, leadId, number))
  }
  const { leadId } = payload
  const [lead] = await act((ctx) => ctx.run(own, [leadId]))
  for (const network of lead?.personId ? lead.networks : []) await share(act, at, { leadId, number: lead?.number ?? 0, personId: lead?.personId ?? '', network })
}

type Sharing = { leadId: string; number: number; personId: string; network: string }
async function share(act: Act, at: (tenantId: string) => Act, { leadId, number, personId, network }: Sharing): Promise<void> {
  const own = await act(async (ctx) => hashesOf(ctx, { leadId, personId, network })).catch(whereNotAgreed)
  if (!own) return
  const found: Other[] = await at(network)(async (ctx) => {
    const others = await shareTokens(ctx, own.tokens, { leadId, number, dealerTenantId: own.dealerTenantId, personId: null })
    await tellOthers(ctx, others, number)
    return others
  })
  const [first] = found
  if (first) await act((ctx) => keepDuplicate(ctx, leadId, first.number))
}

async function hashesOf(ctx: Ctx, { leadId, personId, network }: Omit<Sharing, 'number'>): Promise<{ tokens: string[]; dealerTenantId: string } | null> {
  const basis = await shareBasis(ctx, personId, network)
  if (basis === null) return null
  const tokens = await ctx.vault.networkTokens(ctx.asker, ctx.tenantId, { personId, networkTenantId: network, door: ctx.door })
  if (tokens.length === 0) return null
  await ctx.run(noteShare, [leadId, network, personId, ctx.now(), basis])
  ctx.audit('network_lead.shared', { persons: [personId], object: { kind: 'lead', id: leadId }, details: { network, basis } })
  return { tokens, dealerTenantId: ctx.tenantId }
}

/** The vault knows of no agreement, whatever our own row says: nothing is shared, and trying again would change nothing. */
function whereNotAgreed(error: unknown): null {
  if (error instanceof VaultRefusal && error.code === 'forbidden') return null
  throw error
}

async function keepDuplicate(ctx: Ctx, leadId: string, number: number): Promise<void> {
  await ctx.run(noteDuplicate, [leadId, number, ctx.now()])
  ctx.audit('network_lead.matched', { object: { kind: 'lead', id: leadId }, details: { number } })
  ctx.live({ kind: 'lead', id: leadId, outletId: null, responsibleId: null })
}

const old = statement('network_tokens_old', `delete from network_tokens where tenant_id = $1 and at < $2::timestamptz - interval '90 days'`)
const oldShares = statement('network_shares_old', `delete from network_shares where tenant_id = $1 and at < $2::timestamptz - interval '90 days'`)
/** The job `network-sweep`, nightly: hashes serve to recognise a request that is still warm, and nothing else. */
export async function sweepTokens(ctx: Ctx): Promise<void> {
  await ctx.run(old, [ctx.now()])
  await ctx.run(oldShares, [ctx.now()])
}
