import { channels, consentOfChannel, type Channel } from '../../../contract/consent/consent.ts'
import { unsubscribe, type UnsubscribeScope } from '../../../contract/mailing/unsubscribe.ts'
import { evidenceOf, objectByToken, objectedByToken, objectToAll, readEvents, recordAtDoor, stateOf } from '../../consent/index.ts'
import { handle, notFound, type Ctx } from '../../kernel/index.ts'
import { tellPerson, type Hands } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { tellOfMailing } from '../mailings/mailing-row.ts'
import { cancelForAddress } from '../outbound/message-row.ts'
import { openUnsubscribe, type UnsubscribeClaim } from './token.ts'

/** A forged link, another company's and one of nothing are the same. */
async function claimOf(ctx: Ctx, token: string): Promise<UnsubscribeClaim> {
  const claim = await openUnsubscribe(ctx, token)
  if (!claim || claim.tenantId !== ctx.tenantId) throw notFound()
  return claim
}

export const showUnsubscribe = handle(unsubscribe.show, async (ctx, { token }) => {
  const { channel, addressToken } = await claimOf(ctx, token)
  return { channel, stopped: await objectedByToken(ctx, addressToken) }
})

/**
 * One click, no login (38-ФЗ art. 18 ч.1: at once; RFC 8058). The "no" is kept by the hash of the address, so it holds when the person was destroyed
 * long ago; while they are held their consent is withdrawn too; and what waits in the queue for the address is cancelled in the same transaction.
 */
export const makeUnsubscribe = handle(unsubscribe.make, async (ctx, { token, scope }) => {
  const claim = await claimOf(ctx, token)
  const stopped: readonly Channel[] = scope === 'this' ? [claim.channel] : channels
  const isHeld = await withdraw(ctx, claim, scope)
  await objectByToken(ctx, { tokens: [claim.addressToken], channels: stopped, how: 'unsubscribe_link' })
  const personId = scope === 'all_channels' && isHeld ? claim.personId : null
  const { cancelled, mailingIds } = await cancelForAddress(ctx, { addressToken: claim.addressToken, personId, channels: stopped })
  for (const mailingId of mailingIds) tellOfMailing(ctx, mailingId)
  return { stopped: await objectedByToken(ctx, claim.addressToken), cancelled }
})

const client = statement<Hands>(
  'unsubscribe_client',
  `
  select outlet_id "outletId", responsible_id "responsibleId", specialist_id "specialistId" from persons where tenant_id = $1 and id = $2 and kind = 'customer'`,
)
const place = 'unsubscribe'

/** What the person had agreed to, taken back; nothing where nothing is in force, so a second click adds no second withdrawal. */
async function withdraw(ctx: Ctx, { personId, channel }: UnsubscribeClaim, scope: UnsubscribeScope): Promise<boolean> {
  const [person] = await ctx.run(client, [personId])
  if (!person) return false
  const evidence = evidenceOf(ctx)
  if (scope === 'all_channels') await objectToAll(ctx, { personId, how: 'unsubscribe_link', place, evidence })
  else {
    const kind = consentOfChannel[channel]
    const { state } = stateOf(kind, await readEvents(ctx, personId, [kind]), ctx.now())
    if (state === 'given') await recordAtDoor(ctx, { personId, words: [{ kind, state: 'withdrawn' }], how: 'unsubscribe_link', place, evidence })
  }
  tellPerson(ctx, personId, person)
  return true
}
