import { notFound, Refusal, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

const had = statement<{ had: boolean }>(
  'network_dealer_had',
  `
  select exists (select from network_transfers t where t.tenant_id = $1 and t.lead_id = $2 and t.dealer_id = $3
    and (t.state = 'done' or exists (select from network_pushes p where p.tenant_id = $1 and p.transfer_id = t.id and p.what = 'request' and p.attempts > 0))) had`,
)

/** Why a dealer may not speak of a request that is not theirs: what they had is told to be taken back, what they never had does not exist. */
export async function refusalOf(ctx: Ctx, dealerId: string, leadId: string | undefined): Promise<Refusal> {
  const [row] = leadId === undefined ? [] : await ctx.run(had, [leadId, dealerId])
  return row?.had ? new Refusal('taken_back') : notFound()
}
