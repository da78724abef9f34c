import { Refusal, type Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import type { Sealed } from '../../../vault/index.ts'
import type { FileColumns } from './file-row.ts'
import type { ImportRow } from './read-row.ts'

export type NewLead = {
  row: ImportRow
  leadId: string
  personId: string
  isNew: boolean
  outletId: string
  departmentKind: string
  responsibleId: string | null
  because: string
  modelId: string | null
  externalRef: string
}

// People first: grounds, facts and leads refer to them, and keys are checked at the end of the statement.
const insert = statement<{ grounds: number }>(
  'lead_file_insert',
  `
  with held as (select id from activities where tenant_id = $1 and code = 'lead' and $2 = any (bases)),
  person as (insert into persons (tenant_id, id, outlet_id, created_at, updated_at) select $1, p.id, p.outlet, $3, $3 from unnest($4::uuid[], $5::uuid[]) p(id, outlet), held),
  joined as (update persons set updated_at = $3, destroy_after = null where tenant_id = $1 and id = any ($6::uuid[]) and exists (select from held)),
  ground as (insert into grounds (tenant_id, id, person_id, activity_id, basis, evidence, since)
    select $1, g.id, g.person, held.id, $2, jsonb_build_object('leadId', g.lead, 'leadFileId', $7::uuid), $3 from unnest($8::uuid[], $9::uuid[], $10::uuid[]) g(id, person, lead), held returning id),
  fact as (insert into facts (tenant_id, person_id, class, record_id, version, key_id, payload)
    select $1, f.person, f.class, f.record, f.version, f.key, f.payload from unnest($11::uuid[], $12::text[], $13::uuid[], $14::int[], $15::uuid[], $16::bytea[]) f(person, class, record, version, key, payload)),
  token as (insert into search_tokens (tenant_id, token, person_id, kind) select $1, t.token, t.person, t.kind from unnest($17::bigint[], $18::uuid[], $19::smallint[]) t(token, person, kind) on conflict do nothing),
  lead as (insert into leads (tenant_id, id, person_id, source_id, outlet_id, department_kind, responsible_id, interest, model_id, assigned_because, external_ref, received_at)
    select $1, l.id, l.person, $20, l.outlet, l.department, l.responsible, l.interest, l.model, l.because, l.ref, $3
    from unnest($10::uuid[], $9::uuid[], $21::uuid[], $22::text[], $23::uuid[], $24::text[], $25::uuid[], $26::text[], $27::text[]) l(id, person, outlet, department, responsible, interest, model, because, ref)),
  car as (insert into person_vehicles (tenant_id, id, person_id, year, relation) select $1, c.lead, c.person, c.year, c.relation from unnest($28::uuid[], $29::uuid[], $30::int[], $31::text[]) c(lead, person, year, relation)),
  done as (update lead_file_rows r set status = 'imported', lead_id = l.lead from unnest($32::int[], $10::uuid[]) l(line, lead) where r.tenant_id = $1 and r.file_id = $7 and r.line = l.line)
  select count(*)::int grounds from ground`,
)

/** People, grounds, facts, tokens, leads and the state of their rows: one statement for a batch. Throws Refusal no_ground when the register does not hold leads on this basis. */
export async function insertBatch(ctx: Ctx, file: FileColumns, leads: readonly NewLead[], sealed: readonly Sealed[]): Promise<void> {
  const fresh = leads.filter(({ isNew }) => isNew)
  const cars = leads.filter(({ row: { car } }) => car.vin || car.plate)
  const [done] = await ctx.run(insert, [
    file.basis,
    ctx.now(),
    fresh.map(({ personId }) => personId),
    fresh.map(({ outletId }) => outletId),
    leads.filter(({ isNew }) => !isNew).map(({ personId }) => personId),
    file.id,
    leads.map(() => ctx.newId()),
    leads.map(({ personId }) => personId),
    leads.map(({ leadId }) => leadId),
    sealed.map((each) => each.personId),
    sealed.map((each) => each.class),
    sealed.map((each) => each.recordId),
    sealed.map((each) => each.version),
    sealed.map((each) => each.keyId),
    sealed.map((each) => each.payload),
    sealed.flatMap(({ tokens }) => tokens),
    sealed.flatMap(({ tokens, personId }) => tokens.map(() => personId)),
    sealed.flatMap(({ tokens, tokenKind }) => tokens.map(() => tokenKind)),
    file.sourceId,
    leads.map(({ outletId }) => outletId),
    leads.map(({ departmentKind }) => departmentKind),
    leads.map(({ responsibleId }) => responsibleId),
    leads.map(({ row }) => row.interest),
    leads.map(({ modelId }) => modelId),
    leads.map(({ because }) => because),
    leads.map(({ externalRef }) => externalRef),
    cars.map(({ leadId }) => leadId),
    cars.map(({ personId }) => personId),
    cars.map(({ row }) => row.year),
    cars.map(({ row }) => (row.interest === 'trade_in' ? 'trade_in' : 'owns')),
    leads.map(({ row }) => row.line),
  ])
  if (done?.grounds !== leads.length) throw new Refusal('no_ground', { details: { activityCode: 'lead', basis: file.basis } })
}
