/** The product's SQL as a plain application would have it: no predicate of visibility, no grounds, no quota, no log. Payloads are clear JSON. */
import { statement } from '../server/platform/db/session.ts'

type Row = Record<string, unknown>
const one = (name: string, text: string) => statement<Row>(`floor_${name}`, text)

const personColumns = 'p.id, p.outlet_id, p.responsible_id, p.restricted_at, p.destroy_after, p.version, p.created_at, p.updated_at'

export const person = one('person', `select ${personColumns} from persons p where p.tenant_id = $1 and p.id = $2`)
export const personsByIds = one('persons_by_ids', `select ${personColumns} from persons p where p.tenant_id = $1 and p.id = any ($2::uuid[])`)
export const personList = one(
  'person_list',
  `
  select ${personColumns} from persons p where p.tenant_id = $1 and p.kind = 'customer' and ($2::timestamptz is null or (p.updated_at, p.id) < ($2, $3::uuid)) order by p.updated_at desc, p.id desc limit $4`,
)
export const grounds = one(
  'grounds',
  `
  select g.id, a.code, a.name, a.purposes, g.basis, a.legal_ref, g.since, g.until, g.ended_at, g.ended_reason,
    case when g.evidence ? 'dealId' then 'deal' when g.evidence ? 'consentEventId' then 'consent' when g.evidence ? 'transferId' then 'transfer' when g.evidence ? 'testDriveId' then 'test_drive' when g.evidence ? 'leadFileId' then 'file'
      when g.evidence ? 'leadId' then 'lead' when g.evidence ? 'requestId' then 'request' when g.evidence ? 'by' or g.evidence ? 'employeeId' then 'staff' end kind,
    coalesce((select d.number from deals d where d.tenant_id = $1 and d.id = (g.evidence ->> 'dealId')::uuid), (select l.number from leads l where l.tenant_id = $1 and l.id = (g.evidence ->> 'leadId')::uuid),
      (select r.number from subject_requests r where r.tenant_id = $1 and r.id = (g.evidence ->> 'requestId')::uuid))::int number,
    coalesce((select c.at from consent_events c where c.tenant_id = $1 and c.id = (g.evidence ->> 'consentEventId')::uuid),
      (select t.starts_at from test_drives t where t.tenant_id = $1 and t.id = (g.evidence ->> 'testDriveId')::uuid),
      (select f.created_at from lead_files f where f.tenant_id = $1 and f.id = (g.evidence ->> 'leadFileId')::uuid)) at
  from grounds g join activities a on a.tenant_id = $1 and a.id = g.activity_id where g.tenant_id = $1 and g.person_id = $2 order by g.since desc limit 100`,
)
export const cars = one(
  'cars',
  `
  select v.id, v.model_id, m.name, v.year, v.relation, v.since from person_vehicles v left join models m on m.id = v.model_id
  where v.tenant_id = $1 and v.person_id = $2 order by v.since desc nulls last limit 50`,
)
export const facts = one(
  'facts',
  `select person_id, class, record_id, version, payload from facts where tenant_id = $1 and person_id = any($2::uuid[]) and class = any($3::text[])`,
)
export const factsOfRecords = one(
  'facts_of_records',
  `select record_id, payload from facts where tenant_id = $1 and person_id = $2 and class = 'communication' and record_id = any($3::uuid[])`,
)
const candidatesBy = (distinct: string): string => `
  select f.person_id, f.version, f.payload from (select ${distinct} t.person_id from search_tokens t where t.tenant_id = $1 and t.token = any($2::bigint[])) t
  join persons p on p.tenant_id = $1 and p.id = t.person_id join facts f on f.tenant_id = $1 and f.person_id = p.id and f.class = 'contact'
  where p.kind = 'customer' limit 200`
