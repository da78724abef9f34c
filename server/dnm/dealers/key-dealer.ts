import { randomBytes } from 'node:crypto'
import { networkDealers } from '../../../contract/dnm/dealer.ts'
import { handle, invalid } from '../../kernel/index.ts'
import { hashToken, newToken } from '../../vault/index.ts'
import { secretContext } from '../push/push-row.ts'
import { lockDealer } from './edit-dealer.ts'

/** Only the hash of the token is kept. The key before it is revoked at once: a dealer has one. */
export const makeDealerKey = handle(networkDealers.makeKey, async (ctx, { dealerId, version }) => {
  const dealer = await lockDealer(ctx, dealerId, version)
  const [keyId, token] = [ctx.newId(), newToken(ctx.tenantId)]
  await ctx.db
    .insertInto('integrationKeys')
    .values({ id: keyId, name: `Сеть: ${dealer.name}`.slice(0, 120), tokenHash: hashToken(token), scopes: ['network.poll'], createdBy: ctx.me, createdAt: ctx.now() })
    .execute()
  await ctx.db
    .updateTable('networkDealers')
    .set({ keyId, version: version + 1 })
    .where('id', '=', dealerId)
    .execute()
  if (dealer.keyId) await ctx.db.updateTable('integrationKeys').set({ revokedAt: ctx.now() }).where('id', '=', dealer.keyId).where('revokedAt', 'is', null).execute()
  ctx.audit('network_dealer.keyed', { object: { kind: 'network_dealer', id: dealerId }, details: { keyId, revoked: dealer.keyId } })
  return { id: dealerId, version: version + 1, token }
})

/** The secret signs what is sent; it lies sealed, bound to this dealer. */
export const makeDealerSecret = handle(networkDealers.makeSecret, async (ctx, { dealerId, version }) => {
  await lockDealer(ctx, dealerId, version)
  const secret = randomBytes(32).toString('base64url')
  await ctx.db
    .updateTable('networkDealers')
    .set({ pushSecret: await ctx.vault.protect(secretContext(ctx.tenantId, dealerId), Buffer.from(secret)), version: version + 1 })
    .where('id', '=', dealerId)
    .execute()
  ctx.audit('network_dealer.keyed', { object: { kind: 'network_dealer', id: dealerId }, details: { what: 'secret' } })
  return { id: dealerId, version: version + 1, secret }
})

/** The worker sends it: it alone has a way out. */
export const tryPush = handle(networkDealers.tryPush, async (ctx, { dealerId }) => {
  const dealer = await lockDealer(ctx, dealerId)
  if (!dealer.pushUrl) throw invalid('pushUrl', 'required')
  const pushId = ctx.newId()
  await ctx.db.insertInto('networkPushes').values({ id: pushId, dealerId, createdAt: ctx.now() }).execute()
  ctx.emit('network-push', { pushId })
  ctx.audit('network_dealer.edited', { object: { kind: 'network_dealer', id: dealerId }, details: { what: 'push_trial' } })
  return {}
})
