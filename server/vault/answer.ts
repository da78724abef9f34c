import { addressTokens, addressTokensOf } from './acts/address-tokens.ts'
import { destroy } from './acts/destroy.ts'
import { holders } from './acts/holders.ts'
import { match } from './acts/match.ts'
import { networkTokens } from './acts/network-tokens.ts'
import { loginToken, protect, refuseContext, unprotect } from './acts/platform.ts'
import { fileKey, openFileKey, openRecord, sealRecord } from './acts/records.ts'
import { reveal } from './acts/reveal.ts'
import { search } from './acts/search.ts'
import { seal } from './acts/seal.ts'
import { turnKeys } from './acts/turn-keys.ts'
import type { Peer } from './asking.ts'
import type { VaultContext } from './context.ts'
import { VaultRefusal } from './refusal.ts'
import { requests, type Method, type RequestOf } from './wire.ts'

type Answerers = { [M in Method]: (vault: VaultContext, peer: Peer, request: RequestOf<M>) => Promise<unknown> }

const text = (bytes: Buffer): string => bytes.toString('base64')

const answerers: Answerers = {
  seal: async (vault, peer, { items, ...who }) => (await seal(vault, { ...who, peer }, items)).map((sealed) => ({ ...sealed, payload: text(sealed.payload) })),
  reveal: (vault, peer, { request, ...who }) => reveal(vault, { ...who, peer }, request),
  search: (vault, peer, { request, ...who }) => search(vault, { ...who, peer }, request),
  match: (vault, peer, { request, ...who }) => match(vault, { ...who, peer }, request),
  holders: (vault, peer, { request, ...who }) => holders(vault, { ...who, peer }, request),
  turnKeys: (vault, _peer, { tenantId, ...addresses }) => turnKeys(vault.store, tenantId, addresses),
  addressTokens: (vault, peer, { request, ...who }) => addressTokens(vault, { ...who, peer }, request),
  addressTokensOf: (vault, peer, { request, ...who }) => addressTokensOf(vault, { ...who, peer }, request),
  networkTokens: (vault, peer, { request, ...who }) => networkTokens(vault, { ...who, peer }, request),
  sealRecord: async (vault, peer, { recordId, bytes, ...who }) => {
    const { keyId, payload } = await sealRecord(vault, { ...who, peer }, recordId, bytes)
    return { keyId, payload: text(payload) }
  },
  openRecord: async (vault, peer, { request, ...who }) => text(await openRecord(vault, { ...who, peer }, request)),
  fileKey: async (vault, peer, { fileId, ...who }) => {
    const { keyId, key } = await fileKey(vault, { ...who, peer }, fileId)
    return { keyId, key: text(key) }
  },
  openFileKey: async (vault, peer, { request, ...who }) => text(await openFileKey(vault, { ...who, peer }, request)),
  destroy: (vault, peer, { subjectIds, reason, ...who }) => destroy(vault, { ...who, peer }, subjectIds, reason),
  loginToken: async (vault, _peer, { email }) => text(await loginToken(vault.store, email)),
  protect: async (vault, _peer, { context, bytes }) => {
    refuseContext(context, null)
    return text(await protect(vault.store, context, bytes))
  },
  unprotect: async (vault, peer, { context, sealed }) => {
    refuseContext(context, peer)
    return text(await unprotect(vault.store, context, sealed))
  },
}

/** Parses and carries out one request. @throws VaultRefusal malformed for a request of another shape. */
export function answer<M extends Method>(vault: VaultContext, peer: Peer, method: M, raw: unknown): Promise<unknown> {
  const request = requests[method].safeParse(raw)
  if (!request.success) throw new VaultRefusal('malformed')
  return answerers[method](vault, peer, request.data as RequestOf<M>)
}
