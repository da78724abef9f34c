/** Who works while processes die, and the people they work with: all of it stands before the first one does. */
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { hashToken, newToken } from '../../server/vault/index.ts'
import { openBrowser, type Browser, type Page } from '../browser.ts'
import type { Dealer } from '../dealer.ts'
import { insist, speaker, type Installation, type Speaker } from '../installation.ts'
import { openNetwork, said, type Network } from '../network.ts'
import { setTimeout as sleep } from 'node:timers/promises'

export const PATIENCE_MS = 120_000
export type Client = { personId: string; leadId: string; email: string }
export type Scene = {
  house: Installation
  net: Network
  database: pg.Pool
  /** Is the dying over? */
  isOver: () => boolean
  /** Clients of the dealer, each with a part in one story only. */
  clients: { portal: Client[]; link: Client[]; staff: Client[]; gone: Client[]; edited: Client[]; driven: Client[] }
  /** What was answered with a yes. */
  done: Done
}
export type Done = {
  leads: Map<string, { leadId: string; number: number }>
  forms: { company: 'zvezda' | 'veltara'; ref: string; phone: string }[]
  byHand: { leadId: string; personId: string }[]
  letters: string[]
  taken: string[]
  interactions: string[]
  deals: string[]
  looks: string[]
  drives: { id: string; startsAt: string }[]
  edits: Map<string, { version: number; times: number; address: string }>
  noes: { personId: string; kind: string; eventId: string }[]
  unsubscribed: Client[]
  destroyed: { personId: string; actId: string }[]
  file: { id: string; rows: number } | null
}

export const emptyDone = (): Done => ({
  leads: new Map(),
  forms: [],
  byHand: [],
  letters: [],
  taken: [],
  interactions: [],
  deals: [],
  looks: [],
  drives: [],
  edits: new Map(),
  noes: [],
  unsubscribed: [],
  destroyed: [],
  file: null,
})

const EACH = 30
const stories = ['portal', 'link', 'staff', 'gone', 'edited', 'driven'] as const

export async function openScene(house: Installation, isOver: () => boolean): Promise<Scene> {
  const database = new pg.Pool({ ...house.superuser.main, max: 2 })
  database.on('error', () => {})
  // Nobody's system takes what is pushed here: no request of this test goes there.
  const net = await openNetwork(house, { url: 'http://127.0.0.1:9/nobody', secret: '' })
  const anna = await net.at(net.zvezda, 'operator')
  const clients: Scene['clients'] = { portal: [], link: [], staff: [], gone: [], edited: [], driven: [] }
  await Promise.all(
    stories.map(async (story, of) => {
      for (let n = 0; n < EACH; n++) {
        const email = `${story}.${n}@mail.example`
        const contact = { fullName: 'Стойкина Вера Павловна', phones: [`+7945${of}${String(n).padStart(6, '0')}`], emails: [email] }
        const lead = await said<Client>(anna, 'POST', '/leads', { sourceId: house.dealer.sources.phone, interest: 'callback', contact })
        for (const kind of story === 'portal' || story === 'link' || story === 'staff' ? ['advertising_data', 'advertising_email'] : [])
          await said(anna, 'POST', `/persons/${lead.personId}/consents`, { kind, state: 'given', how: 'staff_call' })
        clients[story].push({ ...lead, email })
      }
    }),
  )
  await addDemoCar(database, house.dealer)
  return { house, net, database, isOver, clients, done: emptyDone() }
}

async function addDemoCar(database: pg.Pool, { tenantId, outletId, modelId }: Dealer): Promise<void> {
  await database.query(
    `insert into stock_vehicles (tenant_id, id, outlet_id, model_id, vin, condition, role, status, year, colour, trim, price_kopecks) values ($1, gen_random_uuid(), $2, $3, 'XTA00000000000001', 'new', 'demo', 'in_stock', 2026, 'белый', 'Старт', 100)`,
    [tenantId, outletId, modelId],
  )
}

/** Somebody who has proved an address of theirs and has their page open. */
export async function ownPage({ database, house, net }: Scene, { personId }: Client): Promise<Speaker> {
  const [token, id] = [newToken(net.zvezda.tenantId), randomUUID()]
  await database.query(
    `insert into portal_sessions (tenant_id, id, token_hash, how, created_at, last_seen_at, expires_at, is_proved) values ($1, $2, $3, 'code', now(), now(), now() + interval '2 hours', true)`,
    [net.zvezda.tenantId, id, hashToken(token)],
  )
  await database.query('insert into portal_session_persons (tenant_id, session_id, person_id) values ($1, $2, $3)', [net.zvezda.tenantId, id, personId])
  return insist({ employeeId: id, ask: speaker(house.origin, { cookie: `infotech_own=${token}` }) }, PATIENCE_MS)
}

/** A human does not press faster; and six requests of one phone are an hour's. */
const PRESS_MS = 2_000

/** Asks again until a page comes, as somebody does whose browser shows none: what is sent twice counts once. */
export async function pageOf(asked: () => Promise<Page>): Promise<Page> {
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(PRESS_MS)) {
    const shown = await asked()
    if (shown.status !== 0 && shown.status < 500) return shown
    if (Date.now() > deadline) throw new Error(`no page in ${PATIENCE_MS / 1000} s: ${shown.status} ${shown.text.replace(/<[^>]*>|\s+/g, ' ').slice(0, 300)}`)
  }
}

let visitors = 0
/** A visitor with an address of their own. */
export const visitorOf = ({ house }: Scene): Browser =>
  openBrowser(house.origin, { 'x-forwarded-for': `2001:db8::${(visitors += 1).toString(16)}:0:0:1`, 'user-agent': 'Mozilla/5.0' })
