import { z } from 'zod'
import { get, post } from '../endpoint.ts'
import { rightsOf, type Right } from '../permissions.ts'
import { plain } from '../people/person.ts'

/** What a machine may be let do: rights of the role `integration`, of which a key names some. */
export const keyScopes = [...rightsOf('integration')] as [Right, ...Right[]]

export const KeyDraft = z.object({ name: plain(120).min(2), scopes: z.array(z.enum(keyScopes)).min(1).max(keyScopes.length) })
export const Key = z.object({
  id: z.uuid(),
  name: z.string(),
  scopes: z.array(z.string()),
  createdAt: z.iso.datetime(),
  createdBy: z.string(),
  lastUsedAt: z.iso.datetime().nullable(),
  revokedAt: z.iso.datetime().nullable(),
})

export const integrationKeys = {
  list: get('/integration-keys', {
    can: 'key.edit',
    purpose: 'employment',
    personal: true,
    summary: 'Keys of machines: what each may do, who made it, when it was used last; at most 200',
    input: z.object({}),
    output: z.object({ keys: z.array(Key) }),
  }),
  create: post('/integration-keys', {
    can: 'key.edit',
    dangerous: true,
    personal: true,
    shownOnce: true,
    purpose: 'employment',
    summary: 'Make a key; the token is shown in this answer and never again',
    input: KeyDraft,
    output: z.object({ id: z.uuid(), token: z.string() }),
  }),
  revoke: post('/integration-keys/:keyId/revoke', {
    can: 'key.edit',
    dangerous: true,
    summary: 'Revoke a key at once and for ever',
    input: z.object({ keyId: z.uuid() }),
    output: z.object({}),
  }),
}
