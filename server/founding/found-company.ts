/**
 * Founds a company on an installation that runs: the legal entity, its first outlet, what such a company begins with, and its first administrator, invited.
 * Nobody inside could do it, because everyone inside belongs to a company already. So whoever has the machine does it, as the tables' owner, in one transaction.
 */
import type pg from 'pg'
import { z } from 'zod'
import { OutletDraft } from '../../contract/identity/outlet.ts'
import { TenantDraft, tenantKinds } from '../../contract/identity/tenant.ts'
import { StaffDraft } from '../../contract/identity/staff.ts'
import { insertEvents, type LogEvent } from '../audit/index.ts'
import { newMailToken } from '../crm/index.ts'
import { newId } from '../platform/ids.ts'
import { versionOf } from '../privacy/index.ts'
import { hashToken, newToken, normaliseEmail, normaliseName, typedNameOf, type Contact, type Sealed, type SealItem } from '../vault/index.ts'
import { standardRegister } from './standard-register.ts'
import { departmentNames, departmentsOfFirst, standardClocks, standardSources } from './standard-set-up.ts'

/** Seven days, as every invitation. */
const INVITATION_MS = 7 * 86_400_000

const Name = z.string().refine((typed) => normaliseName(typed) !== null, 'name_format')
export const FoundingDraft = z.object({
  kind: z.enum(tenantKinds),
  company: TenantDraft,
  outlet: OutletDraft,
  administrator: StaffDraft.pick({ position: true }).extend({
    surname: Name,
    given: Name,
    patronymic: Name.optional(),
    email: z.string().refine((typed) => normaliseEmail(typed) !== null, 'email_format'),
  }),
})
export type FoundingDraft = z.output<typeof FoundingDraft>
/** What founding needs of the vault: sealing without an asker, before anyone can ask. */
export type FoundingSealer = { seal: (tenantId: string, items: readonly SealItem[]) => Promise<Sealed[]>; loginToken: (email: string) => Promise<Buffer> }
/** `token` opens the invitation once, until `expiresAt`. */
export type Founded = { tenantId: string; token: string; expiresAt: Date }

type Place = { tenantId: string; outletId: string; departmentId: string; employmentId: string; now: Date }
type Insert = (table: string, row: Record<string, unknown>) => Promise<unknown>

/**
 * @param pool of the tables' owner
 * @throws Error with a sentence when a company with this ИНН is here already; ZodError for a draft that is wrong.
 */
export async function foundCompany({ pool, sealer, now }: { pool: pg.Pool; sealer: FoundingSealer; now: Date }, asked: z.input<typeof FoundingDraft>): Promise<Founded> {
  const draft = FoundingDraft.parse(asked)
  const place = { tenantId: newId(), outletId: newId(), departmentId: newId(), employmentId: newId(), now }
  const client = await pool.connect()
  try {
    await client.query('begin')
    // Two who found at once: the second waits here and is then told.
    await client.query('lock table tenants in share row exclusive mode')
    const { rowCount } = await client.query('select from tenants where inn = $1', [draft.company.inn])
    if (rowCount) throw new Error(`A company with ИНН ${draft.company.inn} is here already.`)
    const insert: Insert = (table, row) => {
      const columns = Object.keys(row)
      return client.query(`insert into ${table} (${columns.join(', ')}) values (${columns.map((_, at) => `$${at + 1}`).join(', ')})`, Object.values(row))
    }
    await setUp(insert, place, draft)
    await publishFirstPolicy(insert, place, draft, await platformOf(client, draft.kind))
    const token = await inviteAdministrator(insert, sealer, place, draft.administrator, await accountOf(client, insert, sealer, draft.administrator.email))
    await insertEvents(
      (sql, values) => client.query(sql, values),
      [
        eventOf(place, 'tenant.created', { objectKind: 'tenant', objectId: place.tenantId, details: { kind: draft.kind } }),
        eventOf(place, 'privacy_policy.published', { details: { version: 1 } }),
        eventOf(place, 'staff.invited', { details: { role: 'administrator', first: true } }),
      ],
    )
    await client.query('commit')
    return { tenantId: place.tenantId, token, expiresAt: new Date(now.getTime() + INVITATION_MS) }
  } catch (error) {
    await client.query('rollback').catch(() => undefined)
    throw error
  } finally {
    client.release()
  }
}

async function setUp(insert: Insert, { tenantId, outletId, departmentId, employmentId, now }: Place, { kind, company, outlet }: FoundingDraft): Promise<void> {
  const own = { tenant_id: tenantId }
  await insert('tenants', { ...own, kind, ...company, created_at: now })
  await insert('outlets', { ...own, id: outletId, name: outlet.name, address: outlet.address, time_zone: outlet.timeZone, hours: JSON.stringify(outlet.hours), created_at: now })
  for (const each of departmentsOfFirst[kind])
    await insert('departments', { ...own, id: each === 'management' ? departmentId : newId(), outlet_id: outletId, kind: each, name: departmentNames[each] })
  for (const { retentionDays, countsFromYearEnd, retentionFrom, legalRef, ...line } of standardRegister(kind)) {
    await insert('activities', {
      ...own,
      id: line.code === 'employment' ? employmentId : newId(),
      ...line,
      retention_days: retentionDays,
      counts_from_year_end: countsFromYearEnd,
      retention_from: retentionFrom,
      legal_ref: legalRef,
    })
  }
  if (kind !== 'platform') await setUpDoors(insert, own)
}

