import type { Purpose } from '../../../contract/purposes.ts'
import type { Right } from '../../../contract/permissions.ts'
import { actorOf, askerLook, needsAny, type Actor } from '../asking.ts'
import type { Question, VaultContext } from '../context.ts'
import { openBlob, sealBlob } from '../crypto/envelope.ts'
import { deriveKey } from '../crypto/wrap.ts'
import { look, type Look } from '../db.ts'
import { VaultRefusal } from '../refusal.ts'
import { canaryEvents, toLogEvent, type LookEvent } from '../trace.ts'
import { heldLooks, judge, toHeld } from './held.ts'

const storing: readonly Right[] = ['lead.intake', 'lead.create', 'lead.import', 'message.fix', 'person.edit', 'request.handle', 'site.visit', 'own.data']

async function whoAsks(vault: VaultContext, { asker, tenantId, peer }: Question, rights: readonly Right[]): Promise<void> {
  const [rows] = await look(vault.main, tenantId, [askerLook(asker, tenantId, peer)])
  needsAny(actorOf(asker, rows ?? []), rights)
}

const recordPlace = (tenantId: string, recordId: string, keyId: string) => ({ tenantId, personId: recordId, class: 'record', recordId, version: 1, keyId })

/** Seals bytes that belong to no person yet, under a key of their own. */
export async function sealRecord(vault: VaultContext, question: Question, recordId: string, bytes: Buffer): Promise<{ keyId: string; payload: Buffer }> {
  await whoAsks(vault, question, storing)
  const [fresh] = await vault.dataKeys.take(question.tenantId, 1)
  if (!fresh) throw new Error('the stock gave no key')
  return { keyId: fresh.keyId, payload: sealBlob(fresh.key, recordPlace(question.tenantId, recordId, fresh.keyId), bytes) }
}

/** Opens an original message. The trace is committed before the answer. */
export async function openRecord(vault: VaultContext, question: Question, { purpose, recordId, door }: { purpose: Purpose; recordId: string; door: string }): Promise<Buffer> {
  const { asker, tenantId, peer } = question
  const [actorRows, rows] = await look(vault.main, tenantId, [
    askerLook(asker, tenantId, peer),
    { name: 'message', text: 'select person_id, key_id, payload from intake_messages where tenant_id = $1 and id = $2', values: [recordId] },
  ])
  const actor = actorOf(asker, actorRows ?? [])
  needsAny(actor, ['message.read', 'message.fix'])
  const row = rows?.[0]
  if (!row) throw new VaultRefusal('not_found')
  await mayTouch(vault, tenantId, actor, purpose, row.person_id as string | null)
  const keyId = row.key_id as string
  const key = (await vault.dataKeys.load(tenantId, [keyId])).get(keyId)
  if (!key) throw new VaultRefusal('not_found')
  await bookOpened(vault, { tenantId, actor, door, purpose, personId: row.person_id as string | null, object: { kind: 'message', id: recordId } })
  return openBlob(key, recordPlace(tenantId, recordId, keyId), row.payload as Buffer)
}

/** A key for a file that the caller seals as a stream: derived from the data key and bound to the file, so that the data key itself stays here. */
export async function fileKey(vault: VaultContext, question: Question, fileId: string): Promise<{ keyId: string; key: Buffer }> {
  await whoAsks(vault, question, storing)
  const [fresh] = await vault.dataKeys.take(question.tenantId, 1)
  if (!fresh) throw new Error('the stock gave no key')
  return { keyId: fresh.keyId, key: deriveKey(fresh.key.export(), `file/${question.tenantId}/${fileId}`).export() }
}

export async function openFileKey(vault: VaultContext, question: Question, { purpose, fileId, door }: { purpose: Purpose; fileId: string; door: string }): Promise<Buffer> {
  const { asker, tenantId, peer } = question
  const fileLook: Look = { name: 'file', text: 'select person_id, key_id from files where tenant_id = $1 and id = $2', values: [fileId] }
  const [actorRows, rows] = await look(vault.main, tenantId, [askerLook(asker, tenantId, peer), fileLook])
  const actor = actorOf(asker, actorRows ?? [])
  const row = rows?.[0]
  needsAny(actor, row?.person_id ? ['person.reveal', 'own.data'] : ['lead.import', 'message.read'])
  if (!row) throw new VaultRefusal('not_found')
  await mayTouch(vault, tenantId, actor, purpose, row.person_id as string | null)
  const keyId = row.key_id as string
  const key = (await vault.dataKeys.load(tenantId, [keyId])).get(keyId)
  if (!key) throw new VaultRefusal('not_found')
  await bookOpened(vault, { tenantId, actor, door, purpose, personId: row.person_id as string | null, object: { kind: 'file', id: fileId } })
  return deriveKey(key.export(), `file/${tenantId}/${fileId}`).export()
}

/** Bytes about a person follow the person's rules; bytes about nobody yet follow the right alone. A job is the machine that took them in. */
async function mayTouch(vault: VaultContext, tenantId: string, actor: Actor, purpose: Purpose, personId: string | null): Promise<void> {
  if (personId === null || actor.kind === 'job') return
  const [rows, activityRows] = await look(vault.main, tenantId, heldLooks([personId], purpose))
  const verdict = judge(actor, purpose, toHeld(rows ?? [], activityRows ?? []).get(personId))
  if (verdict.state !== 'open') throw new VaultRefusal(verdict.state)
}

type Opened = { tenantId: string; actor: Actor; door: string; purpose: Purpose; personId: string | null; object: { kind: string; id: string } }

/** Counted like a person opened in full, also when it belongs to nobody yet: whose words these are is inside. */
async function bookOpened(vault: VaultContext, { personId, ...opened }: Opened): Promise<void> {
  await vault.quota.spend('revealed', opened.tenantId, opened.actor, opened.purpose, [personId ?? opened.object.id])
  const said: LookEvent = { ...opened, event: 'message.opened', personIds: personId === null ? [] : [personId], details: {} }
  await vault.trace.write([toLogEvent(said, vault.now()), ...canaryEvents(vault, said)])
}
