-- previous: 11415b860109588b7fb34f075815d50b2d32220c2483c2fb84cdf8b6512246a0
-- Requests of data subjects and of the regulator with their terms (152-ФЗ art. 14, 20, 21), and acts of destruction (order РКН 179).
-- What the person wrote is a sealed fact of class communication with the request's id; texts of an event one with the event's id.
create table subject_requests (
  tenant_id      uuid not null references tenants on delete restrict,
  id             uuid not null,
  number         int not null,
  kind           text not null check (kind in ('access', 'rectify', 'block', 'destroy', 'stop', 'withdraw', 'stop_marketing', 'auto_objection', 'regulator')),
  channel        text not null check (channel in ('portal', 'email', 'paper', 'phone')),
  person_id      uuid,                              -- null: destroyed; the request stays as a figure
  received_on    date not null,
  received_at    timestamptz not null,
  started_on     date not null,                     -- what the term counts from: receipt, or the day the proof was given
  term           text not null check (term in ('D_ACCESS', 'D_RECTIFY', 'D_ERASE_PROOF', 'D_BLOCK', 'D_STOP', 'D_WITHDRAW', 'D_MARKETING', 'D_AUTO_OBJ', 'D_RKN')),
  due_on         date not null,                     -- our own day, inside the term
  ends_on        date not null,                     -- the last day of the law
  extended_to    date,
  noticed_at     timestamptz,                       -- when the reasoned notice of the extension was sent
  identity       text not null default 'unknown' check (identity in ('unknown', 'portal', 'document', 'office')),
  state          text not null default 'new' check (state in ('new', 'in_work', 'answered', 'refused', 'executed')),
  has_words      boolean not null,
  draft_id       uuid,                              -- a sealed fact with the corrections the person proposes
  repeat_of      uuid,                              -- an access request of less than 30 days before (art. 14 ч.4)
  refusal_reason text check (refusal_reason in ('repeat', 'not_conforming', 'third_party_rights', 'law_enforcement', 'aml', 'defence', 'not_proved', 'other_grounds', 'no_automated')),
  answered_at    timestamptz,
  answer_pdf_id  uuid,
  answer_json_id uuid,
  responsible_id uuid,
  version        int not null default 1,
  updated_at     timestamptz not null,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  foreign key (tenant_id, person_id) references persons (tenant_id, id) on delete set null (person_id),
  foreign key (tenant_id, repeat_of) references subject_requests (tenant_id, id) on delete set null (repeat_of),
  foreign key (tenant_id, answer_pdf_id) references files (tenant_id, id) on delete set null (answer_pdf_id),
  foreign key (tenant_id, answer_json_id) references files (tenant_id, id) on delete set null (answer_json_id),
  foreign key (tenant_id, responsible_id) references employees (tenant_id, id) on delete restrict
);
create index on subject_requests (tenant_id, person_id);
create index on subject_requests (tenant_id, repeat_of);
create index on subject_requests (tenant_id, answer_pdf_id);
create index on subject_requests (tenant_id, answer_json_id);
create index on subject_requests (tenant_id, responsible_id);
create index on subject_requests (tenant_id, state, due_on, id);

create table request_events (
  tenant_id  uuid not null,
  id         uuid not null,
  request_id uuid not null,
  kind       text not null check (kind in ('received', 'identified', 'taken', 'restricted', 'lifted', 'extended', 'packed', 'answered', 'refused', 'executed')),
  at         timestamptz not null,
  by_id      uuid,                                  -- the member of staff; null: the person themself, or the machine
  details    jsonb not null default '{}',           -- codes, days and counts
  has_text   boolean not null default false,
  primary key (tenant_id, id),
  foreign key (tenant_id, request_id) references subject_requests (tenant_id, id) on delete restrict
);
create index on request_events (tenant_id, request_id, at, id);

-- Kept three years, then swept. No name: whose data it was is told by the id that the log, the leads and the requests know them by.
create table destruction_acts (
  tenant_id         uuid not null references tenants on delete restrict,
  id                uuid not null,
  number            int not null,
  at                timestamptz not null,
  operator_name     text not null,                  -- as they were on that day
  operator_address  text not null,
  operator_inn      text not null,
  operator_ogrn     text not null,
  processor_name    text,
  processor_address text,
  person_ids        uuid[] not null,
  categories        text[] not null,
  counts            jsonb not null,
  system            text not null check (system in ('crm', 'dnm', 'platform')),
  method            text not null check (method in ('keys_and_rows')),
  reason            text not null check (reason in ('purpose_achieved', 'consent_withdrawn', 'stop_demand', 'unlawful', 'not_needed', 'retention_expired', 'import_undone', 'regulator_demand')),
  executor_id       uuid,                           -- null: the nightly job
  executor_position text,
  request_id        uuid,
  primary key (tenant_id, id),
  unique (tenant_id, number),
  foreign key (tenant_id, executor_id) references employees (tenant_id, id) on delete restrict,
  foreign key (tenant_id, request_id) references subject_requests (tenant_id, id) on delete restrict
);
create index on destruction_acts (tenant_id, executor_id);
create index on destruction_acts (tenant_id, request_id);
create index on destruction_acts (tenant_id, at desc, id desc);

do $$
declare t text;
begin
  foreach t in array array['subject_requests', 'request_events', 'destruction_acts'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy tenant on %I using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)$p$, t);
  end loop;
end $$;
grant select, insert, update (started_on, due_on, ends_on, extended_to, noticed_at, identity, state, refusal_reason, answered_at, answer_pdf_id, answer_json_id, responsible_id, version, updated_at) on subject_requests to infotech_app;
-- History can only be added.
grant select, insert on request_events to infotech_app;
grant select, insert, delete on destruction_acts to infotech_app;

-- Who runs the installation processes by instruction (art. 6 ч.3): their name and address stand in every act and answer.
create function platform_company() returns table (name text, address text) language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select t.name, t.address from tenants t where t.kind = 'platform' order by t.created_at limit 1
$$;
revoke all on function platform_company() from public;
grant execute on function platform_company() to infotech_app;
-- Tokens are made anew from sealed facts after a restore without them.
grant insert on search_tokens to infotech_vault;
