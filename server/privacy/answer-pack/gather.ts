import { auditEvents } from '../../../contract/audit-events.ts'
import { listLooks } from '../../audit/index.ts'
import { declaredPersonalData, notFound, type Ctx } from '../../kernel/index.ts'
import { disclosuresOf, sourcesOf } from '../../people/index.ts'
import { statement } from '../../platform/db/session.ts'
import { Revealed, type Contact, type Facts } from '../../vault/index.ts'
import { readOf } from '../log/read-log.ts'
import type { Held, Told } from './pack.ts'

const MAX_LOOKS = 2_000
const PAGE = 100

const person = statement<{ createdAt: Date; destroyAfter: Date | null }>(
  'pack_person',
  `select created_at "createdAt", destroy_after "destroyAfter" from persons where tenant_id = $1 and id = $2`,
)
const grounds = statement<Held['grounds'][number]>(
  'pack_grounds',
  `
  select a.name activity, a.purposes, g.basis, a.legal_ref "legalRef", a.retention_days "retentionDays", a.retention_from "retentionFrom", g.since, g.until, g.ended_at "endedAt" from grounds g join activities a on a.tenant_id = $1 and a.id = g.activity_id
  where g.tenant_id = $1 and g.person_id = $2 order by g.since limit 500`,
)
type Parties = {
  name: string
  address: string
  inn: string
  ogrn: string
  processorName: string | null
  processorAddress: string | null
  officer: string | null
  policyVersion: number | null
  policySince: Date | null
}
const parties = statement<Parties>(
  'pack_parties',
  `
  select t.name, t.address, t.inn, t.ogrn, p.name "processorName", p.address "processorAddress", v.version "policyVersion", v.published_at "policySince",
    (select e.position from employees e where e.tenant_id = $1 and e.role = 'privacy_officer' and e.is_active order by e.created_at limit 1) officer
  from tenants t left join lateral platform_company() p on t.kind <> 'platform'
    left join lateral (select version, published_at from policy_versions where tenant_id = $1 order by version desc limit 1) v on true where t.tenant_id = $1`,
)

/** Everything held about one person: opened by the vault for their rights (the look is on the record), and read as each module declares it. */
export async function gather(ctx: Ctx, personId: string): Promise<Held> {
  const opened = await openAll(ctx, personId)
  const [row] = await ctx.run(person, [personId])
  const [sides] = await ctx.run(parties)
  if (!row || !sides) throw notFound()
  const told: Told[] = []
  for (const declared of declaredPersonalData())
    if (declared.read) told.push({ declared, rows: await ctx.run(statement<Told['rows'][number]>(`pack_${declared.table}`, declared.read.sql), [personId]) })
  const looks = await looksAt(ctx, personId)
  return {
    madeAt: ctx.now(),
    since: row.createdAt,
    destroyAfter: row.destroyAfter,
    operator: { name: sides.name, address: sides.address, inn: sides.inn, ogrn: sides.ogrn },
    processor: sides.processorName === null ? null : { name: sides.processorName, address: sides.processorAddress ?? '' },
    officer: sides.officer,
    policy: sides.policyVersion === null || !sides.policySince ? null : { version: sides.policyVersion, since: sides.policySince },
    ...opened,
    grounds: await ctx.run(grounds, [personId]),
    sources: await sourcesOf(ctx, [personId]),
    disclosures: await disclosuresOf(ctx, [personId]),
    looks: looks.slice(0, MAX_LOOKS),
    areLooksCut: looks.length > MAX_LOOKS,
    told,
  }
}

type Opened = { contact: Contact | null; cars: (Facts['vehicle'] & { id: string })[]; documents: Facts['document'][]; texts: Map<string, string> }

/** Unwrapped here, because the answer is made of it and sealed again in this very act. */
async function openAll(ctx: Ctx, personId: string): Promise<Opened> {
  const [found] = await ctx.vault.reveal(ctx.asker, ctx.tenantId, {
    purpose: 'rights',
    personIds: [personId],
    classes: ['contact', 'document', 'vehicle', 'communication'],
    masked: false,
    door: ctx.door,
  })
  if (found?.state !== 'open') throw notFound()
  const opened: Opened = { contact: null, cars: [], documents: [], texts: new Map() }
  for (const fact of found.facts) {
    if (fact.class === 'contact') opened.contact = Revealed.open(fact.facts)
    if (fact.class === 'vehicle') opened.cars.push({ id: fact.recordId, ...Revealed.open(fact.facts) })
    if (fact.class === 'document') opened.documents.push(Revealed.open(fact.facts))
    if (fact.class === 'communication') opened.texts.set(fact.recordId, Revealed.open(fact.facts).text)
  }
  return opened
}

/** Who looked, newest first: colleagues by position, for their names are their own (152-ФЗ art. 14 ч.2, ч.7 п.4). */
async function looksAt(ctx: Ctx, personId: string): Promise<Held['looks']> {
  const entries: Awaited<ReturnType<typeof listLooks>> = []
  for (let last = undefined as { at: Date; id: string } | undefined; entries.length <= MAX_LOOKS;) {
    const page = await listLooks(readOf(ctx), ctx.tenantId, { personId, limit: PAGE, ...(last ? { after: last } : {}) })
    entries.push(...page)
    const end = page.at(-1)
    if (!end || page.length < PAGE) break
    last = { at: new Date(end.at), id: end.id }
  }
  const staffIds = [...new Set(entries.flatMap(({ actorKind, actorId }) => (actorKind === 'staff' && actorId ? [actorId] : [])))]
  const staff = staffIds.length === 0 ? [] : await ctx.db.selectFrom('employees').select(['id', 'position']).where('id', 'in', staffIds).execute()
  const positions = new Map(staff.map(({ id, position }) => [id, position]))
  return entries.map(({ at, event, actorKind, actorId, purpose }) => ({
    at: new Date(at),
    what: auditEvents[event],
    purpose,
    who: actorKind === 'staff' ? { position: positions.get(actorId ?? '') ?? '—' } : actorKind === 'subject' ? 'yourself' : actorKind === 'key' ? 'integration' : 'machine',
  }))
}
