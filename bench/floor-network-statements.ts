/** The product's SQL of consents, site and network as a plain application would have it. Payloads are clear JSON. */
import { networkColumns, networkJoins } from '../server/dnm/leads/network-row.ts'
import { statement } from '../server/platform/db/session.ts'

type Row = Record<string, unknown>
const one = (name: string, text: string) => statement<Row>(`floor_${name}`, text)

export const contactHeld = one(
  'contact_held',
  `
  select p.id, p.restricted_at is not null "isRestricted", array(
    select distinct unnest(a.purposes) from grounds g join activities a on a.tenant_id = $1 and a.id = g.activity_id
    where g.tenant_id = $1 and g.person_id = p.id and g.ended_at is null and (g.until is null or g.until > $3)) purposes
  from persons p where p.tenant_id = $1 and p.id = any ($2::uuid[]) and p.kind = 'customer'`,
)
export const latestEvents = one(
  'consent_events_latest',
  `
  select e.person_id "personId", e.id, e.kind, e.state, e.at, e.valid_until "validUntil", t.version "textVersion"
  from (select *, rank() over (partition by person_id, kind order by at desc) lateness from consent_events where tenant_id = $1 and person_id = any ($2::uuid[]) and kind = any ($3) and at <= $4) e
  left join consent_texts t on t.tenant_id = $1 and t.id = e.text_id where e.lateness = 1`,
)
export const objectionsLive = one('objections_live', `select channel from objections where tenant_id = $1 and token = any ($2::bytea[]) and lifted_at is null`)

export const siteInfo = one(
  'site_info',
  `
  select s.name "siteName", t.name, t.address, t.inn, t.ogrn, exists (select from lead_sources l where l.tenant_id = $1 and l.code = 'site' and l.is_active) "takesRequests",
    exists (select from consent_texts c where c.tenant_id = $1 and c.kind in ('cookies_analytics', 'cookies_marketing')) "setsCookies"
  from sites s join tenants t on t.tenant_id = s.tenant_id where s.tenant_id = $1`,
)
export const siteWords = one('site_words', `select headline, about from sites where tenant_id = $1`)
export const siteModels = one(
  'site_models',
  `
  select s.model_id "modelId", b.name brand, m.name, s.headline, s.body_type "bodyType", s.price_from_kopecks "priceFromKopecks", s.place, s.trims
  from site_models s join models m on m.id = s.model_id join brands b on b.id = m.brand_id
  where s.tenant_id = $1 and s.is_shown and ($2::uuid is null or s.model_id = $2) order by s.place, m.name limit 100`,
)
export const sitePlaces = one(
  'site_places',
  `
  select o.id, o.name, null::text city, o.address, o.time_zone "timeZone", o.hours from outlets o
    where o.tenant_id = $1 and not exists (select from tenants t where t.tenant_id = $1 and t.kind = 'distributor')
  union all
  select n.id, n.name, n.city, n.address, n.time_zone, n.hours from network_outlets n join network_dealers d on d.tenant_id = $1 and d.id = n.dealer_id
    where n.tenant_id = $1 and n.is_active and d.is_active
  limit 500`,
)

export const dealerOfKey = one('network_dealer_of_key', `select id, code, name from network_dealers where tenant_id = $1 and key_id = $2 and is_active`)
export const lmsNew = one(
  'lms_new',
  `
  select ${networkColumns}, c.person_id "personId", t.state "transferState", s.id "sourceId", s.name source, s.code "sourceCode", b.name brand
  from ${networkJoins} join leads c on c.tenant_id = $1 and c.id = n.id join lead_sources s on s.tenant_id = $1 and s.id = c.source_id left join brands b on b.id = n.brand_id
  join network_transfers t on t.tenant_id = $1 and t.id = n.transfer_id and t.state in ('ready', 'done') and t.ended_at is null
  where n.tenant_id = $1 and n.dealer_id = $2 and n.closed_at is null and n.taken_at is null and n.first_contact_at is null order by n.asked_at, n.id limit $3`,
)
export const lmsFacts = one(
  'lms_facts',
  `
  select person_id, class, record_id, payload from facts where tenant_id = $1 and person_id = any($2::uuid[]) and class = any($3::text[])
    and (class in ('contact', 'document') or record_id = any($4::uuid[]))`,
)

