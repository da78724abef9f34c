/**
 * npm run clauses [-- --json] [--state controlled|partly|not_yet|not_applicable] [--tenant ID]
 * What the policy promises, clause by clause: our sentence, its state, what holds it, what proves it and, where the system runs, what its database
 * shows at this moment, of all companies together or of one. Without a database the evidence is left out, and that is said.
 */
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type pg from 'pg'
import { clauseStates, type ClauseEvidence, type ClauseState } from '../contract/privacy/clause.ts'
import { readConfig } from '../server/platform/config/config.ts'
import type { WorkerRuntime } from '../server/platform/config/runtime.ts'
import { runFolder } from '../server/platform/config/write-runtime.ts'
import { openPool } from '../server/platform/db/pool.ts'
import { isUuid } from '../server/platform/ids.ts'
import { listTenants } from '../server/platform/jobs/tenants.ts'
import { allClauses, countStates, evidenceCodes, evidenceNow, evidenceOf, isGood, type Clause, type EvidenceCode } from '../server/privacy/clauses/index.ts'

type Proofs = ReadonlyMap<EvidenceCode, ClauseEvidence>

const marks: Record<ClauseState, string> = { controlled: '●', partly: '◐', not_yet: '○', not_applicable: '–' }
const lacks = new Set<ClauseState>(['partly', 'not_yet'])

const { values: flags } = parseArgs({ options: { json: { type: 'boolean', default: false }, state: { type: 'string' }, tenant: { type: 'string' } } })

try {
  if (flags.state !== undefined && !isState(flags.state)) throw new Error(`There is no state ${flags.state}; there are: ${clauseStates.join(', ')}.`)
  if (flags.tenant !== undefined && !isUuid(flags.tenant)) throw new Error('Name the company by its id: --tenant 00000000-0000-0000-0000-000000000000.')
  const live = await readLive()
  const rows = allClauses.filter(({ state }) => flags.state === undefined || state === flags.state)
  console.log(flags.json ? JSON.stringify(asJson(rows, live), null, 2) : asTable(rows, live))
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

function isState(word: string): word is ClauseState {
  return (clauseStates as readonly string[]).includes(word)
}

/** Evidence of the running system; a sentence when there is none. */
async function readLive(): Promise<Proofs | string> {
  const config = readConfig(process.env)
  if ('mistakes' in config) throw new Error(config.mistakes.join('\n'))
  const file = path.join(runFolder(config.dataDir), 'worker.json')
  if (!existsSync(file)) return `No system runs from ${config.dataDir}: evidence is left out. Start it with npm start, then ask again.`
  const { database } = JSON.parse(readFileSync(file, 'utf8')) as WorkerRuntime
  const pool = openPool(database, 2)
  try {
    const tenants = flags.tenant === undefined ? await listTenants(pool) : [flags.tenant]
    const each: Proofs[] = []
    for (const tenantId of tenants) each.push(await readTenant(pool, tenantId))
    return new Map(evidenceCodes.map((code) => [code, together(code, each)]))
  } catch (error) {
    const { code } = error as { code?: string }
    if (code !== 'ECONNREFUSED' && code !== 'ENOENT') throw error
    return 'The database does not answer: evidence is left out. Start the system with npm start, then ask again.'
  } finally {
    await pool.end()
  }
}

/** In one snapshot and as the application's own role, so that nothing is seen that a screen could not show. */
async function readTenant(pool: pg.Pool, tenantId: string): Promise<Proofs> {
  const client = await pool.connect()
  try {
    await client.query(`begin isolation level repeatable read read only; set local role infotech_app; set local app.tenant = '${tenantId}'`)
    const now = new Date()
    const reader: Parameters<typeof evidenceNow>[0] = {
      tenantId,
      now: () => now,
      run: async (what, values = []) => (await client.query({ name: what.name, text: what.text, values: [tenantId, ...values] })).rows,
    }
    const proofs = new Map<EvidenceCode, ClauseEvidence>()
    for (const code of evidenceCodes) proofs.set(code, await evidenceNow(reader, code))
    return proofs
  } finally {
    await client.query('rollback').catch(() => undefined)
    client.release()
  }
}

/** The same evidence of several companies as one number: a breach of one is a breach. */
function together(code: EvidenceCode, each: readonly Proofs[]): ClauseEvidence {
  const found = each.flatMap((proofs) => proofs.get(code) ?? [])
  const names = new Map<string, number>()
  for (const { parts } of found) for (const { name, count } of parts) names.set(name, (names.get(name) ?? 0) + count)
  const { what, wanted } = evidenceOf(code)
  const count = found.reduce((sum, proof) => sum + proof.count, 0)
  return { code, what, count, parts: [...names].map(([name, part]) => ({ name, count: part })), isGood: isGood(wanted, count), at: found[0]?.at ?? new Date().toISOString() }
}

function asJson(rows: readonly Clause[], live: Proofs | string): unknown {
  const proof = (evidence: EvidenceCode | null): ClauseEvidence | null => (typeof live === 'string' || evidence === null ? null : (live.get(evidence) ?? null))
  return {
    total: allClauses.length,
    counts: countStates(allClauses),
    note: typeof live === 'string' ? live : null,
    clauses: rows.map((clause) => ({ ...clause, proof: proof(clause.evidence) })),
  }
}

function asTable(rows: readonly Clause[], live: Proofs | string): string {
  const lines = rows.flatMap((clause) => [
    `${marks[clause.state]} ${clause.id.padEnd(6)} ${clause.sentence.ru}`,
    ...(clause.because ? [`         ${lacks.has(clause.state) ? 'не хватает: ' : ''}${clause.because.ru}`] : []),
    ...(clause.control ? [`         ${clause.control}, тестов: ${clause.tests.length}${valueOf(clause, live)}`] : []),
  ])
  const counts = countStates(allClauses)
  return [
    ...lines,
    '',
    ...clauseStates.map((state) => `${marks[state]} ${state}: ${counts[state]}`),
    `всего: ${allClauses.length}`,
    ...(typeof live === 'string' ? ['', live] : []),
  ].join('\n')
}

function valueOf({ evidence }: Clause, live: Proofs | string): string {
  if (evidence === null) return ''
  if (typeof live === 'string') return `; доказательство: ${evidence}`
  const proof = live.get(evidence)
  if (!proof) return ''
  const verdict = proof.isGood === null ? '' : proof.isGood ? ', верно' : ', НЕВЕРНО'
  return `; ${proof.what.ru}: ${proof.count.toLocaleString('ru')}${verdict}`
}