/** Who runs the installation, when that company is here already. */
async function platformOf(client: pg.PoolClient, kind: FoundingDraft['kind']): Promise<{ name: string; address: string }[]> {
  if (kind === 'platform') return []
  return (await client.query<{ name: string; address: string }>('select name, address from platform_company()')).rows
}

/** Before the company takes in anybody its policy can be read (152-ФЗ art. 18.1 ч.2); the officer publishes the next one. */
async function publishFirstPolicy(insert: Insert, { tenantId, now }: Place, { kind, company }: FoundingDraft, processors: { name: string; address: string }[]): Promise<void> {
  const first = versionOf({ operator: { kind, ...company }, contact: null, site: null, activities: standardRegister(kind), texts: [], processors })
  await insert('policy_versions', {
    tenant_id: tenantId,
    id: newId(),
    version: 1,
    facts: JSON.stringify(first.facts),
    facts_sha256: first.factsSha256,
    body_ru: first.bodyRu,
    body_en: first.bodyEn,
    page_ru: first.pageRu,
    page_en: first.pageEn,
    sha256_ru: first.sha256Ru,
    sha256_en: first.sha256En,
    published_by: null,
    published_at: now,
  })
}

async function setUpDoors(insert: Insert, own: { tenant_id: string }): Promise<void> {
  for (const source of standardSources) await insert('lead_sources', { ...own, id: newId(), ...source, mail_token: source.channel === 'email' ? newMailToken(source.code) : null })
  for (const { interest, takeMinutes, firstContactMinutes } of standardClocks) {
    await insert('lead_policies', { ...own, id: newId(), interest, take_minutes: takeMinutes, first_contact_minutes: firstContactMinutes })
  }
}

/** The account of an address: a human who works for another company here keeps the one they have. */
async function accountOf(client: pg.PoolClient, insert: Insert, sealer: FoundingSealer, email: string): Promise<string> {
  const loginToken = await sealer.loginToken(email)
  const { rows } = await client.query<{ id: string }>('select id from accounts where login_token = $1', [loginToken])
  const id = rows[0]?.id ?? newId()
  if (!rows[0]) await insert('accounts', { id, login_token: loginToken })
  return id
}

/** As every colleague: a person sealed in the vault, held by the line on employment, not active until the invitation is accepted. */
async function inviteAdministrator(
  insert: Insert,
  sealer: FoundingSealer,
  { tenantId, departmentId, employmentId, now }: Place,
  draft: FoundingDraft['administrator'],
  accountId: string,
): Promise<string> {
  const own = { tenant_id: tenantId }
  const [personId, employeeId, token] = [newId(), newId(), newToken(tenantId)]
  const [sealed] = await sealer.seal(tenantId, [{ personId, class: 'contact', recordId: personId, version: 1, facts: contactOf(draft) }])
  if (!sealed) throw new Error('the vault sealed nothing')
  await insert('persons', { ...own, id: personId, kind: 'employee', created_at: now, updated_at: now })
  await insert('grounds', { ...own, id: newId(), person_id: personId, activity_id: employmentId, basis: 'contract', evidence: JSON.stringify({ employeeId }), since: now })
  await insert('facts', { ...own, person_id: personId, class: 'contact', record_id: personId, version: 1, key_id: sealed.keyId, payload: sealed.payload })
  await insert('employees', {
    ...own,
    id: employeeId,
    account_id: accountId,
    person_id: personId,
    role: 'administrator',
    position: draft.position,
    outlet_id: null,
    department_id: departmentId,
    is_active: false,
    created_at: now,
  })
  await insert('invitations', { ...own, id: newId(), employee_id: employeeId, kind: 'join', token_hash: hashToken(token), expires_at: new Date(now.getTime() + INVITATION_MS) })
  return token
}

function contactOf({ surname, given, patronymic, email }: FoundingDraft['administrator']): Contact {
  const [address, clean] = [normaliseEmail(email), (typed = '') => normaliseName(typed) ?? undefined]
  const kept = { surname: clean(surname), given: clean(given), patronymic: clean(patronymic) }
  return { ...kept, typedName: typedNameOf({ surname, given, patronymic }, kept), phones: [], emails: address ? [{ address, typed: email }] : [] }
}

function eventOf(
  { tenantId, now }: Place,
  event: 'tenant.created' | 'staff.invited' | 'privacy_policy.published',
  about: Partial<Pick<LogEvent, 'objectKind' | 'objectId'>> & Pick<LogEvent, 'details'>,
): LogEvent {
  return {
    tenantId,
    id: newId(),
    at: now,
    event,
    actorKind: 'platform',
    actorId: null,
    role: 'job',
    door: 'npm run found',
    purpose: null,
    personIds: [],
    objectKind: null,
    objectId: null,
    body: null,
    ...about,
  }
}