export const packPerson = one('pack_person', `select created_at, destroy_after from persons where tenant_id = $1 and id = $2`)
export const packGrounds = one(
  'pack_grounds',
  `
  select a.name activity, a.purposes, g.basis, a.legal_ref, g.since, g.until, g.ended_at from grounds g join activities a on a.tenant_id = $1 and a.id = g.activity_id
  where g.tenant_id = $1 and g.person_id = $2 order by g.since limit 500`,
)
export const packDisclosures = one(
  'pack_disclosures',
  `
  select id, recipient_name, recipient_tenant_id, basis, what, at from disclosures where tenant_id = $1 and person_id = $2 order by at desc, id desc limit 200`,
)

// What a request of the site becomes at the distributor and at the dealer.
export const addClient = one(
  'form_client',
  `
  with person as (insert into persons (tenant_id, id, kind, outlet_id, created_at, updated_at) values ($1, $2, 'customer', $3, $4, $4)),
  ground as (insert into grounds (tenant_id, id, person_id, activity_id, basis, evidence, since)
    select $1, g.id, $2, g.activity_id, 'consent', '{}', $4 from unnest($5::uuid[], $6::uuid[]) g(id, activity_id)),
  fact as (insert into facts (tenant_id, person_id, class, record_id, version, key_id, payload)
    select $1, $2, f.class, f.record_id, 1, f.record_id, f.payload from unnest($7::text[], $8::uuid[], $9::bytea[]) f(class, record_id, payload))
  insert into search_tokens (tenant_id, token, person_id, kind) select $1, token, $2, 1 from unnest($10::bigint[]) t(token) on conflict do nothing`,
)
export const addConsents = one(
  'form_consents',
  `
  insert into consent_events (tenant_id, id, person_id, text_id, kind, state, how, at, valid_until, place)
  select $1, e.id, $2, e.text_id, e.kind, 'given', 'site', $3::timestamptz, $3::timestamptz + interval '1096 days', 'site:bench/request' from unnest($4::uuid[], $5::uuid[], $6::text[]) e(id, text_id, kind)`,
)
export const addNote = one('form_note', `insert into site_requests (tenant_id, lead_id, language, at) values ($1, $2, 'ru', $3)`)
export const addLetter = one(
  'form_letter',
  `
  insert into outbound_messages (tenant_id, id, letter, person_id, channel, kind, purpose, state, queued_at) values ($1, $2, 'site-request', $3, 'email', 'service', 'request_handling', 'queued', $4)`,
)
export const outletOf = one(
  'form_outlet',
  `select o.id, o.dealer_id, d.dealer_tenant_id from network_outlets o join network_dealers d on d.tenant_id = $1 and d.id = o.dealer_id
  where o.tenant_id = $1 and o.id = $2 and o.is_active and d.is_active`,
)
export const addRequest = one(
  'form_request',
  `
  with lead as (insert into network_leads (tenant_id, id, number, interest, brand_id, wished_outlet_id, dealer_id, dealer_tenant_id, outlet_id, transfer_id, assigned_because, state,
      take_minutes, first_contact_minutes, asked_at, assigned_at, attempts)
    values ($1, $2, $3, 'test_drive', $4, $5, $6, $7, $5, $8, 'wished_outlet', 'offered', 15, 30, $9, $9, 1)),
  transfer as (insert into network_transfers (tenant_id, id, lead_id, person_id, dealer_id, via, basis, consent_event_id, external_ref, state, at)
    values ($1, $8, $2, $10, $6, 'crm', 'consent', $11, $12, 'ready', $9)),
  move as (insert into network_moves (tenant_id, id, lead_id, kind, to_dealer_id, to_outlet_id, because, at) values ($1, $13, $2, 'assigned', $6, $5, 'wished_outlet', $9))
  update leads set handed_on = true where tenant_id = $1 and id = $2`,
)
export const addReceived = one(
  'form_received',
  `
  insert into received_transfers (tenant_id, id, distributor_tenant_id, distributor, network_lead_id, number, lead_id, basis, at, take_due_at, first_contact_due_at)
  values ($1, $2, $3, 'Дистрибьютор', $4, $5, $6, 'consent', $7, $7, $7)`,
)
export const finishTransfer = one(
  'form_finish',
  `
  with done as (update network_transfers set state = 'done', done_at = $4 where tenant_id = $1 and id = $2),
  told as (insert into disclosures (tenant_id, id, person_id, recipient_name, recipient_tenant_id, basis, what, at) values ($1, $5, $6, 'Дилер', $7, 'consent', '{contact,communication}', $4))
  update network_leads set received_at = $4, state = 'received' where tenant_id = $1 and id = $3`,
)
