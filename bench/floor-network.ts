/** What the floor answers about consents, to the systems of dealers, and as the answer to a person. */
import type pg from 'pg'
import { statement } from '../server/platform/db/session.ts'
import { plainHash } from './consents.ts'
import type { FloorOptions } from './floor.ts'
import * as network from './floor-network-statements.ts'
import { clear, runOn, type Answer, type Row } from './floor-run.ts'
import * as sql from './floor-statements.ts'

const PAGE = 200
const wanted = ['advertising_data', 'advertising_email']

export function networkAnswers(pool: pg.Pool, { tenantId, reads, distributor }: FloorOptions): Record<string, Answer> {
  const run = runOn(pool, tenantId)
  const there = runOn(pool, distributor.tenantId)
  const readStatements = reads.map(({ table, sql: text }) => statement<Row>(`floor_read_${table}`, text))
  return {
    'GET persons/:id/may-contact': async ([, id]) => {
      const now = new Date()
      const [, [held], events, [contact]] = await Promise.all([
        run(sql.person, [id]),
        run(network.contactHeld, [[id], now]),
        run(network.latestEvents, [[id], wanted, now]),
        run(sql.facts, [[id], ['contact']]),
      ])
      const { emails } = (contact ? clear(contact).payload : { emails: [] }) as { emails: { address: string }[] }
      const objections = emails.length > 0 ? await run(network.objectionsLive, [emails.map(({ address }) => plainHash(address))]) : []
      const given = (kind: string): boolean => events.some((event) => event.kind === kind && event.state === 'given' && (event.validUntil as Date) > now)
      const because = reasonOf({ held, hasAddress: emails.length > 0, isObjected: objections.some(({ channel }) => channel === 'email'), given })
      return { may: because === 'consents', because }
    },
    'GET lms/request': async (_path, { key }) => {
      const [dealer] = await there(network.dealerOfKey, [key])
      const rows = await there(network.lmsNew, [dealer?.id, PAGE])
      const facts = await there(network.lmsFacts, [rows.map((row) => row.personId), ['contact', 'vehicle', 'communication'], rows.map((row) => row.id)])
      const ofPerson = Map.groupBy(facts, (fact) => fact.person_id)
      return rows.map((row) => ({ ...row, facts: (ofPerson.get(row.personId) ?? []).map((fact) => clear(fact).payload) }))
    },
    'GET persons/:id/pack': async ([, id]) => {
      const [[person], grounds, disclosures, facts, ...tables] = await Promise.all([
        run(network.packPerson, [id]),
        run(network.packGrounds, [id]),
        run(network.packDisclosures, [id]),
        run(sql.facts, [[id], ['contact', 'document', 'vehicle', 'communication']]),
        ...readStatements.map((each) => run(each, [id])),
      ])
      return { ...person, grounds, disclosures, facts: facts.map(clear), tables: Object.fromEntries(tables.map((rows, i) => [reads[i]?.table, rows])) }
    },
  }
}

type File = { held: Row | undefined; hasAddress: boolean; isObjected: boolean; given: (kind: string) => boolean }

function reasonOf({ held, hasAddress, isObjected, given }: File): string {
  if (!held || held.isRestricted) return 'restricted'
  if (!hasAddress) return 'no_address'
  if (isObjected) return 'objection'
  if (!given('advertising_data')) return 'data_consent_absent'
  return given('advertising_email') ? 'consents' : 'channel_consent_absent'
}
