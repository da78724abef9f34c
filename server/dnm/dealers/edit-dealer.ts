import type { z } from 'zod'
import { networkDealers } from '../../../contract/dnm/dealer.ts'
import { assertRoom, handle, invalid, notFound, orConflict, saidIn, stale, wrongState, type Ctx } from '../../kernel/index.ts'
import { assertDistributor } from './assert-distributor.ts'

const MOST_DEALERS = 500

/** A company of this platform is invited by a job; until it agrees, nothing of anybody goes there. */
export const createDealer = handle(networkDealers.create, async (ctx, draft) => {
  await assertDistributor(ctx)
  await assertRoom(ctx, 'networkDealers', MOST_DEALERS)
  if (draft.delivery === 'crm' && draft.dealerTenantId === null) throw invalid('dealerTenantId', 'required')
  await assertBrands(ctx, draft.brandIds)
  const id = ctx.newId()
  await orConflict('network_dealers_tenant_id_code_key', 'taken', () =>
    ctx.db
      .insertInto('networkDealers')
      .values({ id, ...draft, createdAt: ctx.now() })
      .execute(),
  )
  ctx.audit('network_dealer.edited', { object: { kind: 'network_dealer', id }, details: { what: 'created', code: draft.code, delivery: draft.delivery } })
  if (draft.dealerTenantId) ctx.emit('network-member', { dealerId: id })
  return { id, version: 1 }
})

export const editDealer = handle(networkDealers.edit, async (ctx, { dealerId, version, ...asked }) => {
  const dealer = await lockDealer(ctx, dealerId, version)
  const { change, changed } = saidIn(asked, 'name')
  if (change.delivery === 'crm' && dealer.dealerTenantId === null) throw wrongState('no_company')
  if (change.brandIds) await assertBrands(ctx, change.brandIds)
  await ctx.db
    .updateTable('networkDealers')
    .set({ ...change, version: version + 1 })
    .where('id', '=', dealerId)
    .execute()
  ctx.audit('network_dealer.edited', { object: { kind: 'network_dealer', id: dealerId }, details: { what: 'edited', changed } })
  return { id: dealerId, version: version + 1 }
})

async function assertBrands(ctx: Ctx, brandIds: readonly string[]): Promise<void> {
  if (brandIds.length === 0) return
  const known = await ctx.db
    .selectFrom('brands')
    .select('id')
    .where('id', 'in', [...brandIds])
    .execute()
  if (known.length !== new Set(brandIds).size) throw invalid('brandIds', 'unknown')
}

const changeable = [
  'name',
  'delivery',
  'pushUrl',
  'brandIds',
  'cities',
  'region',
  'dailyCapacity',
  'agreementNumber',
  'agreementFrom',
  'agreementUntil',
  'isActive',
] as const satisfies (keyof z.output<typeof networkDealers.edit.input>)[]

export async function lockDealer(ctx: Ctx, dealerId: string, version?: number) {
  const dealer = await ctx.db
    .selectFrom('networkDealers')
    .select(['id', 'code', 'dealerTenantId', 'keyId', 'version', ...changeable])
    .where('id', '=', dealerId)
    .forUpdate()
    .executeTakeFirst()
  if (!dealer) throw notFound()
  if (version !== undefined && dealer.version !== version) throw stale({ version: dealer.version, ...Object.fromEntries(changeable.map((name) => [name, dealer[name]])) })
  return dealer
}
