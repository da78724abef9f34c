import type { z } from 'zod'
import { networkLeads, type NetworkMove, type NetworkTransfer } from '../../../contract/dnm/network-lead.ts'
import { handle } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { readNetworkLead, toNetworkLead } from './network-row.ts'

type Move = Omit<z.output<typeof NetworkMove>, 'at'> & { at: Date }
const moves = statement<Move>(
  'network_moves_of',
  `
  select v.id, v.kind, f.name "from", coalesce(o.name, t.name) "to", v.because, v.by_id "byId", v.at from network_moves v
  left join network_dealers f on f.tenant_id = $1 and f.id = v.from_dealer_id left join network_dealers t on t.tenant_id = $1 and t.id = v.to_dealer_id
  left join network_outlets o on o.tenant_id = $1 and o.id = v.to_outlet_id where v.tenant_id = $1 and v.lead_id = $2 order by v.at desc, v.id desc limit 100`,
)
type Transfer = Omit<z.output<typeof NetworkTransfer>, 'at' | 'doneAt' | 'endedAt'> & { at: Date; doneAt: Date | null; endedAt: Date | null }
const transfers = statement<Transfer>(
  'network_transfers_of',
  `
  select t.id, d.name dealer, t.via, t.basis, t.consent_event_id "consentEventId", t.state, t.at, t.done_at "doneAt", t.ended_at "endedAt" from network_transfers t
  join network_dealers d on d.tenant_id = $1 and d.id = t.dealer_id where t.tenant_id = $1 and t.lead_id = $2 order by t.at desc, t.id desc limit 100`,
)
const person = statement<{ personId: string | null; wishedOutlet: string | null }>(
  'network_lead_person',
  `
  select l.person_id "personId", (select o.name from network_outlets o where o.tenant_id = $1 and o.id = $3) "wishedOutlet" from leads l where l.tenant_id = $1 and l.id = $2`,
)

/** One request with everything that was decided about it. Of the person the id alone: who may open them asks the acts for clients. */
export const showNetworkLead = handle(networkLeads.get, async (ctx, { networkLeadId }) => {
  const row = await readNetworkLead(ctx, networkLeadId)
  const [history, handed, [found]] = await Promise.all([ctx.run(moves, [row.id]), ctx.run(transfers, [row.id]), ctx.run(person, [row.id, row.wishedOutletId])])
  return {
    ...toNetworkLead(row, ctx.now()),
    personId: found?.personId ?? null,
    wishedOutlet: found?.wishedOutlet ?? null,
    timeZone: row.timeZone,
    excusedMinutes: row.excusedMinutes,
    moves: history.map((move) => ({ ...move, at: move.at.toISOString() })),
    transfers: handed.map(({ at, doneAt, endedAt, ...transfer }) => ({
      ...transfer,
      at: at.toISOString(),
      doneAt: doneAt?.toISOString() ?? null,
      endedAt: endedAt?.toISOString() ?? null,
    })),
  }
})
