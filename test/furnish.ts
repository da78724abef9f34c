import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Endpoint } from '../contract/endpoint.ts'
import type { Dealer } from './dealer.ts'
import { fingerprint } from './fingerprint.ts'
import type { Stage } from './stage.ts'

/** A dealer with a row in every table, and what tells its data from anybody else's. */
export type Furnished = {
  dealer: Dealer
  /** The id of their row that a name in an address or a body speaks of; undefined for names of something else. */
  idOf: (endpoint: Pick<Endpoint, 'path'>, name: string) => string | undefined
  /** Every id of their rows. */
  allIds: () => string[]
  /** Changes when any row of theirs does, the log and sign-ins aside. */
  fingerprint: () => Promise<string>
  /** Personal values that only they have. */
  secrets: readonly string[]
}

/** Which table a name speaks of; `toOutletId` speaks of an outlet too. A name that is missing here stops the test that meets it. */
const tableOf: Record<string, string> = {
  networkOutletId: 'network_outlets',
  networkLeadId: 'network_leads',
  networkRuleId: 'network_rules',
  recipientNoticeId: 'recipient_notices',
  sessionId: 'sessions',
  outletId: 'outlets',
  departmentId: 'departments',
  employeeId: 'employees',
  responsibleId: 'employees',
  keyId: 'integration_keys',
  personId: 'persons',
  groundId: 'grounds',
  activityId: 'activities',
  textId: 'consent_texts',
  interactionId: 'interactions',
  taskId: 'tasks',
  dealId: 'deals',
  testDriveId: 'test_drives',
  vehicleId: 'stock_vehicles',
  messageId: 'intake_messages',
  leadId: 'leads',
  sourceId: 'lead_sources',
  ruleId: 'routing_rules',
  eventId: 'log_events',
  fileId: 'lead_files',
  requestId: 'subject_requests',
  actId: 'destruction_acts',
  dealerId: 'network_dealers',
  disputeId: 'network_disputes',
  noticeId: 'subject_notices',
  membershipId: 'network_memberships',
  templateId: 'mail_templates',
  mailingId: 'mailings',
  modelId: 'site_models',
  tenantId: 'tenants',
}

type Column = { table: string; name: string; type: string; is_required: boolean; words: string | null; refers: string | null }
const columnsSql = `
  select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type, a.attnotnull and not a.atthasdef and a.attidentity = '' as is_required,
    (select pg_get_constraintdef(k.oid) from pg_constraint k where k.conrelid = c.oid and k.contype = 'c' and k.conkey = array[a.attnum] limit 1) as words,
    (select k.confrelid::regclass::text from pg_constraint k where k.conrelid = c.oid and k.contype = 'f' and k.conkey[cardinality(k.conkey)] = a.attnum limit 1) as refers
  from pg_attribute a join pg_class c on c.oid = a.attrelid
  where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
    and exists (select from pg_attribute t where t.attrelid = c.oid and t.attname = 'tenant_id') order by c.relname, a.attnum`

/** Puts a row into every table of this dealer that has none yet: real acts make a person and a lead, the catalogue says how the rest may look. */
export async function furnish(scene: Stage, dealer: Dealer): Promise<Furnished> {
  const { owner } = scene
  const anna = await scene.hire('operator', { dealer, outletId: null })
  const secrets = ['Тайноваров', '9997776655']
  const made = await anna.post<{ id: string }>('/persons', {
    contact: { fullName: `${secrets[0]} Пётр`, phones: [`+7${secrets[1]}`] },
    ground: { activityCode: 'lead', basis: 'contract' },
  })
  if (made.status !== 200) throw new Error(JSON.stringify(made.body))
  await (
    await scene.machine(dealer)
  ).post('/intake/leads', {
    sourceCode: 'site',
    externalRef: 'R-1',
    contact: { fullName: `${secrets[0]} Пётр`, phones: [`+7${secrets[1]}`] },
    comment: `Спросить про ${secrets[0]}`,
  })
  const { rows: columns } = await owner.query<Column>(columnsSql)
  const first = await fill(
    owner,
    dealer,
    Map.groupBy(columns, ({ table }) => table),
  )
  first.set('persons', made.body.id)
  const ids = await everyId(owner, dealer, columns)
  return {
    dealer,
    secrets,
    allIds: () => ids,
    idOf: (endpoint, name) => idOf(first, endpoint, name),
    fingerprint: () => fingerprint(owner, { tenantId: dealer.tenantId }),
  }
}

/** The table that a name in an address or a body speaks of; undefined for names of something else. */
export function tableNamed(name: string): string | undefined {
  const known = Object.keys(tableOf).find((each) => name === each || name.endsWith(each.charAt(0).toUpperCase() + each.slice(1)))
  return known && tableOf[known]
}

