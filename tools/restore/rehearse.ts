import { mkdtempSync, rmSync, chmodSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { App } from '../../server/app.ts'
import { demoPassword } from '../../server/demo/index.ts'
import { House, living, type Served } from './house.ts'
import { mustBe, RestoreFailed, type Say } from './say.ts'

const [OPERATOR, OFFICER] = ['anna@zvezda.example', 'igor@zvezda.example']
const PERSON = { fullName: 'Возвратов Призрак Иванович', phones: ['+7 976 555-00-01'], emails: ['prizrak@mail.example'] }
const backup: Served = { main: 'infotech_backup', keys: 'infotech_keys_backup' }

type Answer = { status: number; body: Record<string, unknown> }
/** A colleague at their own browser: the acts are the product's, over HTTP. */
type Colleague = { ask: (method: 'GET' | 'POST', address: string, body?: unknown) => Promise<Answer> }

/**
 * The whole story in an installation made for it: somebody is written down, everything is backed up, they are destroyed, the backup of the main database is put
 * back, and nobody of them is there. Then the old key store is tried as well.
 */
export async function rehearse(say: Say): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'infotech-restore-'))
  // PostgreSQL may be another user than we are and must be able to walk through.
  if (process.getuid?.() === 0) chmodSync(folder, 0o711)
  try {
    const house = await House.build(folder)
    say('A small installation stands: a main database, a key store and a demonstration network.')
    try {
      await tell(house, say)
    } finally {
      await house.close()
      await house.databases.stop()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function tell(house: House, say: Say): Promise<void> {
  const app = await house.open(living, () => {})
  let officer = await signIn(app, OFFICER)
  const { requestId, personId } = await writeDown(await signIn(app, OPERATOR), officer)
  mustBe((await find(officer)).includes(personId), `${PERSON.fullName} is held, and is found by phone.`, say)
  await house.close()
  await house.copyAs(backup)
  const facts = await house.count('main', backup.main, 'facts where person_id = $1', [personId])
  mustBe(facts > 0, `Both databases are backed up; the backup of the main one holds ${facts} sealed facts of this person.`, say)
  officer = await signIn(await house.open(living, () => {}), OFFICER)
  await destroy(officer, requestId)
  mustBe((await find(officer)).length === 0, 'The privacy officer has destroyed the person on their demand, under an act of destruction.', say)
  await house.close()
  await restoreMain(house, personId, say)
  await restoreKeys(house, say)
}

async function restoreMain(house: House, personId: string, say: Say): Promise<void> {
  let removed = 0
  const app = await house.open({ main: backup.main, keys: living.keys }, (_, about) => void (removed += Number(about?.rows ?? 0)))
  mustBe(removed > 0, `The backup of the main database is put back. Before it answered anyone, the vault removed ${removed} rows of people destroyed since.`, say)
  const officer = await signIn(app, OFFICER)
  const looked = await officer.ask('POST', `/persons/${personId}/reveal`, { purpose: 'rights' })
  mustBe(looked.status === 404, 'Asked for the person, the vault answers: not found.', say)
  mustBe((await find(officer)).length === 0, 'A search by their phone finds nobody.', say)
  for (const table of ['facts', 'search_tokens']) {
    const left = await house.count('main', backup.main, `${table} where person_id = $1`, [personId])
    mustBe(left === 0, `Past all rights, the restored database has no row of theirs in ${table}.`, say)
  }
  const keys = await house.count('keys', living.keys, 'data_keys d join shreds s on d.key_id = any (s.key_ids) where s.subject_id = $1', [personId])
  mustBe(keys === 0, 'None of their keys is in the key store: what else lies in any backup of the main database is noise.', say)
  await house.close()
}

async function restoreKeys(house: House, say: Say): Promise<void> {
  const refusal = await house
    .open(backup, () => {})
    .then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    )
  if (refusal === null) throw new RestoreFailed('NOT SO: the old copy of the key store is refused.')
  mustBe(refusal.includes('is older than they are'), `With the old copy of the key store put back too, the vault does not start: ${refusal}`, say)
}

async function signIn(app: App, email: string): Promise<Colleague> {
  let cookie = ''
  const ask: Colleague['ask'] = async (method, address, body) => {
    const headers = { 'x-requested-with': 'infotech', ...(cookie ? { cookie } : {}), ...(body === undefined ? {} : { 'content-type': 'application/json' }) }
    const reply = await app.http.inject({ method, url: `/api${address}`, headers, ...(body === undefined ? {} : { payload: JSON.stringify(body) }) })
    const set = reply.headers['set-cookie']
    if (set !== undefined) cookie = String(set).split(';')[0] ?? ''
    return { status: reply.statusCode, body: reply.json<Record<string, unknown>>() }
  }
  const { status, body } = await ask('POST', '/sign-in', { email, password: demoPassword })
  if (status !== 200) throw new Error(`${email} could not sign in: ${JSON.stringify(body)}`)
  return { ask }
}

/** @throws Error with the answer, unless it is a good one. */
async function done({ ask }: Colleague, address: string, body: unknown): Promise<Record<string, unknown>> {
  const answer = await ask('POST', address, body)
  if (answer.status !== 200) throw new Error(`POST ${address}: ${answer.status} ${JSON.stringify(answer.body)}`)
  return answer.body
}

async function writeDown(operator: Colleague, officer: Colleague): Promise<{ requestId: string; personId: string }> {
  const { id: personId } = await done(operator, '/persons', { contact: PERSON, ground: { activityCode: 'lead', basis: 'contract' } })
  const receivedOn = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)
  const filed = await done(officer, '/requests', { who: { personId }, kind: 'destroy', channel: 'paper', receivedOn, words: 'Прошу уничтожить мои данные' })
  return { requestId: String(filed.id), personId: String(personId) }
}

async function find(officer: Colleague): Promise<string[]> {
  const { hits } = await done(officer, '/persons/search', { query: PERSON.phones[0] })
  return (hits as { id: string }[]).map(({ id }) => id)
}

async function destroy(officer: Colleague, requestId: string): Promise<void> {
  const { version } = await done(officer, `/requests/${requestId}/identify`, { version: 1, how: 'document' })
  await done(officer, `/requests/${requestId}/destroy`, { version, reason: 'stop_demand' })
}
