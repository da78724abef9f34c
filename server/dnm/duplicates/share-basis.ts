import type { ConsentParts } from '../../../contract/consent/consent.ts'
import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { requestConsent } from '../transfer/basis.ts'

const cameFrom = statement<{ basis: 'consent' | 'contract' }>(
  'network_share_came_from',
  `
  select r.basis from grounds g join received_transfers r on r.tenant_id = $1 and r.id::text = g.evidence ->> 'transferId'
  where g.tenant_id = $1 and g.person_id = $2 and g.ended_at is null and (g.until is null or g.until > $4) and r.distributor_tenant_id = $3 and r.ended_at is null limit 1`,
)

/**
 * On which basis a keyed hash of somebody's phone and e-mail may go to this distributor: a hash is personal data too, and that two companies agreed with each
 * other is nobody's consent (152-ФЗ art. 6, 7). Either the distributor handed them over itself and still does, as the register's line `lead` names it as a
 * recipient; or their consent in force names that the distributor is given it. Null: on none, and nothing leaves.
 */
export async function shareBasis(ctx: Ctx, personId: string, distributorTenantId: string): Promise<'consent' | 'contract' | null> {
  const [transfer] = await ctx.run(cameFrom, [personId, distributorTenantId, ctx.now()])
  if (transfer) return transfer.basis
  const consent = await requestConsent(ctx, personId)
  return consent && namesDistributor(consent.parts) ? 'consent' : null
}

/** Does the text say that something is handed over, and that it is to the distributor? */
export const namesDistributor = ({ operations, purpose }: Pick<ConsentParts, 'operations' | 'purpose'>): boolean =>
  operations.some((operation) => /передач|предоставлен/i.test(operation)) && [...operations, purpose].some((words) => /дистрибью|импорт[её]р/i.test(words))