function idOf(first: Map<string, string>, endpoint: Pick<Endpoint, 'path'>, name: string): string | undefined {
  const table = tableNamed(name)
  if (table) return first.get(table)
  if (endpoint.path.includes(`:${name}`) && name.endsWith('Id')) throw new Error(`${endpoint.path}: say in test/furnish.ts which table ${name} speaks of`)
  return undefined
}

/** Round after round, until every table has a row: a table waits for those it refers to, and when nobody gets on, for those alone that it must refer to. */
async function fill(owner: pg.Pool, dealer: Dealer, tables: Map<string, Column[]>): Promise<Map<string, string>> {
  const first = new Map<string, string>([['tenants', dealer.tenantId]])
  for (let isStuck = false, round = 0; first.size < tables.size && round < 20; round++) {
    const known = first.size
    const waits = (table: string, { refers, is_required }: Column): boolean =>
      refers !== null && refers !== table && tables.has(refers) && !first.has(refers) && (is_required || !isStuck)
    for (const [table, columns] of tables) {
      if (first.has(table)) continue
      const there = await owner.query<{ id: string }>(`select ${columns.some(({ name }) => name === 'id') ? 'id' : 'tenant_id as id'} from ${table} where tenant_id = $1 limit 1`, [
        dealer.tenantId,
      ])
      if (there.rows[0]) first.set(table, there.rows[0].id)
      else if (!columns.some((column) => waits(table, column))) first.set(table, await insert(owner, dealer, table, columns, first))
    }
    isStuck = first.size === known
  }
  const missing = [...tables.keys()].filter((table) => !first.has(table))
  if (missing.length > 0) throw new Error(`no row could be made in ${missing.join(', ')}`)
  return first
}

async function insert(owner: pg.Pool, dealer: Dealer, table: string, columns: Column[], first: Map<string, string>): Promise<string> {
  // A row that goes on with another one has its id.
  const id = first.get(columns.find(({ name }) => name === 'id')?.refers ?? '') ?? randomUUID()
  const wanted = columns.filter(({ is_required, refers, name }) => is_required || name === 'tenant_id' || (refers !== null && first.has(refers)))
  const values = wanted.map((column) =>
    column.name === 'tenant_id' ? dealer.tenantId : column.name === 'id' ? id : column.refers ? (first.get(column.refers) ?? dealer.modelId) : valueFor(column),
  )
  await owner.query(`insert into ${table} (${wanted.map(({ name }) => name).join(', ')}) values (${wanted.map((_, at) => `$${at + 1}`).join(', ')})`, values)
  return id
}

/** What only the contract could hold to its form: a zone the clocks know, hours on which somebody is there, words that a list has. */
const wellFormed: Record<string, unknown> = {
  time_zone: 'Europe/Moscow',
  hours: JSON.stringify({ mon: ['09:00', '21:00'], tue: null, wed: null, thu: null, fri: null, sat: null, sun: null }),
  interest: 'new_car',
  to_department_kind: 'sales',
  parts: JSON.stringify({
    operator: { name: 'somethingoftheirs', address: 'somethingoftheirs' },
    purpose: 'somethingoftheirs',
    data: ['somethingoftheirs'],
    processors: [],
    operations: ['somethingoftheirs'],
    methods: 'somethingoftheirs',
    term: 'somethingoftheirs',
    withdrawal: 'somethingoftheirs',
  }),
}

function valueFor({ name, type, words }: Column): unknown {
  if (name in wellFormed) return wellFormed[name]
  if (name.includes('sha256')) return Buffer.alloc(32, 7)
  if (type.endsWith('[]')) return '{}'
  const word = /(?:ARRAY\[|^CHECK \(\(\w+ = )'([^']+)'/.exec(words ?? '')?.[1]
  if (word !== undefined) return word
  switch (type) {
    case 'uuid':
      return randomUUID()
    case 'jsonb':
      return '{}'
    case 'bytea':
      return Buffer.from(randomUUID())
    case 'boolean':
      // A "yes" often needs something else beside it.
      return false
    case 'date':
      return '2026-01-01'
    case 'text':
      return 'somethingoftheirs'
    default:
      return type.startsWith('timestamp') ? '2026-01-01T00:00:00Z' : type === 'xid8' ? '3' : 60
  }
}

async function everyId(owner: pg.Pool, dealer: Dealer, columns: Column[]): Promise<string[]> {
  const tables = columns.filter(({ name, type }) => name === 'id' && type === 'uuid').map(({ table }) => table)
  const { rows } = await owner.query<{ id: string }>(tables.map((table) => `select id from ${table} where tenant_id = $1`).join(' union '), [dealer.tenantId])
  return [dealer.tenantId, ...rows.map(({ id }) => id)]
}