export const candidates = one('candidates', candidatesBy(''))
export const candidatesOfMany = one('candidates_of_many', candidatesBy('distinct'))
export const source = one('source', `select id from lead_sources where tenant_id = $1 and code = $2 and is_active`)
export const repeated = one('repeated', `select id, number, person_id from leads where tenant_id = $1 and source_id = $2 and external_ref = $3`)
export const match = one('match', `select person_id from search_tokens where tenant_id = $1 and token = any($2::bigint[]) limit 50`)
export const choose = one(
  'choose',
  `
  with rule as (select name, to_outlet_id, to_department_kind, to_employee_id from routing_rules
    where tenant_id = $1 and is_active and (source_id is null or source_id = $2) and (interest is null or interest = $3) order by place limit 1)
  select r.name, r.to_outlet_id "outletId", r.to_department_kind "departmentKind", least.id "responsibleId", o.time_zone, o.hours, p.take_minutes
  from rule r join outlets o on o.tenant_id = $1 and o.id = r.to_outlet_id left join lead_policies p on p.tenant_id = $1 and p.interest = $3
  left join lateral (
    select e.id, (select count(*)::int from (select from leads l where l.tenant_id = $1 and l.responsible_id = e.id and l.status in ('new', 'in_work') limit 100) few) open
    from employees e join departments d on d.tenant_id = $1 and d.id = e.department_id
    where e.tenant_id = $1 and e.is_active and d.kind = r.to_department_kind order by open, e.id limit 1) least on true`,
)
export const addPerson = one(
  'add_person',
  `
  with person as (insert into persons (tenant_id, id, kind, outlet_id, created_at, updated_at) values ($1, $2, 'customer', $3, $4, $4)),
  ground as (insert into grounds (tenant_id, id, person_id, activity_id, basis, evidence, since) values ($1, $5, $2, $6, 'contract', '{}', $4)),
  fact as (insert into facts (tenant_id, person_id, class, record_id, version, key_id, payload)
    select $1, $2, f.class, f.record_id, 1, f.record_id, f.payload from unnest($7::text[], $8::uuid[], $9::bytea[]) f(class, record_id, payload))
  insert into search_tokens (tenant_id, token, person_id, kind) select $1, token, $2, 1 from unnest($10::bigint[]) t(token) on conflict do nothing`,
)
export const addLead = one(
  'add_lead',
  `
  insert into leads (tenant_id, id, person_id, source_id, outlet_id, department_kind, responsible_id, interest, assigned_because, external_ref, received_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, 'rule', $9, $10) returning number`,
)
export const addMessage = one(
  'add_message',
  `
  insert into intake_messages (tenant_id, id, source_id, format, status, external_ref, lead_id, person_id, key_id, payload, received_at)
  values ($1, $2, $3, 'json', 'accepted', $4, $5, $6, $2, $7, $8)`,
)
export const notify = one('notify', `select pg_notify('live', $1::uuid::text)`)
export const leadOfContact = one(
  'lead_of_contact',
  `
  select id, status, outlet_id, responsible_id, first_contact_at, version from leads where tenant_id = $1 and person_id = $2 and status in ('new', 'in_work') order by received_at desc limit 1 for update`,
)
export const addInteraction = one(
  'add_interaction',
  `
  with touched as (update persons set updated_at = $4 where tenant_id = $1 and id = $3)
  insert into interactions (tenant_id, id, person_id, kind, result, has_text, by_id, at) values ($1, $2, $3, $5, $6, true, $7, $4)`,
)
export const addFact = one(
  'add_fact',
  `
  insert into facts (tenant_id, person_id, class, record_id, version, key_id, payload) values ($1, $2, 'communication', $3, 1, $3, $4)`,
)
export const findReply = one('find_reply', 'select actor_id, request_hash, response from idempotency_keys where tenant_id = $1 and key = $2')
export const keepReply = one('keep_reply', 'insert into idempotency_keys (tenant_id, actor_id, key, request_hash, response) values ($1, $2, $3, $4, $5)')
export const addJob = one(
  'add_job',
  `select jobs_add('lead-deadline', json_build_object('tenantId', $1::uuid, 'leadId', $2::uuid), now() + interval '15 minutes', 'lead-deadline:' || $2::uuid)`,
)
