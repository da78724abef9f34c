import { z } from 'zod'
import { defaultPolicy } from '../../crm/index.ts'
import { sameCity } from '../../identity/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { noteDuplicates } from '../duplicates/note-duplicates.ts'
import { giveToDealer, leaveUnrouted, type How } from '../leads/give.ts'
import { lockNetworkLead, type NetworkColumns } from '../leads/network-row.ts'
import { policyOf, readCandidates, readRules, triedBy } from './candidates.ts'
import { chooseDealer } from './choose-dealer.ts'

const Payload = z.object({ leadId: z.uuid(), city: z.string().nullable().default(null), networkOutletId: z.uuid().nullable().default(null) })

// Two requests at the same instant would both find the same dealer the least loaded.
const turn = statement('network_turn', `select pg_advisory_xact_lock(hashtextextended('network ' || $1::uuid::text, 0))`)
const outlets = statement<{ id: string; city: string }>('network_outlet_cities', `select id, city from network_outlets where tenant_id = $1 and is_active order by id limit 2000`)
const add = statement<{ personId: string | null; isNew: boolean }>(
  'network_lead_add',
  `
  with lead as (select l.number, l.person_id, l.interest, l.model_id, m.brand_id, l.received_at from leads l left join models m on m.id = l.model_id
    where l.tenant_id = $1 and l.id = $2 and l.status <> 'closed'),
  added as (insert into network_leads (tenant_id, id, number, interest, brand_id, model_id, city, wished_outlet_id, assigned_because, state, take_minutes, first_contact_minutes, asked_at)
    select $1, $2, number, interest, brand_id, model_id, $3, $4, 'no_dealer', 'unrouted', $5, $6, received_at from lead on conflict (tenant_id, id) do nothing returning id)
  select person_id "personId", exists (select from added) "isNew" from lead`,
)
const interestOf = statement<{ interest: string }>('network_lead_interest', `select interest from leads where tenant_id = $1 and id = $2`)

/**
 * The job `network-route`: a request of a source of the network goes to a dealer. Of what the person wished only an outlet and a city of the network
 * are kept: what somebody typed into a field is no word of ours. May be run again: what has a dealer already keeps it.
 */
export async function onNetworkRoute(ctx: Ctx, payload: Record<string, unknown>): Promise<void> {
  const { leadId, city, networkOutletId } = Payload.parse(payload)
  const [[lead], places] = await Promise.all([ctx.run(interestOf, [leadId]), ctx.run(outlets)])
  if (!lead) return
  const wished = places.find(({ id }) => id === networkOutletId)
  const known = wished?.city ?? (city === null ? undefined : places.find((place) => sameCity(place.city, city))?.city)
  const policy = (await policyOf(ctx, lead.interest)) ?? defaultPolicy
  const [added] = await ctx.run(add, [leadId, known ?? null, wished?.id ?? null, policy.takeMinutes, policy.firstContactMinutes])
  const row = added && (await lockNetworkLead(ctx, leadId))
  if (!row || row.dealerId !== null || row.state !== 'unrouted') return
  if (added.isNew && added.personId) await noteDuplicates(ctx, { leadId, number: row.number, personId: added.personId })
  // Everyone else waits from here to the commit: what can be read and noted before is.
  await ctx.run(turn)
  await routeByRules(ctx, row, 'assigned')
}

/**
 * Asks the rules who of those that have not had it yet shall get it. The outlet that the person chose themself decides alone when it can take the request:
 * then nobody else's load is asked for. Returns the version after.
 */
export async function routeByRules(ctx: Ctx, lead: NetworkColumns, how: How): Promise<number> {
  const tried = await triedBy(ctx, lead.id)
  const asked = { ...lead, tried }
  const wished = lead.wishedOutletId === null ? null : chooseDealer(asked, [], await readCandidates(ctx, lead.wishedOutletId))
  if (wished) return giveToDealer(ctx, lead, wished, how)
  const [candidates, rules] = await Promise.all([readCandidates(ctx), readRules(ctx)])
  const choice = chooseDealer(asked, rules, candidates)
  return choice ? giveToDealer(ctx, lead, choice, how) : leaveUnrouted(ctx, lead, 'no_dealer')
}
