/** Puts what people asked the officer, and what was written to them, beside the first people of a dealer. */
import { deskRequests } from './desk-requests.ts'
import { dealerMail } from './mail-plans.ts'
import { mailStory } from './mail-story.ts'
import type { DemoCompany } from './network.ts'
import { createRandom } from './random.ts'
import type { Sealer } from './seed.ts'
import type { DemoBatch } from './telling.ts'
import { writeTable, type Run } from './write-rows.ts'

/** So many of the people get a letter of the mailing: a page of rows behind every number. */
const MAILED = 400
type Desk = { sealer: Pick<Sealer, 'seal'>; seed: string; now: Date; inTransaction: (act: (run: Run) => Promise<void>) => Promise<void> }

/** @param batch the first people of the dealer, written already. */
export async function writeDesk({ sealer, seed, now, inTransaction }: Desk, company: DemoCompany, batch: DemoBatch): Promise<void> {
  const { tenantId } = company.tenant
  const random = createRandom(`${seed}/desk/${company.key}`)
  const people = batch.rows.persons ?? []
  const held = people.filter(({ destroyAfter }) => destroyAfter === null || destroyAfter > now)
  const officer = company.staff.find(({ role }) => role === 'privacy_officer')
  const writer = company.staff.find(({ role }) => role === 'marketer') ?? company.staff.find(({ role }) => role === 'head_of_sales')
  if (!officer || !writer || held.length === 0) return
  const offsetMinutes = company.outlets[0]?.offsetMinutes ?? 0
  const asked = deskRequests({ random, tenantId, officerId: officer.id, people: held.slice(0, 20).map(({ id }) => id), offsetMinutes, now })
  const mailed = mailStory({
    random,
    tenantId,
    byId: writer.id,
    publishedAt: new Date(now.getTime() - 90 * 86_400_000),
    people: held.slice(0, MAILED),
    words: batch.rows.consentEvents ?? [],
    reachable: new Set(batch.items.flatMap((item) => (item.class === 'contact' && item.facts.emails.length > 0 ? [item.personId] : []))),
    plan: dealerMail,
    offsetMinutes,
    now,
  })
  const sealed = await sealer.seal(tenantId, asked.items)
  await inTransaction(async (run) => {
    await insertJson(run, 'subject_requests', asked.requests)
    await insertJson(run, 'request_events', asked.events)
    await insertJson(run, 'mail_templates', mailed.templates)
    await insertJson(run, 'mailings', mailed.mailings)
    await insertJson(run, 'outbound_messages', mailed.messages)
    await writeTable(
      run,
      'facts',
      sealed.map(({ personId, class: factClass, recordId, version, keyId, payload }) => ({ tenantId, personId, class: factClass, recordId, version, keyId, payload })),
    )
  })
}

/** A few rows of one table, named by its columns; what is not named keeps its default. */
async function insertJson(run: Run, table: string, rows: readonly Record<string, unknown>[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = Object.keys(first).join(', ')
  await run(`insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`, [JSON.stringify(rows)])
}
