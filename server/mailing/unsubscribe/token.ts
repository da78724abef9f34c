import { consentOfChannel, type Channel } from '../../../contract/consent/consent.ts'
import type { Ctx } from '../../kernel/index.ts'
import { VaultRefusal } from '../../vault/index.ts'

/** What a link in an advertising message names. The address only by the keyed hash that objections are kept by. */
export type UnsubscribeClaim = { tenantId: string; channel: Channel; addressToken: Buffer; messageId: string; personId: string }

/** Names the purpose to the vault: a secret sealed for anything else does not open here, nor this one anywhere else. */
const CONTEXT = 'unsubscribe'
const VERSION = 1
const HASH_BYTES = 32
const BYTES = 2 + 3 * 16 + HASH_BYTES
const channels = Object.keys(consentOfChannel) as Channel[]

const bytesOf = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex')
const idOf = (bytes: Buffer): string => bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** Sealed by the vault, in letters and digits of an address. It has no end: a letter may lie for years before somebody says no. */
export async function sealUnsubscribe(ctx: Ctx, { tenantId, channel, addressToken, messageId, personId }: UnsubscribeClaim): Promise<string> {
  const plain = Buffer.concat([Buffer.from([VERSION, channels.indexOf(channel)]), bytesOf(tenantId), bytesOf(messageId), bytesOf(personId), addressToken])
  return (await ctx.vault.protect(CONTEXT, plain)).toString('base64url')
}

/** Null for whatever we did not seal for this. What cannot be one by its length is not asked about. */
export async function openUnsubscribe(ctx: Ctx, token: string): Promise<UnsubscribeClaim | null> {
  const sealed = Buffer.from(token, 'base64url')
  if (!/^[\w-]+$/.test(token) || sealed.length <= BYTES || sealed.length > BYTES + 64 || sealed.toString('base64url') !== token) return null
  const plain = await ctx.vault.unprotect(CONTEXT, sealed).catch((error: unknown) => {
    if (error instanceof VaultRefusal && error.code === 'not_found') return null
    throw error
  })
  const channel = channels[plain?.[1] ?? -1]
  if (plain?.length !== BYTES || plain[0] !== VERSION || !channel) return null
  return { channel, tenantId: idOf(plain.subarray(2, 18)), messageId: idOf(plain.subarray(18, 34)), personId: idOf(plain.subarray(34, 50)), addressToken: plain.subarray(50) }
}
