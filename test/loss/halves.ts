/** What may never be: each as the rows that would be there if an act had been carried out by halves. */
export const halves: readonly (readonly [what: string, rows: string])[] = [
  ['a lead without a person', `from leads where person_id is null and not exists (select from destruction_acts a where a.tenant_id = leads.tenant_id)`],
  [
    'a lead without its original',
    `from leads l where l.person_id is not null and not exists (select from intake_messages m where m.tenant_id = l.tenant_id and m.lead_id = l.id and m.status in ('accepted', 'resubmitted'))
      and not exists (select from lead_sources s where s.tenant_id = l.tenant_id and s.id = l.source_id and s.channel in ('phone', 'file', 'distributor'))`,
  ],
  [
    'a lead of a machine without what the client wrote',
    `from leads l where l.external_ref ~ '^[01]-[0-9]+$' and not exists (select from facts f where f.tenant_id = l.tenant_id and f.person_id = l.person_id and f.record_id = l.id)`,
  ],
  [
    'a lead without a ground',
    `from leads l where l.person_id is not null and l.network_lead_id is null and not exists (select from grounds g where g.tenant_id = l.tenant_id and g.person_id = l.person_id and g.evidence ->> 'leadId' = l.id::text)`,
  ],
  ['a person without a contact', `from persons p where not exists (select from facts f where f.tenant_id = p.tenant_id and f.person_id = p.id and f.class = 'contact')`],
  ['a client who cannot be found', `from persons p where p.kind = 'customer' and not exists (select from search_tokens s where s.tenant_id = p.tenant_id and s.person_id = p.id)`],
  ['a client whom nothing brought', `from persons p where p.kind = 'customer' and not exists (select from leads l where l.tenant_id = p.tenant_id and l.person_id = p.id)`],
  [
    'facts that belong to nothing',
    `from facts f where f.class = 'communication' and not exists (select from leads l where l.id = f.record_id) and not exists (select from interactions i where i.id = f.record_id) and not exists (select from consent_events e where e.id = f.record_id)`,
  ],
  ['facts of somebody who is not held', `from facts f where not exists (select from persons p where p.tenant_id = f.tenant_id and p.id = f.person_id)`],
  ['tokens of somebody who is not held', `from search_tokens s where not exists (select from persons p where p.tenant_id = s.tenant_id and p.id = s.person_id)`],
  ['a contact without its text', `from interactions i where i.has_text and not exists (select from facts f where f.tenant_id = i.tenant_id and f.record_id = i.id)`],
  [
    'a new lead that nobody will be reminded of',
    `from leads l join tenants t on t.tenant_id = l.tenant_id where t.kind = 'dealer' and l.status = 'new' and not exists (select from graphile_worker._private_jobs j where j.key = 'lead-deadline:' || l.id or j.payload::jsonb -> 'leadIds' ? l.id::text)`,
  ],
  ['a consent without its text', `from consent_events e where e.state = 'given' and e.text_id is null`],
  [
    'a consent of a site without its proof',
    `from consent_events e where e.how = 'site' and not exists (select from facts f where f.tenant_id = e.tenant_id and f.person_id = e.person_id and f.record_id = e.id)`,
  ],
  [
    'a ground on a consent that nobody gave',
    `from grounds g where g.evidence ? 'consentEventId' and not exists (select from consent_events e where e.tenant_id = g.tenant_id and e.id::text = g.evidence ->> 'consentEventId')`,
  ],
  [
    'a withdrawal that left a live ground on the consent behind',
    `from grounds g join activities a on a.tenant_id = g.tenant_id and a.id = g.activity_id where a.code = 'marketing' and g.ended_at is null
      and (select e.state from consent_events e where e.tenant_id = g.tenant_id and e.person_id = g.person_id and e.kind = 'advertising_data' order by e.at desc, e.id desc limit 1) <> 'given'`,
  ],
  [
    'a handing over that only the distributor knows of',
    `from network_transfers t where t.state = 'done' and t.via = 'crm' and not exists (select from received_transfers r where r.id = t.id and r.network_lead_id = t.lead_id)`,
  ],
  ['a handing over that only the dealer knows of', `from received_transfers r where not exists (select from network_transfers t where t.id = r.id and t.state = 'done')`],
  [
    'a handing over without the dealer’s lead',
    `from received_transfers r where not exists (select from leads l where l.tenant_id = r.tenant_id and l.id = r.lead_id and l.network_lead_id = r.network_lead_id)`,
  ],
  [
    'a lead of the network without its handing over',
    `from leads l where l.network_lead_id is not null and not exists (select from received_transfers r where r.tenant_id = l.tenant_id and r.lead_id = l.id)`,
  ],
  [
    'a person handed over without a trace of it',
    `from network_transfers t where t.state = 'done' and not exists (select from log_events e where e.tenant_id = t.tenant_id and e.event = 'network_lead.handed_over' and e.object_id = t.lead_id and t.person_id = any (e.person_ids))`,
  ],
  ['a message that nobody sends and nobody ends', `from outbound_messages where state in ('queued', 'sending')`],
  [
    'a sent message without a trace of it',
    `from outbound_messages m where m.state = 'sent' and m.mailing_id is not null and not exists (select from log_events e where e.tenant_id = m.tenant_id and m.person_id = any (e.person_ids) and e.event like 'outbound.%')`,
  ],
  ['an act of destruction of somebody who is still held', `from destruction_acts a join persons p on p.tenant_id = a.tenant_id and p.id = any (a.person_ids)`],
]
