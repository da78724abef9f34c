-- The result of the migrations, written by `npm run db`. Do not edit: change it with a new migration.

create table account_tenants (
  account_id uuid not null,
  tenant_id uuid not null,
  employee_id uuid not null,
  constraint account_tenants_pkey PRIMARY KEY (account_id, tenant_id),
  constraint account_tenants_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE CASCADE,
  constraint account_tenants_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE CASCADE
);
CREATE INDEX account_tenants_tenant_id_idx ON public.account_tenants USING btree (tenant_id);
grant delete, insert, select on account_tenants to infotech_app;

create table accounts (
  id uuid not null,
  login_token bytea not null,
  password_hash text,
  totp_sealed bytea,
  totp_confirmed_at timestamp with time zone,
  totp_pending bytea,
  totp_last_step bigint,
  recovery_hashes text[] default '{}'::text[] not null,
  failed_count integer default 0 not null,
  locked_until timestamp with time zone,
  language text,
  created_at timestamp with time zone default now() not null,
  constraint accounts_pkey PRIMARY KEY (id),
  constraint accounts_login_token_key UNIQUE (login_token),
  constraint accounts_language_check CHECK ((language = ANY (ARRAY['ru'::text, 'en'::text])))
);
grant insert, select on accounts to infotech_app;
grant update (password_hash, totp_sealed, totp_confirmed_at, totp_pending, totp_last_step, recovery_hashes, failed_count, locked_until, language) on accounts to infotech_app;

create table activities (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  purposes text[] not null,
  bases text[] not null,
  classes text[] not null,
  retention_days integer not null,
  retention_from text not null,
  legal_ref text not null,
  destruction text not null,
  version integer default 1 not null,
  counts_from_year_end boolean default false not null,
  constraint activities_pkey PRIMARY KEY (tenant_id, id),
  constraint activities_tenant_id_code_key UNIQUE (tenant_id, code),
  constraint activities_retention_days_check CHECK ((retention_days > 0)),
  constraint activities_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT
);
alter table activities enable row level security;
create policy tenant on activities for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on activities to infotech_app;
grant update (name, purposes, bases, classes, retention_days, retention_from, legal_ref, destruction, version, counts_from_year_end) on activities to infotech_app;
grant select on activities to infotech_vault;

create table brands (
  id uuid not null,
  name text not null,
  constraint brands_pkey PRIMARY KEY (id),
  constraint brands_name_key UNIQUE (name)
);
grant insert, select on brands to infotech_app;

create table consent_events (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  text_id uuid,
  kind text not null,
  state text not null,
  how text not null,
  by_id uuid,
  at timestamp with time zone not null,
  valid_until timestamp with time zone,
  place text,
  constraint consent_events_pkey PRIMARY KEY (tenant_id, id),
  constraint consent_events_check CHECK (((text_id IS NOT NULL) OR (state = ANY (ARRAY['refused'::text, 'withdrawn'::text])))),
  constraint consent_events_how_check CHECK ((how = ANY (ARRAY['site'::text, 'portal'::text, 'staff_call'::text, 'staff_paper'::text, 'unsubscribe_link'::text, 'import'::text, 'clock'::text]))),
  constraint consent_events_kind_check CHECK ((kind = ANY (ARRAY['request'::text, 'advertising_data'::text, 'advertising_email'::text, 'advertising_sms'::text, 'advertising_call'::text, 'cookies_analytics'::text, 'cookies_marketing'::text]))),
  constraint consent_events_place_check CHECK ((place ~ '^[a-z0-9:/_.-]{1,200}$'::text)),
  constraint consent_events_state_check CHECK ((state = ANY (ARRAY['given'::text, 'refused'::text, 'withdrawn'::text, 'expired'::text]))),
  constraint consent_events_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE CASCADE,
  constraint consent_events_tenant_id_text_id_fkey FOREIGN KEY (tenant_id, text_id) REFERENCES consent_texts(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX consent_events_tenant_id_person_id_kind_at_id_idx ON public.consent_events USING btree (tenant_id, person_id, kind, at DESC, id DESC);
CREATE INDEX consent_events_tenant_id_text_id_idx ON public.consent_events USING btree (tenant_id, text_id);
alter table consent_events enable row level security;
create policy tenant on consent_events for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on consent_events to infotech_app;

create table consent_texts (
  tenant_id uuid not null,
  id uuid not null,
  kind text not null,
  version integer not null,
  parts jsonb not null,
  body text not null,
  body_sha256 bytea not null,
  valid_days integer not null,
  published_by uuid not null,
  published_at timestamp with time zone not null,
  constraint consent_texts_pkey PRIMARY KEY (tenant_id, id),
  constraint consent_texts_tenant_id_kind_version_key UNIQUE (tenant_id, kind, version),
  constraint consent_texts_kind_check CHECK ((kind = ANY (ARRAY['request'::text, 'advertising_data'::text, 'advertising_email'::text, 'advertising_sms'::text, 'advertising_call'::text, 'cookies_analytics'::text, 'cookies_marketing'::text]))),
  constraint consent_texts_valid_days_check CHECK (((valid_days >= 1) AND (valid_days <= 3650))),
  constraint consent_texts_version_check CHECK ((version > 0)),
  constraint consent_texts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT,
  constraint consent_texts_tenant_id_published_by_fkey FOREIGN KEY (tenant_id, published_by) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX consent_texts_tenant_id_published_by_idx ON public.consent_texts USING btree (tenant_id, published_by);
alter table consent_texts enable row level security;
create policy tenant on consent_texts for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on consent_texts to infotech_app;

create table cookie_choices (
  tenant_id uuid not null,
  id uuid not null,
  visitor_id text not null,
  analytics boolean not null,
  marketing boolean not null,
  analytics_text_id uuid,
  marketing_text_id uuid,
  is_signalled boolean not null,
  how text not null,
  registry_version integer not null,
  at timestamp with time zone not null,
  key_id uuid not null,
  payload bytea not null,
  constraint cookie_choices_pkey PRIMARY KEY (tenant_id, id),
  constraint cookie_choices_check CHECK (((analytics_text_id IS NOT NULL) OR (NOT analytics))),
  constraint cookie_choices_check1 CHECK (((marketing_text_id IS NOT NULL) OR (NOT marketing))),
  constraint cookie_choices_how_check CHECK ((how = ANY (ARRAY['accept'::text, 'refuse'::text, 'details'::text]))),
  constraint cookie_choices_visitor_id_check CHECK ((visitor_id ~ '^[A-Za-z0-9_-]{16,64}$'::text)),
  constraint cookie_choices_tenant_id_analytics_text_id_fkey FOREIGN KEY (tenant_id, analytics_text_id) REFERENCES consent_texts(tenant_id, id) ON DELETE RESTRICT,
  constraint cookie_choices_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT,
  constraint cookie_choices_tenant_id_marketing_text_id_fkey FOREIGN KEY (tenant_id, marketing_text_id) REFERENCES consent_texts(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX cookie_choices_tenant_id_analytics_text_id_idx ON public.cookie_choices USING btree (tenant_id, analytics_text_id);
CREATE INDEX cookie_choices_tenant_id_at_idx ON public.cookie_choices USING btree (tenant_id, at);
CREATE INDEX cookie_choices_tenant_id_marketing_text_id_idx ON public.cookie_choices USING btree (tenant_id, marketing_text_id);
CREATE INDEX cookie_choices_tenant_id_visitor_id_at_idx ON public.cookie_choices USING btree (tenant_id, visitor_id, at DESC);
alter table cookie_choices enable row level security;
create policy tenant on cookie_choices for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert on cookie_choices to infotech_app;
grant select (tenant_id, id, visitor_id, analytics, marketing, analytics_text_id, marketing_text_id, is_signalled, how, registry_version, at) on cookie_choices to infotech_app;
grant select (tenant_id, id, key_id) on cookie_choices to infotech_vault;

create table deal_moves (
  tenant_id uuid not null,
  id uuid not null,
  deal_id uuid not null,
  from_stage text not null,
  to_stage text not null,
  lost_reason text,
  by_id uuid not null,
  at timestamp with time zone not null,
  undone_at timestamp with time zone,
  constraint deal_moves_pkey PRIMARY KEY (tenant_id, id),
  constraint deal_moves_tenant_id_deal_id_fkey FOREIGN KEY (tenant_id, deal_id) REFERENCES deals(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX deal_moves_tenant_id_deal_id_at_idx ON public.deal_moves USING btree (tenant_id, deal_id, at DESC);
alter table deal_moves enable row level security;
create policy tenant on deal_moves for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on deal_moves to infotech_app;
grant update (undone_at) on deal_moves to infotech_app;

create table deals (
  tenant_id uuid not null,
  id uuid not null,
  number bigint generated by default as identity not null,
  person_id uuid,
  lead_id uuid,
  outlet_id uuid not null,
  responsible_id uuid not null,
  model_id uuid,
  stage text not null,
  lost_reason text,
  amount_kopecks bigint,
  opened_at timestamp with time zone not null,
  stage_since timestamp with time zone not null,
  closed_at timestamp with time zone,
  version integer default 1 not null,
  specialist_id uuid,
  constraint deals_pkey PRIMARY KEY (tenant_id, id),
  constraint deals_lost_reason_check CHECK ((lost_reason = ANY (ARRAY['price'::text, 'competitor'::text, 'no_stock'::text, 'no_credit'::text, 'postponed'::text, 'unreachable'::text, 'other'::text]))),
  constraint deals_stage_check CHECK ((stage = ANY (ARRAY['contact'::text, 'visit'::text, 'test_drive'::text, 'offer'::text, 'contract'::text, 'delivery'::text, 'won'::text, 'lost'::text]))),
  constraint deals_model_id_fkey FOREIGN KEY (model_id) REFERENCES models(id) ON DELETE RESTRICT,
  constraint deals_tenant_id_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads(tenant_id, id) ON DELETE RESTRICT,
  constraint deals_tenant_id_outlet_id_fkey FOREIGN KEY (tenant_id, outlet_id) REFERENCES outlets(tenant_id, id) ON DELETE RESTRICT,
  constraint deals_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE SET NULL (person_id),
  constraint deals_tenant_id_responsible_id_fkey FOREIGN KEY (tenant_id, responsible_id) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT,
  constraint deals_tenant_id_specialist_id_fkey FOREIGN KEY (tenant_id, specialist_id) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX deals_tenant_id_lead_id_idx ON public.deals USING btree (tenant_id, lead_id);
CREATE INDEX deals_tenant_id_number_idx ON public.deals USING btree (tenant_id, number);
CREATE INDEX deals_tenant_id_outlet_id_idx ON public.deals USING btree (tenant_id, outlet_id);
CREATE INDEX deals_tenant_id_person_id_opened_at_idx ON public.deals USING btree (tenant_id, person_id, opened_at DESC);
CREATE INDEX deals_tenant_id_responsible_id_idx ON public.deals USING btree (tenant_id, responsible_id);
CREATE INDEX deals_tenant_id_specialist_id_idx ON public.deals USING btree (tenant_id, specialist_id);
CREATE INDEX deals_tenant_id_stage_stage_since_id_idx ON public.deals USING btree (tenant_id, stage, stage_since DESC, id);
alter table deals enable row level security;
create policy tenant on deals for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on deals to infotech_app;
grant update (responsible_id, model_id, stage, lost_reason, amount_kopecks, stage_since, closed_at, version, specialist_id) on deals to infotech_app;

create table departments (
  tenant_id uuid not null,
  id uuid not null,
  outlet_id uuid not null,
  kind text not null,
  name text not null,
  version integer default 1 not null,
  constraint departments_pkey PRIMARY KEY (tenant_id, id),
  constraint departments_kind_check CHECK ((kind = ANY (ARRAY['call_centre'::text, 'sales'::text, 'used_cars'::text, 'service'::text, 'credit_insurance'::text, 'marketing'::text, 'management'::text]))),
  constraint departments_tenant_id_outlet_id_fkey FOREIGN KEY (tenant_id, outlet_id) REFERENCES outlets(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX departments_tenant_id_outlet_id_idx ON public.departments USING btree (tenant_id, outlet_id);
alter table departments enable row level security;
create policy tenant on departments for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on departments to infotech_app;
grant update (name, version) on departments to infotech_app;

create table destruction_acts (
  tenant_id uuid not null,
  id uuid not null,
  number integer not null,
  at timestamp with time zone not null,
  operator_name text not null,
  operator_address text not null,
  operator_inn text not null,
  operator_ogrn text not null,
  processor_name text,
  processor_address text,
  person_ids uuid[] not null,
  categories text[] not null,
  counts jsonb not null,
  system text not null,
  method text not null,
  reason text not null,
  executor_id uuid,
  executor_position text,
  request_id uuid,
  constraint destruction_acts_pkey PRIMARY KEY (tenant_id, id),
  constraint destruction_acts_tenant_id_number_key UNIQUE (tenant_id, number),
  constraint destruction_acts_method_check CHECK ((method = 'keys_and_rows'::text)),
  constraint destruction_acts_reason_check CHECK ((reason = ANY (ARRAY['purpose_achieved'::text, 'consent_withdrawn'::text, 'stop_demand'::text, 'unlawful'::text, 'not_needed'::text, 'retention_expired'::text, 'import_undone'::text, 'regulator_demand'::text]))),
  constraint destruction_acts_system_check CHECK ((system = ANY (ARRAY['crm'::text, 'dnm'::text, 'platform'::text]))),
  constraint destruction_acts_tenant_id_executor_id_fkey FOREIGN KEY (tenant_id, executor_id) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT,
  constraint destruction_acts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT,
  constraint destruction_acts_tenant_id_request_id_fkey FOREIGN KEY (tenant_id, request_id) REFERENCES subject_requests(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX destruction_acts_tenant_id_at_id_idx ON public.destruction_acts USING btree (tenant_id, at DESC, id DESC);
CREATE INDEX destruction_acts_tenant_id_executor_id_idx ON public.destruction_acts USING btree (tenant_id, executor_id);
CREATE INDEX destruction_acts_tenant_id_request_id_idx ON public.destruction_acts USING btree (tenant_id, request_id);
alter table destruction_acts enable row level security;
create policy tenant on destruction_acts for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on destruction_acts to infotech_app;

create table disclosures (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  recipient_name text not null,
  recipient_tenant_id uuid,
  basis text not null,
  what text[] not null,
  at timestamp with time zone not null,
  constraint disclosures_pkey PRIMARY KEY (tenant_id, id),
  constraint disclosures_basis_check CHECK ((basis = ANY (ARRAY['consent'::text, 'contract'::text, 'law'::text, 'legitimate_interest'::text, 'vital_interest'::text]))),
  constraint disclosures_what_check CHECK ((what <@ ARRAY['contact'::text, 'document'::text, 'vehicle'::text, 'communication'::text])),
  constraint disclosures_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX disclosures_tenant_id_person_id_at_idx ON public.disclosures USING btree (tenant_id, person_id, at DESC);
alter table disclosures enable row level security;
create policy tenant on disclosures for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on disclosures to infotech_app;

create table employees (
  tenant_id uuid not null,
  id uuid not null,
  account_id uuid not null,
  person_id uuid,
  role text not null,
  position text not null,
  outlet_id uuid,
  department_id uuid,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  constraint employees_pkey PRIMARY KEY (tenant_id, id),
  constraint employees_tenant_id_account_id_key UNIQUE (tenant_id, account_id),
  constraint employees_account_id_fkey FOREIGN KEY (account_id) REFERENCES accounts(id) ON DELETE RESTRICT,
  constraint employees_tenant_id_department_id_fkey FOREIGN KEY (tenant_id, department_id) REFERENCES departments(tenant_id, id) ON DELETE RESTRICT,
  constraint employees_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT,
  constraint employees_tenant_id_outlet_id_fkey FOREIGN KEY (tenant_id, outlet_id) REFERENCES outlets(tenant_id, id) ON DELETE RESTRICT,
  constraint employees_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE SET NULL (person_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX employees_account_id_idx ON public.employees USING btree (account_id);
CREATE INDEX employees_tenant_id_department_id_idx ON public.employees USING btree (tenant_id, department_id);
CREATE INDEX employees_tenant_id_outlet_id_idx ON public.employees USING btree (tenant_id, outlet_id);
CREATE INDEX employees_tenant_id_person_id_idx ON public.employees USING btree (tenant_id, person_id);
alter table employees enable row level security;
create policy tenant on employees for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on employees to infotech_app;
grant update (account_id, role, position, outlet_id, department_id, is_active, version) on employees to infotech_app;
grant select on employees to infotech_vault;

create table facts (
  tenant_id uuid not null,
  person_id uuid not null,
  class text not null,
  record_id uuid not null,
  version integer default 1 not null,
  key_id uuid not null,
  payload bytea not null,
  constraint facts_pkey PRIMARY KEY (tenant_id, person_id, class, record_id),
  constraint facts_class_check CHECK ((class = ANY (ARRAY['contact'::text, 'document'::text, 'vehicle'::text, 'communication'::text]))),
  constraint facts_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE CASCADE
);
alter table facts enable row level security;
create policy tenant on facts for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert on facts to infotech_app;
grant select (tenant_id, person_id, class, record_id, version) on facts to infotech_app;
grant update (version, key_id, payload) on facts to infotech_app;
grant delete, select on facts to infotech_vault;

create table files (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid,
  kind text not null,
  bytes bigint not null,
  key_id uuid not null,
  sha256 bytea not null,
  created_at timestamp with time zone default now() not null,
  constraint files_pkey PRIMARY KEY (tenant_id, id),
  constraint files_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT,
  constraint files_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX files_tenant_id_person_id_idx ON public.files USING btree (tenant_id, person_id);
alter table files enable row level security;
create policy tenant on files for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on files to infotech_app;
grant delete, select on files to infotech_vault;

create table grounds (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  activity_id uuid not null,
  basis text not null,
  evidence jsonb not null,
  since timestamp with time zone not null,
  until timestamp with time zone,
  ended_at timestamp with time zone,
  ended_reason text,
  constraint grounds_pkey PRIMARY KEY (tenant_id, id),
  constraint grounds_tenant_id_activity_id_fkey FOREIGN KEY (tenant_id, activity_id) REFERENCES activities(tenant_id, id) ON DELETE RESTRICT,
  constraint grounds_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX grounds_tenant_id_activity_id_idx ON public.grounds USING btree (tenant_id, activity_id);
CREATE INDEX grounds_tenant_id_person_id_idx ON public.grounds USING btree (tenant_id, person_id);
alter table grounds enable row level security;
create policy tenant on grounds for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on grounds to infotech_app;
grant update (until, ended_at, ended_reason) on grounds to infotech_app;
grant select on grounds to infotech_vault;

create table idempotency_keys (
  tenant_id uuid not null,
  actor_id uuid not null,
  key text not null,
  request_hash bytea not null,
  response jsonb,
  created_at timestamp with time zone default now() not null,
  sealed bytea,
  constraint idempotency_keys_pkey PRIMARY KEY (tenant_id, key, actor_id),
  constraint idempotency_keys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE CASCADE
);
CREATE INDEX idempotency_keys_tenant_id_created_at_idx ON public.idempotency_keys USING btree (tenant_id, created_at);
alter table idempotency_keys enable row level security;
create policy tenant on idempotency_keys for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on idempotency_keys to infotech_app;

create table installation (
  is_only boolean default true not null,
  id uuid not null,
  constraint installation_pkey PRIMARY KEY (is_only),
  constraint installation_is_only_check CHECK (is_only)
);
grant select on installation to infotech_vault;

create table intake_messages (
  tenant_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  format text not null,
  status text not null,
  problem text,
  problem_at text,
  discarded_because text,
  notices text[] default '{}'::text[] not null,
  external_ref text,
  lead_id uuid,
  person_id uuid,
  key_id uuid not null,
  payload bytea not null,
  received_at timestamp with time zone not null,
  version integer default 1 not null,
  constraint intake_messages_pkey PRIMARY KEY (tenant_id, id),
  constraint intake_messages_discarded_because_check CHECK ((discarded_because = ANY (ARRAY['spam'::text, 'not_a_lead'::text, 'duplicate'::text, 'test'::text]))),
  constraint intake_messages_format_check CHECK ((format = ANY (ARRAY['adf'::text, 'json'::text, 'row'::text, 'mail'::text]))),
  constraint intake_messages_status_check CHECK ((status = ANY (ARRAY['accepted'::text, 'repeated'::text, 'unparsed'::text, 'resubmitted'::text, 'discarded'::text]))),
  constraint intake_messages_tenant_id_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads(tenant_id, id) ON DELETE SET NULL (lead_id),
  constraint intake_messages_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE CASCADE,
  constraint intake_messages_tenant_id_source_id_fkey FOREIGN KEY (tenant_id, source_id) REFERENCES lead_sources(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX intake_messages_tenant_id_lead_id_idx ON public.intake_messages USING btree (tenant_id, lead_id);
CREATE INDEX intake_messages_tenant_id_person_id_idx ON public.intake_messages USING btree (tenant_id, person_id);
CREATE INDEX intake_messages_tenant_id_source_id_idx ON public.intake_messages USING btree (tenant_id, source_id);
CREATE INDEX intake_messages_tenant_id_status_received_at_id_idx ON public.intake_messages USING btree (tenant_id, status, received_at DESC, id);
alter table intake_messages enable row level security;
create policy tenant on intake_messages for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert on intake_messages to infotech_app;
grant select (tenant_id, id, source_id, format, status, problem, problem_at, discarded_because, notices, external_ref, lead_id, person_id, received_at, version) on intake_messages to infotech_app;
grant update (status, problem, problem_at, discarded_because, notices, external_ref, lead_id, person_id, version) on intake_messages to infotech_app;
grant delete, select on intake_messages to infotech_vault;

create table integration_keys (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  token_hash bytea not null,
  scopes text[] not null,
  created_by uuid not null,
  created_at timestamp with time zone default now() not null,
  last_used_at timestamp with time zone,
  revoked_at timestamp with time zone,
  constraint integration_keys_pkey PRIMARY KEY (tenant_id, id),
  constraint integration_keys_tenant_id_token_hash_key UNIQUE (tenant_id, token_hash),
  constraint integration_keys_tenant_id_created_by_fkey FOREIGN KEY (tenant_id, created_by) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX integration_keys_tenant_id_created_by_idx ON public.integration_keys USING btree (tenant_id, created_by);
alter table integration_keys enable row level security;
create policy tenant on integration_keys for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on integration_keys to infotech_app;
grant update (last_used_at, revoked_at) on integration_keys to infotech_app;
grant select on integration_keys to infotech_vault;

create table interactions (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  lead_id uuid,
  deal_id uuid,
  kind text not null,
  result text not null,
  is_automatic boolean default false not null,
  has_text boolean default false not null,
  by_id uuid,
  at timestamp with time zone not null,
  effects jsonb default '{}'::jsonb not null,
  constraint interactions_pkey PRIMARY KEY (tenant_id, id),
  constraint interactions_kind_check CHECK ((kind = ANY (ARRAY['call_out'::text, 'call_in'::text, 'visit'::text, 'email_out'::text, 'email_in'::text, 'message'::text, 'note'::text]))),
  constraint interactions_result_check CHECK ((result = ANY (ARRAY['talked'::text, 'no_answer'::text, 'busy'::text, 'wrong_number'::text, 'call_back'::text, 'visit_planned'::text, 'refused'::text, 'done'::text]))),
  constraint interactions_tenant_id_deal_id_fkey FOREIGN KEY (tenant_id, deal_id) REFERENCES deals(tenant_id, id) ON DELETE SET NULL (deal_id),
  constraint interactions_tenant_id_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads(tenant_id, id) ON DELETE SET NULL (lead_id),
  constraint interactions_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX interactions_tenant_id_deal_id_idx ON public.interactions USING btree (tenant_id, deal_id);
CREATE INDEX interactions_tenant_id_lead_id_idx ON public.interactions USING btree (tenant_id, lead_id);
CREATE INDEX interactions_tenant_id_person_id_at_id_idx ON public.interactions USING btree (tenant_id, person_id, at DESC, id);
alter table interactions enable row level security;
create policy tenant on interactions for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on interactions to infotech_app;

create table invitations (
  tenant_id uuid not null,
  id uuid not null,
  employee_id uuid not null,
  kind text not null,
  token_hash bytea not null,
  expires_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  constraint invitations_pkey PRIMARY KEY (tenant_id, id),
  constraint invitations_tenant_id_token_hash_key UNIQUE (tenant_id, token_hash),
  constraint invitations_kind_check CHECK ((kind = ANY (ARRAY['join'::text, 'reset'::text]))),
  constraint invitations_tenant_id_employee_id_fkey FOREIGN KEY (tenant_id, employee_id) REFERENCES employees(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX invitations_tenant_id_employee_id_idx ON public.invitations USING btree (tenant_id, employee_id);
alter table invitations enable row level security;
create policy tenant on invitations for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on invitations to infotech_app;
grant update (expires_at, accepted_at) on invitations to infotech_app;

create table lead_file_rows (
  tenant_id uuid not null,
  file_id uuid not null,
  line integer not null,
  status text not null,
  problems jsonb default '[]'::jsonb not null,
  lead_id uuid,
  constraint lead_file_rows_pkey PRIMARY KEY (tenant_id, file_id, line),
  constraint lead_file_rows_status_check CHECK ((status = ANY (ARRAY['good'::text, 'bad'::text, 'imported'::text, 'undone'::text, 'kept'::text, 'failed'::text]))),
  constraint lead_file_rows_tenant_id_file_id_fkey FOREIGN KEY (tenant_id, file_id) REFERENCES lead_files(tenant_id, id) ON DELETE CASCADE,
  constraint lead_file_rows_tenant_id_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads(tenant_id, id) ON DELETE SET NULL (lead_id)
);
CREATE INDEX lead_file_rows_tenant_id_lead_id_idx ON public.lead_file_rows USING btree (tenant_id, lead_id);
alter table lead_file_rows enable row level security;
create policy tenant on lead_file_rows for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on lead_file_rows to infotech_app;
grant update (status, problems, lead_id) on lead_file_rows to infotech_app;

create table lead_files (
  tenant_id uuid not null,
  id uuid not null,
  source_id uuid not null,
  uploaded_by uuid not null,
  file_id uuid not null,
  status text not null,
  format text not null,
  basis text not null,
  interest text not null,
  mapping text[] default '{}'::text[] not null,
  rows_total integer default 0 not null,
  rows_good integer default 0 not null,
  rows_bad integer default 0 not null,
  rows_done integer default 0 not null,
  rows_known integer default 0 not null,
  rows_kept integer default 0 not null,
  rows_undone integer default 0 not null,
  rows_failed integer default 0 not null,
  problem text,
  created_at timestamp with time zone default now() not null,
  version integer default 1 not null,
  constraint lead_files_pkey PRIMARY KEY (tenant_id, id),
  constraint lead_files_basis_check CHECK ((basis = ANY (ARRAY['contract'::text, 'consent'::text]))),
  constraint lead_files_format_check CHECK ((format = ANY (ARRAY['csv'::text, 'xlsx'::text]))),
  constraint lead_files_status_check CHECK ((status = ANY (ARRAY['uploaded'::text, 'checking'::text, 'checked'::text, 'importing'::text, 'imported'::text, 'undoing'::text, 'undone'::text, 'failed'::text]))),
  constraint lead_files_tenant_id_source_id_fkey FOREIGN KEY (tenant_id, source_id) REFERENCES lead_sources(tenant_id, id) ON DELETE RESTRICT,
  constraint lead_files_tenant_id_uploaded_by_fkey FOREIGN KEY (tenant_id, uploaded_by) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX lead_files_tenant_id_created_at_id_idx ON public.lead_files USING btree (tenant_id, created_at DESC, id);
CREATE INDEX lead_files_tenant_id_source_id_idx ON public.lead_files USING btree (tenant_id, source_id);
CREATE INDEX lead_files_tenant_id_uploaded_by_idx ON public.lead_files USING btree (tenant_id, uploaded_by);
alter table lead_files enable row level security;
create policy tenant on lead_files for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on lead_files to infotech_app;
grant update (status, interest, mapping, rows_total, rows_good, rows_bad, rows_done, rows_known, rows_kept, rows_undone, rows_failed, problem, version) on lead_files to infotech_app;

create table lead_policies (
  tenant_id uuid not null,
  id uuid not null,
  interest text not null,
  take_minutes integer not null,
  first_contact_minutes integer not null,
  version integer default 1 not null,
  constraint lead_policies_pkey PRIMARY KEY (tenant_id, id),
  constraint lead_policies_tenant_id_interest_key UNIQUE (tenant_id, interest),
  constraint lead_policies_first_contact_minutes_check CHECK ((first_contact_minutes > 0)),
  constraint lead_policies_take_minutes_check CHECK ((take_minutes > 0)),
  constraint lead_policies_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT
);
alter table lead_policies enable row level security;
create policy tenant on lead_policies for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on lead_policies to infotech_app;
grant update (take_minutes, first_contact_minutes, version) on lead_policies to infotech_app;

create table lead_sources (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  name text not null,
  channel text not null,
  mail_token text,
  is_active boolean default true not null,
  version integer default 1 not null,
  is_network boolean default false not null,
  constraint lead_sources_pkey PRIMARY KEY (tenant_id, id),
  constraint lead_sources_tenant_id_code_key UNIQUE (tenant_id, code),
  constraint lead_sources_channel_check CHECK ((channel = ANY (ARRAY['site'::text, 'phone'::text, 'walk_in'::text, 'email'::text, 'aggregator'::text, 'distributor'::text, 'file'::text, 'api'::text]))),
  constraint lead_sources_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX lead_sources_tenant_id_mail_token_idx ON public.lead_sources USING btree (tenant_id, mail_token);
alter table lead_sources enable row level security;
create policy tenant on lead_sources for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on lead_sources to infotech_app;
grant update (name, mail_token, is_active, version, is_network) on lead_sources to infotech_app;

create table leads (
  tenant_id uuid not null,
  id uuid not null,
  number bigint generated by default as identity not null,
  person_id uuid,
  source_id uuid not null,
  outlet_id uuid not null,
  department_kind text not null,
  responsible_id uuid,
  interest text not null,
  model_id uuid,
  status text default 'new'::text not null,
  result text,
  assigned_because text not null,
  external_ref text,
  received_at timestamp with time zone not null,
  taken_at timestamp with time zone,
  first_contact_at timestamp with time zone,
  closed_at timestamp with time zone,
  escalated_at timestamp with time zone,
  undo jsonb,
  version integer default 1 not null,
  network_lead_id uuid,
  handed_on boolean default false not null,
  requested_at timestamp with time zone,
  notices text[] default '{}'::text[] not null,
  constraint leads_pkey PRIMARY KEY (tenant_id, id),
  constraint leads_interest_check CHECK ((interest = ANY (ARRAY['new_car'::text, 'used_car'::text, 'test_drive'::text, 'trade_in'::text, 'service'::text, 'credit'::text, 'callback'::text, 'question'::text]))),
  constraint leads_result_check CHECK ((result = ANY (ARRAY['deal'::text, 'answered'::text, 'refused'::text, 'unreachable'::text, 'duplicate'::text, 'spam'::text, 'taken_back'::text]))),
  constraint leads_status_check CHECK ((status = ANY (ARRAY['new'::text, 'in_work'::text, 'closed'::text]))),
  constraint leads_model_id_fkey FOREIGN KEY (model_id) REFERENCES models(id) ON DELETE RESTRICT,
  constraint leads_tenant_id_outlet_id_fkey FOREIGN KEY (tenant_id, outlet_id) REFERENCES outlets(tenant_id, id) ON DELETE RESTRICT,
  constraint leads_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE SET NULL (person_id),
  constraint leads_tenant_id_responsible_id_fkey FOREIGN KEY (tenant_id, responsible_id) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT,
  constraint leads_tenant_id_source_id_fkey FOREIGN KEY (tenant_id, source_id) REFERENCES lead_sources(tenant_id, id) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX leads_external_ref_key ON public.leads USING btree (tenant_id, source_id, external_ref);
CREATE INDEX leads_tenant_id_number_idx ON public.leads USING btree (tenant_id, number);
CREATE INDEX leads_tenant_id_outlet_id_received_at_idx ON public.leads USING btree (tenant_id, outlet_id, received_at DESC);
CREATE INDEX leads_tenant_id_person_id_received_at_idx ON public.leads USING btree (tenant_id, person_id, received_at DESC);
CREATE INDEX leads_tenant_id_responsible_id_status_idx ON public.leads USING btree (tenant_id, responsible_id, status);
CREATE INDEX leads_tenant_id_source_id_idx ON public.leads USING btree (tenant_id, source_id);
CREATE INDEX leads_tenant_id_status_received_at_id_idx ON public.leads USING btree (tenant_id, status, received_at DESC, id);
alter table leads enable row level security;
create policy tenant on leads for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on leads to infotech_app;
grant update (outlet_id, department_kind, responsible_id, status, result, assigned_because, external_ref, taken_at, first_contact_at, closed_at, escalated_at, undo, version, handed_on, notices) on leads to infotech_app;

create table log_event_persons (
  tenant_id uuid not null,
  person_id uuid not null,
  at timestamp with time zone not null,
  event_id uuid not null,
  constraint log_event_persons_pkey PRIMARY KEY (tenant_id, person_id, at, event_id)
);
alter table log_event_persons enable row level security;
create policy sealer on log_event_persons for all to infotech_sealer using (true);
create policy tenant on log_event_persons for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select on log_event_persons to infotech_app;
grant insert, select on log_event_persons to infotech_sealer;

create table log_events (
  tenant_id uuid not null,
  id uuid not null,
  at timestamp with time zone not null,
  xid xid8 default pg_current_xact_id() not null,
  event text not null,
  actor_kind text not null,
  actor_id uuid,
  role text not null,
  door text not null,
  purpose text,
  person_ids uuid[] default '{}'::uuid[] not null,
  object_kind text,
  object_id uuid,
  details jsonb default '{}'::jsonb not null,
  body bytea,
  leaf bytea not null,
  constraint log_events_pkey PRIMARY KEY (tenant_id, id),
  constraint log_events_actor_kind_check CHECK ((actor_kind = ANY (ARRAY['staff'::text, 'key'::text, 'job'::text, 'subject'::text, 'visitor'::text, 'support'::text, 'platform'::text])))
);
CREATE INDEX log_events_tenant_id_actor_id_at_idx ON public.log_events USING btree (tenant_id, actor_id, at DESC);
CREATE INDEX log_events_tenant_id_at_id_idx ON public.log_events USING btree (tenant_id, at, id);
CREATE INDEX log_events_tenant_id_object_id_at_idx ON public.log_events USING btree (tenant_id, object_id, at DESC);
CREATE INDEX log_events_tenant_id_xid_idx ON public.log_events USING btree (tenant_id, xid);
alter table log_events enable row level security;
create policy sealer on log_events for all to infotech_sealer using (true);
create policy tenant on log_events for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
create policy vault_writes on log_events for insert to infotech_vault with check (true);
grant insert, select on log_events to infotech_app;
grant select on log_events to infotech_sealer;
grant insert on log_events to infotech_vault;
grant select (tenant_id, at, event, actor_kind, actor_id, purpose, person_ids, object_id) on log_events to infotech_vault;

create table log_heads (
  tenant_id uuid not null,
  generation integer not null,
  size bigint not null,
  root bytea not null,
  at timestamp with time zone not null,
  upto xid8 not null,
  cluster text not null,
  note text not null,
  constraint log_heads_pkey PRIMARY KEY (tenant_id, generation, size)
);
alter table log_heads enable row level security;
create policy sealer on log_heads for all to infotech_sealer using (true);
create policy tenant on log_heads for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select on log_heads to infotech_app;
grant insert, select on log_heads to infotech_sealer;

create table log_leaves (
  tenant_id uuid not null,
  generation integer not null,
  position bigint not null,
  event_id uuid,
  leaf bytea not null,
  constraint log_leaves_pkey PRIMARY KEY (tenant_id, generation, "position"),
  constraint log_leaves_tenant_id_event_id_key UNIQUE (tenant_id, event_id)
);
alter table log_leaves enable row level security;
create policy sealer on log_leaves for all to infotech_sealer using (true);
create policy tenant on log_leaves for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select on log_leaves to infotech_app;
grant insert, select on log_leaves to infotech_sealer;

create table log_tiles (
  tenant_id uuid not null,
  generation integer not null,
  level smallint not null,
  position bigint not null,
  hash bytea not null,
  constraint log_tiles_pkey PRIMARY KEY (tenant_id, generation, level, "position")
);
alter table log_tiles enable row level security;
create policy sealer on log_tiles for all to infotech_sealer using (true);
create policy tenant on log_tiles for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant select on log_tiles to infotech_app;
grant insert, select on log_tiles to infotech_sealer;

create table mail_templates (
  tenant_id uuid not null,
  id uuid not null,
  code text not null,
  version integer not null,
  kind text not null,
  channel text not null,
  name text not null,
  subject text not null,
  body text not null,
  body_sha256 bytea not null,
  published_by uuid not null,
  published_at timestamp with time zone not null,
  constraint mail_templates_pkey PRIMARY KEY (tenant_id, id),
  constraint mail_templates_tenant_id_code_version_key UNIQUE (tenant_id, code, version),
  constraint mail_templates_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text]))),
  constraint mail_templates_code_check CHECK ((code ~ '^[a-z][a-z0-9_]{0,39}$'::text)),
  constraint mail_templates_kind_check CHECK ((kind = ANY (ARRAY['service'::text, 'advertising'::text]))),
  constraint mail_templates_version_check CHECK ((version > 0)),
  constraint mail_templates_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT,
  constraint mail_templates_tenant_id_published_by_fkey FOREIGN KEY (tenant_id, published_by) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX mail_templates_tenant_id_published_by_idx ON public.mail_templates USING btree (tenant_id, published_by);
alter table mail_templates enable row level security;
create policy tenant on mail_templates for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on mail_templates to infotech_app;

create table mailings (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  template_id uuid not null,
  channel text not null,
  outlet_id uuid,
  model_id uuid,
  activity_id uuid,
  state text default 'draft'::text not null,
  is_gathered boolean default false not null,
  gathered_to uuid,
  created_by uuid not null,
  created_at timestamp with time zone not null,
  started_by uuid,
  started_at timestamp with time zone,
  finished_at timestamp with time zone,
  version integer default 1 not null,
  constraint mailings_pkey PRIMARY KEY (tenant_id, id),
  constraint mailings_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text]))),
  constraint mailings_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'running'::text, 'paused'::text, 'done'::text, 'cancelled'::text]))),
  constraint mailings_model_id_fkey FOREIGN KEY (model_id) REFERENCES models(id) ON DELETE RESTRICT,
  constraint mailings_tenant_id_activity_id_fkey FOREIGN KEY (tenant_id, activity_id) REFERENCES activities(tenant_id, id) ON DELETE RESTRICT,
  constraint mailings_tenant_id_created_by_fkey FOREIGN KEY (tenant_id, created_by) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT,
  constraint mailings_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT,
  constraint mailings_tenant_id_outlet_id_fkey FOREIGN KEY (tenant_id, outlet_id) REFERENCES outlets(tenant_id, id) ON DELETE RESTRICT,
  constraint mailings_tenant_id_started_by_fkey FOREIGN KEY (tenant_id, started_by) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT,
  constraint mailings_tenant_id_template_id_fkey FOREIGN KEY (tenant_id, template_id) REFERENCES mail_templates(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX mailings_tenant_id_activity_id_idx ON public.mailings USING btree (tenant_id, activity_id);
CREATE INDEX mailings_tenant_id_created_at_id_idx ON public.mailings USING btree (tenant_id, created_at DESC, id);
CREATE INDEX mailings_tenant_id_created_by_idx ON public.mailings USING btree (tenant_id, created_by);
CREATE INDEX mailings_tenant_id_outlet_id_idx ON public.mailings USING btree (tenant_id, outlet_id);
CREATE INDEX mailings_tenant_id_started_by_idx ON public.mailings USING btree (tenant_id, started_by);
CREATE INDEX mailings_tenant_id_template_id_idx ON public.mailings USING btree (tenant_id, template_id);
alter table mailings enable row level security;
create policy tenant on mailings for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on mailings to infotech_app;
grant update (state, is_gathered, gathered_to, started_by, started_at, finished_at, version) on mailings to infotech_app;

create table models (
  id uuid not null,
  brand_id uuid not null,
  name text not null,
  constraint models_pkey PRIMARY KEY (id),
  constraint models_brand_id_name_key UNIQUE (brand_id, name),
  constraint models_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES brands(id) ON DELETE RESTRICT
);
grant insert, select on models to infotech_app;

create table network_dealers (
  tenant_id uuid not null,
  id uuid not null,
  dealer_tenant_id uuid,
  code text not null,
  name text not null,
  delivery text not null,
  key_id uuid,
  push_url text,
  push_secret bytea,
  brand_ids uuid[] default '{}'::uuid[] not null,
  cities text[] default '{}'::text[] not null,
  region text,
  daily_capacity integer,
  shares_duplicates boolean default false not null,
  accepted_at timestamp with time zone,
  agreement_number text,
  agreement_from date,
  agreement_until date,
  is_active boolean default true not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  constraint network_dealers_pkey PRIMARY KEY (tenant_id, id),
  constraint network_dealers_tenant_id_code_key UNIQUE (tenant_id, code),
  constraint network_dealers_daily_capacity_check CHECK ((daily_capacity > 0)),
  constraint network_dealers_delivery_check CHECK ((delivery = ANY (ARRAY['crm'::text, 'poll'::text, 'push'::text]))),
  constraint network_dealers_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT,
  constraint network_dealers_tenant_id_key_id_fkey FOREIGN KEY (tenant_id, key_id) REFERENCES integration_keys(tenant_id, id) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX network_dealers_company_key ON public.network_dealers USING btree (tenant_id, dealer_tenant_id);
CREATE UNIQUE INDEX network_dealers_key_key ON public.network_dealers USING btree (tenant_id, key_id);
alter table network_dealers enable row level security;
create policy tenant on network_dealers for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on network_dealers to infotech_app;
grant update (name, delivery, key_id, push_url, push_secret, brand_ids, cities, region, daily_capacity, shares_duplicates, accepted_at, agreement_number, agreement_from, agreement_until, is_active, version) on network_dealers to infotech_app;
grant select on network_dealers to infotech_vault;

create table network_disputes (
  tenant_id uuid not null,
  id uuid not null,
  lead_id uuid not null,
  dealer_id uuid not null,
  reason text not null,
  evidence text[] default '{}'::text[] not null,
  state text default 'open'::text not null,
  decision text,
  opened_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  decided_by uuid,
  excused_minutes integer default 0 not null,
  version integer default 1 not null,
  constraint network_disputes_pkey PRIMARY KEY (tenant_id, id),
  constraint network_disputes_decision_check CHECK ((decision = ANY (ARRAY['confirmed'::text, 'goodwill'::text, 'not_confirmed'::text, 'too_late'::text, 'no_evidence'::text]))),
  constraint network_disputes_reason_check CHECK ((reason = ANY (ARRAY['no_such_contact'::text, 'not_ours'::text, 'client_of_another'::text, 'asked_already'::text, 'spam'::text, 'came_late'::text, 'client_does_not_wait'::text]))),
  constraint network_disputes_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'rejected'::text]))),
  constraint network_disputes_tenant_id_dealer_id_fkey FOREIGN KEY (tenant_id, dealer_id) REFERENCES network_dealers(tenant_id, id) ON DELETE RESTRICT,
  constraint network_disputes_tenant_id_decided_by_fkey FOREIGN KEY (tenant_id, decided_by) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT,
  constraint network_disputes_tenant_id_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES network_leads(tenant_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX network_disputes_open_key ON public.network_disputes USING btree (tenant_id, lead_id, dealer_id) WHERE (state = 'open'::text);
CREATE INDEX network_disputes_tenant_id_dealer_id_idx ON public.network_disputes USING btree (tenant_id, dealer_id);
CREATE INDEX network_disputes_tenant_id_decided_by_idx ON public.network_disputes USING btree (tenant_id, decided_by);
CREATE INDEX network_disputes_tenant_id_lead_id_idx ON public.network_disputes USING btree (tenant_id, lead_id);
CREATE INDEX network_disputes_tenant_id_state_opened_at_id_idx ON public.network_disputes USING btree (tenant_id, state, opened_at DESC, id DESC);
alter table network_disputes enable row level security;
create policy tenant on network_disputes for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on network_disputes to infotech_app;
grant update (state, decision, decided_at, decided_by, excused_minutes, version) on network_disputes to infotech_app;

create table network_duplicates (
  tenant_id uuid not null,
  lead_id uuid not null,
  other_number bigint not null,
  at timestamp with time zone not null,
  constraint network_duplicates_pkey PRIMARY KEY (tenant_id, lead_id),
  constraint network_duplicates_tenant_id_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads(tenant_id, id) ON DELETE CASCADE
);
alter table network_duplicates enable row level security;
create policy tenant on network_duplicates for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on network_duplicates to infotech_app;
grant update (other_number, at) on network_duplicates to infotech_app;

create table network_leads (
  tenant_id uuid not null,
  id uuid not null,
  number bigint not null,
  interest text not null,
  brand_id uuid,
  model_id uuid,
  city text,
  wished_outlet_id uuid,
  dealer_id uuid,
  dealer_tenant_id uuid,
  outlet_id uuid,
  transfer_id uuid,
  assigned_because text not null,
  state text not null,
  unrouted_because text,
  take_minutes integer not null,
  first_contact_minutes integer not null,
  excused_minutes integer default 0 not null,
  dealer_lead_number bigint,
  client_dms_id text,
  asked_at timestamp with time zone not null,
  assigned_at timestamp with time zone,
  received_at timestamp with time zone,
  taken_at timestamp with time zone,
  first_contact_at timestamp with time zone,
  closed_at timestamp with time zone,
  deal_at timestamp with time zone,
  sold_at timestamp with time zone,
  result text,
  escalated_at timestamp with time zone,
  duplicate_of bigint,
  attempts integer default 0 not null,
  version integer default 1 not null,
  constraint network_leads_pkey PRIMARY KEY (tenant_id, id),
  constraint network_leads_tenant_id_number_key UNIQUE (tenant_id, number),
  constraint network_leads_result_check CHECK ((result = ANY (ARRAY['deal'::text, 'answered'::text, 'refused'::text, 'unreachable'::text, 'duplicate'::text, 'spam'::text]))),
  constraint network_leads_state_check CHECK ((state = ANY (ARRAY['offered'::text, 'received'::text, 'taken'::text, 'contacted'::text, 'closed'::text, 'disputed'::text, 'unrouted'::text]))),
  constraint network_leads_unrouted_because_check CHECK ((unrouted_because = ANY (ARRAY['no_dealer'::text, 'no_basis'::text, 'too_many'::text, 'not_delivered'::text, 'by_hand'::text, 'destroyed'::text]))),
  constraint network_leads_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES brands(id) ON DELETE RESTRICT,
  constraint network_leads_model_id_fkey FOREIGN KEY (model_id) REFERENCES models(id) ON DELETE RESTRICT,
  constraint network_leads_tenant_id_dealer_id_fkey FOREIGN KEY (tenant_id, dealer_id) REFERENCES network_dealers(tenant_id, id) ON DELETE RESTRICT,
  constraint network_leads_tenant_id_id_fkey FOREIGN KEY (tenant_id, id) REFERENCES leads(tenant_id, id) ON DELETE CASCADE,
  constraint network_leads_tenant_id_outlet_id_fkey FOREIGN KEY (tenant_id, outlet_id) REFERENCES network_outlets(tenant_id, id) ON DELETE RESTRICT,
  constraint network_leads_tenant_id_wished_outlet_id_fkey FOREIGN KEY (tenant_id, wished_outlet_id) REFERENCES network_outlets(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX network_leads_open ON public.network_leads USING btree (tenant_id, dealer_id) WHERE (state = ANY (ARRAY['offered'::text, 'received'::text, 'taken'::text, 'contacted'::text]));
CREATE INDEX network_leads_tenant_id_asked_at_id_idx ON public.network_leads USING btree (tenant_id, asked_at DESC, id DESC);
CREATE INDEX network_leads_tenant_id_dealer_id_asked_at_id_idx ON public.network_leads USING btree (tenant_id, dealer_id, asked_at DESC, id DESC);
CREATE INDEX network_leads_tenant_id_outlet_id_idx ON public.network_leads USING btree (tenant_id, outlet_id);
CREATE INDEX network_leads_tenant_id_state_asked_at_id_idx ON public.network_leads USING btree (tenant_id, state, asked_at DESC, id DESC);
CREATE INDEX network_leads_tenant_id_wished_outlet_id_idx ON public.network_leads USING btree (tenant_id, wished_outlet_id);
alter table network_leads enable row level security;
create policy tenant on network_leads for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select, update on network_leads to infotech_app;

create table network_memberships (
  tenant_id uuid not null,
  id uuid not null,
  distributor_tenant_id uuid not null,
  distributor text not null,
  state text default 'invited'::text not null,
  shares_duplicates boolean default false not null,
  version integer default 1 not null,
  constraint network_memberships_pkey PRIMARY KEY (tenant_id, id),
  constraint network_memberships_tenant_id_distributor_tenant_id_key UNIQUE (tenant_id, distributor_tenant_id),
  constraint network_memberships_state_check CHECK ((state = ANY (ARRAY['invited'::text, 'accepted'::text, 'left'::text]))),
  constraint network_memberships_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT
);
alter table network_memberships enable row level security;
create policy tenant on network_memberships for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on network_memberships to infotech_app;
grant update (distributor, state, shares_duplicates, version) on network_memberships to infotech_app;

create table network_moves (
  tenant_id uuid not null,
  id uuid not null,
  lead_id uuid not null,
  kind text not null,
  from_dealer_id uuid,
  to_dealer_id uuid,
  to_outlet_id uuid,
  because text not null,
  by_id uuid,
  at timestamp with time zone not null,
  constraint network_moves_pkey PRIMARY KEY (tenant_id, id),
  constraint network_moves_kind_check CHECK ((kind = ANY (ARRAY['assigned'::text, 'rerouted'::text, 'by_hand'::text, 'taken_back'::text, 'unrouted'::text, 'refused'::text]))),
  constraint network_moves_tenant_id_by_id_fkey FOREIGN KEY (tenant_id, by_id) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT,
  constraint network_moves_tenant_id_from_dealer_id_fkey FOREIGN KEY (tenant_id, from_dealer_id) REFERENCES network_dealers(tenant_id, id) ON DELETE RESTRICT,
  constraint network_moves_tenant_id_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES network_leads(tenant_id, id) ON DELETE CASCADE,
  constraint network_moves_tenant_id_to_dealer_id_fkey FOREIGN KEY (tenant_id, to_dealer_id) REFERENCES network_dealers(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX network_moves_tenant_id_by_id_idx ON public.network_moves USING btree (tenant_id, by_id);
CREATE INDEX network_moves_tenant_id_from_dealer_id_idx ON public.network_moves USING btree (tenant_id, from_dealer_id);
CREATE INDEX network_moves_tenant_id_lead_id_at_id_idx ON public.network_moves USING btree (tenant_id, lead_id, at, id);
CREATE INDEX network_moves_tenant_id_to_dealer_id_at_idx ON public.network_moves USING btree (tenant_id, to_dealer_id, at);
alter table network_moves enable row level security;
create policy tenant on network_moves for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on network_moves to infotech_app;

create table network_outlets (
  tenant_id uuid not null,
  id uuid not null,
  dealer_id uuid not null,
  dealer_tenant_id uuid,
  name text not null,
  city text not null,
  address text not null,
  time_zone text not null,
  hours jsonb not null,
  is_active boolean default true not null,
  version integer default 1 not null,
  closed_by text,
  constraint network_outlets_pkey PRIMARY KEY (tenant_id, id),
  constraint network_outlets_closed_by_check CHECK ((closed_by = ANY (ARRAY['company'::text, 'network'::text]))),
  constraint network_outlets_tenant_id_dealer_id_fkey FOREIGN KEY (tenant_id, dealer_id) REFERENCES network_dealers(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX network_outlets_tenant_id_dealer_id_idx ON public.network_outlets USING btree (tenant_id, dealer_id);
alter table network_outlets enable row level security;
create policy tenant on network_outlets for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on network_outlets to infotech_app;
grant update (name, city, address, time_zone, hours, is_active, version, closed_by) on network_outlets to infotech_app;

create table network_policies (
  tenant_id uuid not null,
  id uuid not null,
  interest text not null,
  take_minutes integer not null,
  first_contact_minutes integer not null,
  version integer default 1 not null,
  constraint network_policies_pkey PRIMARY KEY (tenant_id, id),
  constraint network_policies_tenant_id_interest_key UNIQUE (tenant_id, interest),
  constraint network_policies_first_contact_minutes_check CHECK ((first_contact_minutes > 0)),
  constraint network_policies_take_minutes_check CHECK ((take_minutes > 0)),
  constraint network_policies_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT
);
alter table network_policies enable row level security;
create policy tenant on network_policies for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on network_policies to infotech_app;
grant update (take_minutes, first_contact_minutes, version) on network_policies to infotech_app;

create table network_pushes (
  tenant_id uuid not null,
  id uuid not null,
  dealer_id uuid not null,
  transfer_id uuid,
  state text default 'waiting'::text not null,
  attempts integer default 0 not null,
  next_at timestamp with time zone,
  status integer,
  problem text,
  created_at timestamp with time zone not null,
  done_at timestamp with time zone,
  what text default 'request'::text not null,
  constraint network_pushes_pkey PRIMARY KEY (tenant_id, id),
  constraint network_pushes_problem_check CHECK ((problem = ANY (ARRAY['address'::text, 'refused_address'::text, 'timeout'::text, 'connection'::text, 'status'::text, 'redirect'::text, 'no_ground'::text]))),
  constraint network_pushes_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'failed'::text]))),
  constraint network_pushes_what_check CHECK ((what = ANY (ARRAY['request'::text, 'taken_back'::text, 'withdrawn'::text, 'corrected'::text, 'destroyed'::text, 'restricted'::text]))),
  constraint network_pushes_tenant_id_dealer_id_fkey FOREIGN KEY (tenant_id, dealer_id) REFERENCES network_dealers(tenant_id, id) ON DELETE RESTRICT,
  constraint network_pushes_tenant_id_transfer_id_fkey FOREIGN KEY (tenant_id, transfer_id) REFERENCES network_transfers(tenant_id, id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX network_pushes_request_key ON public.network_pushes USING btree (tenant_id, transfer_id) WHERE (what = 'request'::text);
CREATE INDEX network_pushes_tenant_id_dealer_id_created_at_idx ON public.network_pushes USING btree (tenant_id, dealer_id, created_at DESC);
CREATE INDEX network_pushes_tenant_id_transfer_id_idx ON public.network_pushes USING btree (tenant_id, transfer_id);
alter table network_pushes enable row level security;
create policy tenant on network_pushes for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on network_pushes to infotech_app;
grant update (state, attempts, next_at, status, problem, done_at) on network_pushes to infotech_app;

create table network_rules (
  tenant_id uuid not null,
  id uuid not null,
  place integer not null,
  name text not null,
  brand_id uuid,
  model_id uuid,
  interest text,
  city text,
  wished_dealer_id uuid,
  to_dealer_id uuid,
  to_outlet_id uuid,
  only_open boolean default false not null,
  is_active boolean default true not null,
  version integer default 1 not null,
  constraint network_rules_pkey PRIMARY KEY (tenant_id, id),
  constraint network_rules_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES brands(id) ON DELETE RESTRICT,
  constraint network_rules_model_id_fkey FOREIGN KEY (model_id) REFERENCES models(id) ON DELETE RESTRICT,
  constraint network_rules_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT,
  constraint network_rules_tenant_id_to_dealer_id_fkey FOREIGN KEY (tenant_id, to_dealer_id) REFERENCES network_dealers(tenant_id, id) ON DELETE RESTRICT,
  constraint network_rules_tenant_id_to_outlet_id_fkey FOREIGN KEY (tenant_id, to_outlet_id) REFERENCES network_outlets(tenant_id, id) ON DELETE RESTRICT,
  constraint network_rules_tenant_id_wished_dealer_id_fkey FOREIGN KEY (tenant_id, wished_dealer_id) REFERENCES network_dealers(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX network_rules_tenant_id_place_idx ON public.network_rules USING btree (tenant_id, place);
CREATE INDEX network_rules_tenant_id_to_dealer_id_idx ON public.network_rules USING btree (tenant_id, to_dealer_id);
CREATE INDEX network_rules_tenant_id_to_outlet_id_idx ON public.network_rules USING btree (tenant_id, to_outlet_id);
CREATE INDEX network_rules_tenant_id_wished_dealer_id_idx ON public.network_rules USING btree (tenant_id, wished_dealer_id);
alter table network_rules enable row level security;
create policy tenant on network_rules for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on network_rules to infotech_app;
grant update (place, name, brand_id, model_id, interest, city, wished_dealer_id, to_dealer_id, to_outlet_id, only_open, is_active, version) on network_rules to infotech_app;

create table network_shares (
  tenant_id uuid not null,
  lead_id uuid not null,
  distributor_tenant_id uuid not null,
  person_id uuid not null,
  at timestamp with time zone not null,
  basis text not null,
  constraint network_shares_pkey PRIMARY KEY (tenant_id, lead_id, distributor_tenant_id),
  constraint network_shares_basis_check CHECK ((basis = ANY (ARRAY['consent'::text, 'contract'::text]))),
  constraint network_shares_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT
);
CREATE INDEX network_shares_tenant_id_person_id_idx ON public.network_shares USING btree (tenant_id, person_id);
alter table network_shares enable row level security;
create policy tenant on network_shares for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on network_shares to infotech_app;

create table network_tokens (
  tenant_id uuid not null,
  token bytea not null,
  lead_id uuid not null,
  number bigint not null,
  dealer_tenant_id uuid,
  person_id uuid,
  at timestamp with time zone not null,
  constraint network_tokens_pkey PRIMARY KEY (tenant_id, token, lead_id),
  constraint network_tokens_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX network_tokens_tenant_id_at_idx ON public.network_tokens USING btree (tenant_id, at);
CREATE INDEX network_tokens_tenant_id_lead_id_idx ON public.network_tokens USING btree (tenant_id, lead_id);
CREATE INDEX network_tokens_tenant_id_person_id_idx ON public.network_tokens USING btree (tenant_id, person_id);
alter table network_tokens enable row level security;
create policy tenant on network_tokens for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on network_tokens to infotech_app;

create table network_transfers (
  tenant_id uuid not null,
  id uuid not null,
  lead_id uuid not null,
  person_id uuid not null,
  dealer_id uuid not null,
  via text not null,
  basis text,
  consent_event_id uuid,
  external_ref text not null,
  state text default 'waiting'::text not null,
  at timestamp with time zone not null,
  done_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint network_transfers_pkey PRIMARY KEY (tenant_id, id),
  constraint network_transfers_basis_check CHECK ((basis = ANY (ARRAY['consent'::text, 'contract'::text]))),
  constraint network_transfers_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'ready'::text, 'done'::text, 'refused'::text, 'failed'::text]))),
  constraint network_transfers_via_check CHECK ((via = ANY (ARRAY['crm'::text, 'poll'::text, 'push'::text]))),
  constraint network_transfers_tenant_id_dealer_id_fkey FOREIGN KEY (tenant_id, dealer_id) REFERENCES network_dealers(tenant_id, id) ON DELETE RESTRICT,
  constraint network_transfers_tenant_id_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES network_leads(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX network_transfers_tenant_id_dealer_id_person_id_idx ON public.network_transfers USING btree (tenant_id, dealer_id, person_id);
CREATE INDEX network_transfers_tenant_id_lead_id_at_idx ON public.network_transfers USING btree (tenant_id, lead_id, at);
CREATE INDEX network_transfers_tenant_id_person_id_idx ON public.network_transfers USING btree (tenant_id, person_id);
alter table network_transfers enable row level security;
create policy tenant on network_transfers for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on network_transfers to infotech_app;
grant update (basis, consent_event_id, state, done_at, ended_at) on network_transfers to infotech_app;
grant select on network_transfers to infotech_vault;

create table objections (
  tenant_id uuid not null,
  id uuid not null,
  token bytea not null,
  channel text not null,
  how text not null,
  by_id uuid,
  at timestamp with time zone not null,
  lifted_at timestamp with time zone,
  constraint objections_pkey PRIMARY KEY (tenant_id, id),
  constraint objections_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text, 'call'::text]))),
  constraint objections_how_check CHECK ((how = ANY (ARRAY['site'::text, 'portal'::text, 'staff_call'::text, 'staff_paper'::text, 'unsubscribe_link'::text, 'import'::text]))),
  constraint objections_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX objections_live_key ON public.objections USING btree (tenant_id, token, channel) WHERE (lifted_at IS NULL);
alter table objections enable row level security;
create policy tenant on objections for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on objections to infotech_app;
grant update (at, lifted_at) on objections to infotech_app;

create table outbound_messages (
  tenant_id uuid not null,
  id uuid not null,
  mailing_id uuid,
  template_id uuid,
  letter text,
  payload jsonb default '{}'::jsonb not null,
  person_id uuid,
  channel text not null,
  kind text not null,
  purpose text not null,
  address_token bytea,
  state text not null,
  because text,
  consent_event_id uuid,
  attempts integer default 0 not null,
  queued_at timestamp with time zone not null,
  claimed_at timestamp with time zone,
  settled_at timestamp with time zone,
  constraint outbound_messages_pkey PRIMARY KEY (tenant_id, id),
  constraint outbound_messages_channel_check CHECK ((channel = ANY (ARRAY['email'::text, 'sms'::text]))),
  constraint outbound_messages_check CHECK (((address_token IS NULL) OR (state = ANY (ARRAY['queued'::text, 'sending'::text])))),
  constraint outbound_messages_kind_check CHECK ((kind = ANY (ARRAY['service'::text, 'advertising'::text]))),
  constraint outbound_messages_purpose_check CHECK ((purpose = ANY (ARRAY['marketing'::text, 'request_handling'::text, 'sale'::text, 'service'::text, 'rights'::text]))),
  constraint outbound_messages_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'refused'::text, 'cancelled'::text, 'failed'::text]))),
  constraint outbound_messages_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT,
  constraint outbound_messages_tenant_id_mailing_id_fkey FOREIGN KEY (tenant_id, mailing_id) REFERENCES mailings(tenant_id, id) ON DELETE RESTRICT,
  constraint outbound_messages_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE SET NULL (person_id),
  constraint outbound_messages_tenant_id_template_id_fkey FOREIGN KEY (tenant_id, template_id) REFERENCES mail_templates(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX outbound_messages_next_key ON public.outbound_messages USING btree (tenant_id, mailing_id, attempts, id) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text]));
CREATE UNIQUE INDEX outbound_messages_once_key ON public.outbound_messages USING btree (tenant_id, mailing_id, person_id);
CREATE INDEX outbound_messages_tenant_id_address_token_idx ON public.outbound_messages USING btree (tenant_id, address_token) WHERE (address_token IS NOT NULL);
CREATE INDEX outbound_messages_tenant_id_mailing_id_state_because_id_idx ON public.outbound_messages USING btree (tenant_id, mailing_id, state, because, id);
CREATE INDEX outbound_messages_tenant_id_person_id_state_idx ON public.outbound_messages USING btree (tenant_id, person_id, state);
CREATE INDEX outbound_messages_tenant_id_template_id_idx ON public.outbound_messages USING btree (tenant_id, template_id);
alter table outbound_messages enable row level security;
create policy tenant on outbound_messages for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on outbound_messages to infotech_app;
grant update (address_token, state, because, consent_event_id, attempts, claimed_at, settled_at) on outbound_messages to infotech_app;
grant select (tenant_id, person_id, purpose, state) on outbound_messages to infotech_vault;

create table outlets (
  tenant_id uuid not null,
  id uuid not null,
  name text not null,
  address text not null,
  time_zone text not null,
  hours jsonb not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  constraint outlets_pkey PRIMARY KEY (tenant_id, id),
  constraint outlets_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT
);
alter table outlets enable row level security;
create policy tenant on outlets for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on outlets to infotech_app;
grant update (name, address, time_zone, hours, version) on outlets to infotech_app;

create table person_vehicles (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  model_id uuid,
  year integer,
  relation text not null,
  since date,
  constraint person_vehicles_pkey PRIMARY KEY (tenant_id, id),
  constraint person_vehicles_relation_check CHECK ((relation = ANY (ARRAY['owns'::text, 'trade_in'::text, 'bought_here'::text]))),
  constraint person_vehicles_model_id_fkey FOREIGN KEY (model_id) REFERENCES models(id) ON DELETE RESTRICT,
  constraint person_vehicles_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX person_vehicles_tenant_id_person_id_idx ON public.person_vehicles USING btree (tenant_id, person_id);
alter table person_vehicles enable row level security;
create policy tenant on person_vehicles for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on person_vehicles to infotech_app;

create table persons (
  tenant_id uuid not null,
  id uuid not null,
  kind text default 'customer'::text not null,
  outlet_id uuid,
  responsible_id uuid,
  restricted_at timestamp with time zone,
  destroy_after timestamp with time zone,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  unproved text,
  specialist_id uuid,
  block_stage text,
  constraint persons_pkey PRIMARY KEY (tenant_id, id),
  constraint persons_block_stage_check CHECK ((block_stage = ANY (ARRAY['near'::text, 'urgent'::text, 'late'::text]))),
  constraint persons_kind_check CHECK ((kind = ANY (ARRAY['customer'::text, 'employee'::text]))),
  constraint persons_unproved_check CHECK ((unproved = ANY (ARRAY['fresh'::text, 'email'::text, 'phone'::text, 'both'::text]))),
  constraint persons_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT,
  constraint persons_tenant_id_outlet_id_fkey FOREIGN KEY (tenant_id, outlet_id) REFERENCES outlets(tenant_id, id) ON DELETE RESTRICT,
  constraint persons_tenant_id_responsible_id_fkey FOREIGN KEY (tenant_id, responsible_id) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT,
  constraint persons_tenant_id_specialist_id_fkey FOREIGN KEY (tenant_id, specialist_id) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX persons_tenant_id_destroy_after_idx ON public.persons USING btree (tenant_id, destroy_after) WHERE (destroy_after IS NOT NULL);
CREATE INDEX persons_tenant_id_kind_updated_at_id_idx ON public.persons USING btree (tenant_id, kind, updated_at DESC, id);
CREATE INDEX persons_tenant_id_outlet_id_idx ON public.persons USING btree (tenant_id, outlet_id);
CREATE INDEX persons_tenant_id_responsible_id_idx ON public.persons USING btree (tenant_id, responsible_id);
CREATE INDEX persons_tenant_id_restricted_at_idx ON public.persons USING btree (tenant_id, restricted_at) WHERE (restricted_at IS NOT NULL);
CREATE INDEX persons_tenant_id_specialist_id_idx ON public.persons USING btree (tenant_id, specialist_id);
alter table persons enable row level security;
create policy tenant on persons for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on persons to infotech_app;
grant update (outlet_id, responsible_id, restricted_at, destroy_after, version, updated_at, unproved, specialist_id, block_stage) on persons to infotech_app;
grant select on persons to infotech_vault;
grant update (destroy_after) on persons to infotech_vault;

create table policy_contacts (
  tenant_id uuid not null,
  email text not null,
  version integer default 1 not null,
  constraint policy_contacts_pkey PRIMARY KEY (tenant_id),
  constraint policy_contacts_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT
);
alter table policy_contacts enable row level security;
create policy tenant on policy_contacts for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on policy_contacts to infotech_app;
grant update (email, version) on policy_contacts to infotech_app;

create table policy_marks (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  policy_id uuid not null,
  at timestamp with time zone not null,
  constraint policy_marks_pkey PRIMARY KEY (tenant_id, id),
  constraint policy_marks_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE CASCADE,
  constraint policy_marks_tenant_id_policy_id_fkey FOREIGN KEY (tenant_id, policy_id) REFERENCES policy_versions(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX policy_marks_tenant_id_person_id_idx ON public.policy_marks USING btree (tenant_id, person_id);
CREATE INDEX policy_marks_tenant_id_policy_id_idx ON public.policy_marks USING btree (tenant_id, policy_id);
alter table policy_marks enable row level security;
create policy tenant on policy_marks for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on policy_marks to infotech_app;

create table policy_versions (
  tenant_id uuid not null,
  id uuid not null,
  version integer not null,
  facts jsonb not null,
  facts_sha256 bytea not null,
  body_ru text not null,
  body_en text not null,
  page_ru text not null,
  page_en text not null,
  sha256_ru bytea not null,
  sha256_en bytea not null,
  published_by uuid,
  published_at timestamp with time zone not null,
  constraint policy_versions_pkey PRIMARY KEY (tenant_id, id),
  constraint policy_versions_tenant_id_version_key UNIQUE (tenant_id, version),
  constraint policy_versions_version_check CHECK ((version > 0)),
  constraint policy_versions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT,
  constraint policy_versions_tenant_id_published_by_fkey FOREIGN KEY (tenant_id, published_by) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX policy_versions_tenant_id_published_by_idx ON public.policy_versions USING btree (tenant_id, published_by);
alter table policy_versions enable row level security;
create policy tenant on policy_versions for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on policy_versions to infotech_app;

create table portal_challenges (
  tenant_id uuid not null,
  id uuid not null,
  address_key bigint not null,
  sealed bytea not null,
  code_hash text,
  attempts integer default 0 not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint portal_challenges_pkey PRIMARY KEY (tenant_id, id),
  constraint portal_challenges_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT
);
CREATE INDEX portal_challenges_tenant_id_address_key_created_at_idx ON public.portal_challenges USING btree (tenant_id, address_key, created_at);
CREATE INDEX portal_challenges_tenant_id_created_at_idx ON public.portal_challenges USING btree (tenant_id, created_at);
alter table portal_challenges enable row level security;
create policy tenant on portal_challenges for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on portal_challenges to infotech_app;
grant update (code_hash, attempts, used_at) on portal_challenges to infotech_app;

create table portal_links (
  tenant_id uuid not null,
  id uuid not null,
  token_hash bytea not null,
  person_id uuid not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint portal_links_pkey PRIMARY KEY (tenant_id, id),
  constraint portal_links_tenant_id_token_hash_key UNIQUE (tenant_id, token_hash),
  constraint portal_links_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX portal_links_tenant_id_created_at_idx ON public.portal_links USING btree (tenant_id, created_at);
CREATE INDEX portal_links_tenant_id_person_id_idx ON public.portal_links USING btree (tenant_id, person_id);
alter table portal_links enable row level security;
create policy tenant on portal_links for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on portal_links to infotech_app;
grant update (used_at) on portal_links to infotech_app;

create table portal_session_persons (
  tenant_id uuid not null,
  session_id uuid not null,
  person_id uuid not null,
  constraint portal_session_persons_pkey PRIMARY KEY (tenant_id, session_id, person_id),
  constraint portal_session_persons_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE CASCADE,
  constraint portal_session_persons_tenant_id_session_id_fkey FOREIGN KEY (tenant_id, session_id) REFERENCES portal_sessions(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX portal_session_persons_tenant_id_person_id_idx ON public.portal_session_persons USING btree (tenant_id, person_id);
alter table portal_session_persons enable row level security;
create policy tenant on portal_session_persons for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on portal_session_persons to infotech_app;
grant select on portal_session_persons to infotech_vault;

create table portal_sessions (
  tenant_id uuid not null,
  id uuid not null,
  token_hash bytea not null,
  how text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  is_proved boolean default false not null,
  act_ids uuid[] default '{}'::uuid[] not null,
  constraint portal_sessions_pkey PRIMARY KEY (tenant_id, id),
  constraint portal_sessions_tenant_id_token_hash_key UNIQUE (tenant_id, token_hash),
  constraint portal_sessions_how_check CHECK ((how = ANY (ARRAY['code'::text, 'link'::text]))),
  constraint portal_sessions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT
);
CREATE INDEX portal_sessions_tenant_id_expires_at_idx ON public.portal_sessions USING btree (tenant_id, expires_at);
alter table portal_sessions enable row level security;
create policy tenant on portal_sessions for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on portal_sessions to infotech_app;
grant update (last_seen_at, ended_at, act_ids) on portal_sessions to infotech_app;
grant select on portal_sessions to infotech_vault;

create table received_transfers (
  tenant_id uuid not null,
  id uuid not null,
  distributor_tenant_id uuid not null,
  distributor text not null,
  network_lead_id uuid not null,
  number bigint not null,
  lead_id uuid not null,
  basis text not null,
  at timestamp with time zone not null,
  take_due_at timestamp with time zone not null,
  first_contact_due_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_because text,
  dispute_state text,
  dispute_reason text,
  dispute_decision text,
  version integer default 1 not null,
  constraint received_transfers_pkey PRIMARY KEY (tenant_id, id),
  constraint received_transfers_basis_check CHECK ((basis = ANY (ARRAY['consent'::text, 'contract'::text]))),
  constraint received_transfers_dispute_decision_check CHECK ((dispute_decision = ANY (ARRAY['confirmed'::text, 'goodwill'::text, 'not_confirmed'::text, 'too_late'::text, 'no_evidence'::text]))),
  constraint received_transfers_dispute_reason_check CHECK ((dispute_reason = ANY (ARRAY['no_such_contact'::text, 'not_ours'::text, 'client_of_another'::text, 'asked_already'::text, 'spam'::text, 'came_late'::text, 'client_does_not_wait'::text]))),
  constraint received_transfers_dispute_state_check CHECK ((dispute_state = ANY (ARRAY['open'::text, 'accepted'::text, 'rejected'::text]))),
  constraint received_transfers_ended_because_check CHECK ((ended_because = ANY (ARRAY['taken_back'::text, 'withdrawn'::text, 'destroyed'::text]))),
  constraint received_transfers_tenant_id_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX received_transfers_tenant_id_at_id_idx ON public.received_transfers USING btree (tenant_id, at DESC, id DESC);
CREATE INDEX received_transfers_tenant_id_lead_id_idx ON public.received_transfers USING btree (tenant_id, lead_id);
alter table received_transfers enable row level security;
create policy tenant on received_transfers for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on received_transfers to infotech_app;
grant update (take_due_at, first_contact_due_at, ended_at, ended_because, dispute_state, dispute_reason, dispute_decision, version) on received_transfers to infotech_app;

create table recipient_notices (
  tenant_id uuid not null,
  id uuid not null,
  act_id uuid,
  transfer_id uuid,
  dealer_id uuid,
  recipient text not null,
  number bigint,
  what text not null,
  queued_at timestamp with time zone not null,
  told_at timestamp with time zone,
  how text,
  constraint recipient_notices_pkey PRIMARY KEY (tenant_id, id),
  constraint recipient_notices_tenant_id_transfer_id_what_key UNIQUE (tenant_id, transfer_id, what),
  constraint recipient_notices_check CHECK (((told_at IS NULL) = (how IS NULL))),
  constraint recipient_notices_check1 CHECK (((act_id IS NOT NULL) OR (transfer_id IS NOT NULL))),
  constraint recipient_notices_how_check CHECK ((how = ANY (ARRAY['here'::text, 'push'::text, 'poll'::text, 'by_hand'::text]))),
  constraint recipient_notices_what_check CHECK ((what = ANY (ARRAY['withdrawn'::text, 'corrected'::text, 'destroyed'::text, 'restricted'::text]))),
  constraint recipient_notices_tenant_id_act_id_fkey FOREIGN KEY (tenant_id, act_id) REFERENCES destruction_acts(tenant_id, id) ON DELETE CASCADE,
  constraint recipient_notices_tenant_id_dealer_id_fkey FOREIGN KEY (tenant_id, dealer_id) REFERENCES network_dealers(tenant_id, id) ON DELETE RESTRICT,
  constraint recipient_notices_tenant_id_transfer_id_fkey FOREIGN KEY (tenant_id, transfer_id) REFERENCES network_transfers(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX recipient_notices_open ON public.recipient_notices USING btree (tenant_id, queued_at) WHERE (told_at IS NULL);
CREATE INDEX recipient_notices_tenant_id_act_id_idx ON public.recipient_notices USING btree (tenant_id, act_id);
CREATE INDEX recipient_notices_tenant_id_dealer_id_queued_at_idx ON public.recipient_notices USING btree (tenant_id, dealer_id, queued_at DESC);
alter table recipient_notices enable row level security;
create policy tenant on recipient_notices for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on recipient_notices to infotech_app;
grant update (queued_at, told_at, how) on recipient_notices to infotech_app;

create table request_events (
  tenant_id uuid not null,
  id uuid not null,
  request_id uuid not null,
  kind text not null,
  at timestamp with time zone not null,
  by_id uuid,
  details jsonb default '{}'::jsonb not null,
  has_text boolean default false not null,
  constraint request_events_pkey PRIMARY KEY (tenant_id, id),
  constraint request_events_kind_check CHECK ((kind = ANY (ARRAY['received'::text, 'identified'::text, 'taken'::text, 'restricted'::text, 'lifted'::text, 'extended'::text, 'packed'::text, 'answered'::text, 'refused'::text, 'executed'::text, 'told'::text, 'untold'::text]))),
  constraint request_events_tenant_id_request_id_fkey FOREIGN KEY (tenant_id, request_id) REFERENCES subject_requests(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX request_events_tenant_id_request_id_at_id_idx ON public.request_events USING btree (tenant_id, request_id, at, id);
alter table request_events enable row level security;
create policy tenant on request_events for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on request_events to infotech_app;

create table routing_rules (
  tenant_id uuid not null,
  id uuid not null,
  place integer not null,
  name text not null,
  source_id uuid,
  interest text,
  outlet_id uuid,
  to_outlet_id uuid not null,
  to_department_kind text not null,
  to_employee_id uuid,
  is_active boolean default true not null,
  version integer default 1 not null,
  constraint routing_rules_pkey PRIMARY KEY (tenant_id, id),
  constraint routing_rules_tenant_id_outlet_id_fkey FOREIGN KEY (tenant_id, outlet_id) REFERENCES outlets(tenant_id, id) ON DELETE RESTRICT,
  constraint routing_rules_tenant_id_source_id_fkey FOREIGN KEY (tenant_id, source_id) REFERENCES lead_sources(tenant_id, id) ON DELETE RESTRICT,
  constraint routing_rules_tenant_id_to_employee_id_fkey FOREIGN KEY (tenant_id, to_employee_id) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT,
  constraint routing_rules_tenant_id_to_outlet_id_fkey FOREIGN KEY (tenant_id, to_outlet_id) REFERENCES outlets(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX routing_rules_tenant_id_outlet_id_idx ON public.routing_rules USING btree (tenant_id, outlet_id);
CREATE INDEX routing_rules_tenant_id_place_idx ON public.routing_rules USING btree (tenant_id, place);
CREATE INDEX routing_rules_tenant_id_source_id_idx ON public.routing_rules USING btree (tenant_id, source_id);
CREATE INDEX routing_rules_tenant_id_to_employee_id_idx ON public.routing_rules USING btree (tenant_id, to_employee_id);
CREATE INDEX routing_rules_tenant_id_to_outlet_id_idx ON public.routing_rules USING btree (tenant_id, to_outlet_id);
alter table routing_rules enable row level security;
create policy tenant on routing_rules for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on routing_rules to infotech_app;
grant update (place, name, source_id, interest, outlet_id, to_outlet_id, to_department_kind, to_employee_id, is_active, version) on routing_rules to infotech_app;

create table search_tokens (
  tenant_id uuid not null,
  token bigint not null,
  person_id uuid not null,
  kind smallint not null,
  constraint search_tokens_pkey PRIMARY KEY (tenant_id, token, person_id)
);
CREATE INDEX search_tokens_tenant_id_person_id_idx ON public.search_tokens USING btree (tenant_id, person_id);
alter table search_tokens enable row level security;
create policy tenant on search_tokens for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert on search_tokens to infotech_app;
grant select (tenant_id, person_id, kind) on search_tokens to infotech_app;
grant delete, insert, select on search_tokens to infotech_vault;

create table sessions (
  tenant_id uuid not null,
  id uuid not null,
  token_hash bytea not null,
  employee_id uuid not null,
  device text not null,
  created_at timestamp with time zone default now() not null,
  last_seen_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  reauthenticated_at timestamp with time zone default now() not null,
  revoked_at timestamp with time zone,
  constraint sessions_pkey PRIMARY KEY (tenant_id, id),
  constraint sessions_tenant_id_token_hash_key UNIQUE (tenant_id, token_hash),
  constraint sessions_tenant_id_employee_id_fkey FOREIGN KEY (tenant_id, employee_id) REFERENCES employees(tenant_id, id) ON DELETE CASCADE
);
CREATE INDEX sessions_tenant_id_employee_id_idx ON public.sessions USING btree (tenant_id, employee_id);
alter table sessions enable row level security;
create policy tenant on sessions for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on sessions to infotech_app;
grant update (last_seen_at, reauthenticated_at, revoked_at) on sessions to infotech_app;
grant select on sessions to infotech_vault;

create table site_models (
  tenant_id uuid not null,
  model_id uuid not null,
  place integer default 0 not null,
  headline text not null,
  body_type text not null,
  price_from_kopecks bigint not null,
  trims jsonb default '[]'::jsonb not null,
  is_shown boolean default true not null,
  version integer default 1 not null,
  constraint site_models_pkey PRIMARY KEY (tenant_id, model_id),
  constraint site_models_body_type_check CHECK ((body_type = ANY (ARRAY['sedan'::text, 'liftback'::text, 'hatchback'::text, 'wagon'::text, 'crossover'::text, 'suv'::text, 'pickup'::text, 'van'::text]))),
  constraint site_models_price_from_kopecks_check CHECK ((price_from_kopecks > 0)),
  constraint site_models_model_id_fkey FOREIGN KEY (model_id) REFERENCES models(id) ON DELETE RESTRICT,
  constraint site_models_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT
);
alter table site_models enable row level security;
create policy tenant on site_models for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on site_models to infotech_app;
grant update (place, headline, body_type, price_from_kopecks, trims, is_shown, version) on site_models to infotech_app;

create table site_requests (
  tenant_id uuid not null,
  lead_id uuid not null,
  language text not null,
  campaign text,
  at timestamp with time zone not null,
  constraint site_requests_pkey PRIMARY KEY (tenant_id, lead_id),
  constraint site_requests_campaign_check CHECK ((campaign ~ '^[a-z0-9_.-]{1,60}$'::text)),
  constraint site_requests_language_check CHECK ((language = ANY (ARRAY['ru'::text, 'en'::text]))),
  constraint site_requests_tenant_id_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads(tenant_id, id) ON DELETE CASCADE
);
alter table site_requests enable row level security;
create policy tenant on site_requests for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on site_requests to infotech_app;

create table site_slugs (
  slug text not null,
  tenant_id uuid not null,
  constraint site_slugs_pkey PRIMARY KEY (slug),
  constraint site_slugs_slug_check CHECK ((slug ~ '^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$'::text)),
  constraint site_slugs_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX site_slugs_tenant_id_idx ON public.site_slugs USING btree (tenant_id);
grant delete, insert, select on site_slugs to infotech_app;

create table site_visits (
  tenant_id uuid not null,
  day date not null,
  page text not null,
  views integer not null,
  visitors integer not null,
  constraint site_visits_pkey PRIMARY KEY (tenant_id, day, page),
  constraint site_visits_page_check CHECK ((page = ANY (ARRAY['home'::text, 'models'::text, 'model'::text, 'dealers'::text, 'request'::text, 'done'::text, 'consents'::text, 'cookies'::text]))),
  constraint site_visits_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT
);
alter table site_visits enable row level security;
create policy tenant on site_visits for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on site_visits to infotech_app;
grant update (views, visitors) on site_visits to infotech_app;

create table sites (
  tenant_id uuid not null,
  name text not null,
  is_open boolean default true not null,
  version integer default 1 not null,
  headline text default ''::text not null,
  about text default ''::text not null,
  constraint sites_pkey PRIMARY KEY (tenant_id),
  constraint sites_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT
);
alter table sites enable row level security;
create policy tenant on sites for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on sites to infotech_app;
grant update (name, is_open, version, headline, about) on sites to infotech_app;
grant select on sites to infotech_vault;

create table stock_vehicles (
  tenant_id uuid not null,
  id uuid not null,
  outlet_id uuid not null,
  model_id uuid not null,
  vin text not null,
  condition text not null,
  role text not null,
  status text not null,
  year integer not null,
  colour text not null,
  trim text not null,
  price_kopecks bigint not null,
  mileage_km integer default 0 not null,
  arrived_on date,
  version integer default 1 not null,
  constraint stock_vehicles_pkey PRIMARY KEY (tenant_id, id),
  constraint stock_vehicles_tenant_id_vin_key UNIQUE (tenant_id, vin),
  constraint stock_vehicles_condition_check CHECK ((condition = ANY (ARRAY['new'::text, 'used'::text]))),
  constraint stock_vehicles_role_check CHECK ((role = ANY (ARRAY['sale'::text, 'demo'::text]))),
  constraint stock_vehicles_status_check CHECK ((status = ANY (ARRAY['in_stock'::text, 'in_transit'::text, 'reserved'::text, 'sold'::text]))),
  constraint stock_vehicles_model_id_fkey FOREIGN KEY (model_id) REFERENCES models(id) ON DELETE RESTRICT,
  constraint stock_vehicles_tenant_id_outlet_id_fkey FOREIGN KEY (tenant_id, outlet_id) REFERENCES outlets(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX stock_vehicles_tenant_id_outlet_id_role_status_idx ON public.stock_vehicles USING btree (tenant_id, outlet_id, role, status);
alter table stock_vehicles enable row level security;
create policy tenant on stock_vehicles for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on stock_vehicles to infotech_app;
grant update (outlet_id, role, status, price_kopecks, mileage_km, version) on stock_vehicles to infotech_app;

create table subject_notices (
  tenant_id uuid not null,
  id uuid not null,
  transfer_id uuid not null,
  distributor_tenant_id uuid not null,
  number bigint not null,
  lead_id uuid,
  what text not null,
  ended_ground boolean default false not null,
  at timestamp with time zone not null,
  seen_at timestamp with time zone,
  constraint subject_notices_pkey PRIMARY KEY (tenant_id, id),
  constraint subject_notices_tenant_id_transfer_id_what_key UNIQUE (tenant_id, transfer_id, what),
  constraint subject_notices_what_check CHECK ((what = ANY (ARRAY['withdrawn'::text, 'corrected'::text, 'destroyed'::text, 'restricted'::text]))),
  constraint subject_notices_tenant_id_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads(tenant_id, id) ON DELETE SET NULL (lead_id)
);
CREATE INDEX subject_notices_tenant_id_at_id_idx ON public.subject_notices USING btree (tenant_id, at DESC, id DESC);
CREATE INDEX subject_notices_tenant_id_lead_id_idx ON public.subject_notices USING btree (tenant_id, lead_id);
alter table subject_notices enable row level security;
create policy tenant on subject_notices for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on subject_notices to infotech_app;
grant update (ended_ground, at, seen_at) on subject_notices to infotech_app;

create table subject_requests (
  tenant_id uuid not null,
  id uuid not null,
  number integer not null,
  kind text not null,
  channel text not null,
  person_id uuid,
  received_on date not null,
  received_at timestamp with time zone not null,
  started_on date not null,
  term text not null,
  due_on date not null,
  ends_on date not null,
  extended_to date,
  noticed_at timestamp with time zone,
  identity text default 'unknown'::text not null,
  state text default 'new'::text not null,
  has_words boolean not null,
  draft_id uuid,
  repeat_of uuid,
  refusal_reason text,
  answered_at timestamp with time zone,
  answer_pdf_id uuid,
  answer_json_id uuid,
  responsible_id uuid,
  version integer default 1 not null,
  updated_at timestamp with time zone not null,
  constraint subject_requests_pkey PRIMARY KEY (tenant_id, id),
  constraint subject_requests_tenant_id_number_key UNIQUE (tenant_id, number),
  constraint subject_requests_channel_check CHECK ((channel = ANY (ARRAY['portal'::text, 'email'::text, 'paper'::text, 'phone'::text]))),
  constraint subject_requests_identity_check CHECK ((identity = ANY (ARRAY['unknown'::text, 'portal'::text, 'document'::text, 'office'::text]))),
  constraint subject_requests_kind_check CHECK ((kind = ANY (ARRAY['access'::text, 'rectify'::text, 'block'::text, 'destroy'::text, 'stop'::text, 'withdraw'::text, 'stop_marketing'::text, 'auto_objection'::text, 'regulator'::text]))),
  constraint subject_requests_refusal_reason_check CHECK ((refusal_reason = ANY (ARRAY['repeat'::text, 'not_conforming'::text, 'third_party_rights'::text, 'law_enforcement'::text, 'aml'::text, 'defence'::text, 'not_proved'::text, 'other_grounds'::text, 'no_automated'::text]))),
  constraint subject_requests_state_check CHECK ((state = ANY (ARRAY['new'::text, 'in_work'::text, 'answered'::text, 'refused'::text, 'executed'::text]))),
  constraint subject_requests_term_check CHECK ((term = ANY (ARRAY['D_ACCESS'::text, 'D_RECTIFY'::text, 'D_ERASE_PROOF'::text, 'D_BLOCK'::text, 'D_STOP'::text, 'D_WITHDRAW'::text, 'D_MARKETING'::text, 'D_AUTO_OBJ'::text, 'D_RKN'::text]))),
  constraint subject_requests_tenant_id_answer_json_id_fkey FOREIGN KEY (tenant_id, answer_json_id) REFERENCES files(tenant_id, id) ON DELETE SET NULL (answer_json_id),
  constraint subject_requests_tenant_id_answer_pdf_id_fkey FOREIGN KEY (tenant_id, answer_pdf_id) REFERENCES files(tenant_id, id) ON DELETE SET NULL (answer_pdf_id),
  constraint subject_requests_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT,
  constraint subject_requests_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE SET NULL (person_id),
  constraint subject_requests_tenant_id_repeat_of_fkey FOREIGN KEY (tenant_id, repeat_of) REFERENCES subject_requests(tenant_id, id) ON DELETE SET NULL (repeat_of),
  constraint subject_requests_tenant_id_responsible_id_fkey FOREIGN KEY (tenant_id, responsible_id) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX subject_requests_tenant_id_answer_json_id_idx ON public.subject_requests USING btree (tenant_id, answer_json_id);
CREATE INDEX subject_requests_tenant_id_answer_pdf_id_idx ON public.subject_requests USING btree (tenant_id, answer_pdf_id);
CREATE INDEX subject_requests_tenant_id_person_id_idx ON public.subject_requests USING btree (tenant_id, person_id);
CREATE INDEX subject_requests_tenant_id_repeat_of_idx ON public.subject_requests USING btree (tenant_id, repeat_of);
CREATE INDEX subject_requests_tenant_id_responsible_id_idx ON public.subject_requests USING btree (tenant_id, responsible_id);
CREATE INDEX subject_requests_tenant_id_state_due_on_id_idx ON public.subject_requests USING btree (tenant_id, state, due_on, id);
alter table subject_requests enable row level security;
create policy tenant on subject_requests for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on subject_requests to infotech_app;
grant update (started_on, due_on, ends_on, extended_to, noticed_at, identity, state, refusal_reason, answered_at, answer_pdf_id, answer_json_id, responsible_id, version, updated_at) on subject_requests to infotech_app;

create table tasks (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid not null,
  lead_id uuid,
  deal_id uuid,
  kind text not null,
  responsible_id uuid not null,
  due_at timestamp with time zone not null,
  done_at timestamp with time zone,
  version integer default 1 not null,
  constraint tasks_pkey PRIMARY KEY (tenant_id, id),
  constraint tasks_kind_check CHECK ((kind = ANY (ARRAY['call'::text, 'meet'::text, 'send_offer'::text, 'prepare_papers'::text, 'other'::text]))),
  constraint tasks_tenant_id_deal_id_fkey FOREIGN KEY (tenant_id, deal_id) REFERENCES deals(tenant_id, id) ON DELETE SET NULL (deal_id),
  constraint tasks_tenant_id_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads(tenant_id, id) ON DELETE SET NULL (lead_id),
  constraint tasks_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE CASCADE,
  constraint tasks_tenant_id_responsible_id_fkey FOREIGN KEY (tenant_id, responsible_id) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX tasks_tenant_id_deal_id_idx ON public.tasks USING btree (tenant_id, deal_id);
CREATE INDEX tasks_tenant_id_lead_id_idx ON public.tasks USING btree (tenant_id, lead_id);
CREATE INDEX tasks_tenant_id_person_id_idx ON public.tasks USING btree (tenant_id, person_id);
CREATE INDEX tasks_tenant_id_responsible_id_due_at_idx ON public.tasks USING btree (tenant_id, responsible_id, due_at) WHERE (done_at IS NULL);
CREATE INDEX tasks_tenant_id_responsible_id_idx ON public.tasks USING btree (tenant_id, responsible_id);
alter table tasks enable row level security;
create policy tenant on tasks for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on tasks to infotech_app;
grant update (responsible_id, due_at, done_at, version) on tasks to infotech_app;

create table tenants (
  tenant_id uuid not null,
  kind text not null,
  name text not null,
  inn text not null,
  kpp text,
  ogrn text not null,
  address text not null,
  version integer default 1 not null,
  created_at timestamp with time zone default now() not null,
  constraint tenants_pkey PRIMARY KEY (tenant_id),
  constraint tenants_kind_check CHECK ((kind = ANY (ARRAY['dealer'::text, 'distributor'::text, 'platform'::text])))
);
alter table tenants enable row level security;
create policy sealer on tenants for select to infotech_sealer using (true);
create policy tenant on tenants for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on tenants to infotech_app;
grant update (name, inn, kpp, ogrn, address, version) on tenants to infotech_app;
grant select (tenant_id) on tenants to infotech_sealer;
grant select on tenants to infotech_vault;

create table test_drives (
  tenant_id uuid not null,
  id uuid not null,
  person_id uuid,
  lead_id uuid,
  deal_id uuid,
  vehicle_id uuid not null,
  outlet_id uuid not null,
  responsible_id uuid not null,
  starts_at timestamp with time zone not null,
  minutes integer default 60 not null,
  status text not null,
  version integer default 1 not null,
  constraint test_drives_pkey PRIMARY KEY (tenant_id, id),
  constraint test_drives_minutes_check CHECK (((minutes >= 15) AND (minutes <= 240))),
  constraint test_drives_status_check CHECK ((status = ANY (ARRAY['booked'::text, 'done'::text, 'cancelled'::text, 'no_show'::text]))),
  constraint test_drives_tenant_id_deal_id_fkey FOREIGN KEY (tenant_id, deal_id) REFERENCES deals(tenant_id, id) ON DELETE SET NULL (deal_id),
  constraint test_drives_tenant_id_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads(tenant_id, id) ON DELETE SET NULL (lead_id),
  constraint test_drives_tenant_id_outlet_id_fkey FOREIGN KEY (tenant_id, outlet_id) REFERENCES outlets(tenant_id, id) ON DELETE RESTRICT,
  constraint test_drives_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE SET NULL (person_id),
  constraint test_drives_tenant_id_responsible_id_fkey FOREIGN KEY (tenant_id, responsible_id) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT,
  constraint test_drives_tenant_id_vehicle_id_fkey FOREIGN KEY (tenant_id, vehicle_id) REFERENCES stock_vehicles(tenant_id, id) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX test_drives_slot_key ON public.test_drives USING btree (tenant_id, vehicle_id, starts_at) WHERE (status = 'booked'::text);
CREATE INDEX test_drives_tenant_id_deal_id_idx ON public.test_drives USING btree (tenant_id, deal_id);
CREATE INDEX test_drives_tenant_id_lead_id_idx ON public.test_drives USING btree (tenant_id, lead_id);
CREATE INDEX test_drives_tenant_id_outlet_id_starts_at_idx ON public.test_drives USING btree (tenant_id, outlet_id, starts_at);
CREATE INDEX test_drives_tenant_id_person_id_idx ON public.test_drives USING btree (tenant_id, person_id);
CREATE INDEX test_drives_tenant_id_responsible_id_idx ON public.test_drives USING btree (tenant_id, responsible_id);
CREATE INDEX test_drives_tenant_id_vehicle_id_starts_at_idx ON public.test_drives USING btree (tenant_id, vehicle_id, starts_at);
alter table test_drives enable row level security;
create policy tenant on test_drives for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on test_drives to infotech_app;
grant update (responsible_id, status, version) on test_drives to infotech_app;

CREATE OR REPLACE FUNCTION public.accounts_forget(ids uuid[])
 RETURNS integer
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  with emptied as (
    update accounts a set login_token = decode(replace(gen_random_uuid()::text, '-', ''), 'hex'), password_hash = null, totp_sealed = null, totp_pending = null, totp_confirmed_at = null, recovery_hashes = '{}'
    where a.id = any (ids) and not exists (select from employees e where e.account_id = a.id and e.person_id is not null) returning 1)
  select count(*)::int from emptied
$function$;
grant execute on function accounts_forget(uuid[]) to infotech_app;

CREATE OR REPLACE FUNCTION public.job_is_running(job_id bigint, task text)
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select exists (
    select from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.id = job_id and t.identifier = task and j.locked_at > now() - interval '4 hours'
  )
$function$;
grant execute on function job_is_running(bigint,text) to infotech_vault;

CREATE OR REPLACE FUNCTION public.jobs_add_all(jobs json)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select from graphile_worker._private_jobs j where j.key = any (array(select new.key from json_to_recordset(jobs) as new (key text))) order by j.key for update;
  select from graphile_worker.add_jobs(array(
    select (j.task, j.payload, null, j."runAt", null, j.key, null, null)::graphile_worker.job_spec
    from rows from (json_to_recordset(jobs) as (task text, payload json, "runAt" timestamptz, key text)) with ordinality j order by j.ordinality))
$function$;
grant execute on function jobs_add_all(json) to infotech_app;

CREATE OR REPLACE FUNCTION public.jobs_add(task text, payload json, run_at timestamp with time zone DEFAULT NULL::timestamp with time zone, job_key text DEFAULT NULL::text)
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
  select from graphile_worker._private_jobs j where j.key = job_key for update;
  select j.id from graphile_worker.add_job(identifier => task, payload => payload, run_at => run_at, job_key => job_key) j
$function$;
grant execute on function jobs_add(text,json,timestamp with time zone,text) to infotech_app, infotech_sealer;

CREATE OR REPLACE FUNCTION public.mail_door(token text)
 RETURNS TABLE(tenant_id uuid, source_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select s.tenant_id, s.id from lead_sources s where s.mail_token = token and s.is_active limit 1
$function$;
grant execute on function mail_door(text) to infotech_worker;

CREATE OR REPLACE FUNCTION public.platform_company()
 RETURNS TABLE(name text, address text)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select t.name, t.address from tenants t where t.kind = 'platform' order by t.created_at limit 1
$function$;
grant execute on function platform_company() to infotech_app;

CREATE OR REPLACE FUNCTION public.vitals()
 RETURNS TABLE(jobs_waiting integer, oldest_job_seconds double precision, jobs_failed integer, workers integer, unsealed_seconds double precision)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public', 'pg_temp'
AS $function$
  select
    (select count(*)::int from graphile_worker._private_jobs where locked_at is null and run_at <= now() and attempts < max_attempts),
    coalesce((select extract(epoch from now() - min(run_at)) from graphile_worker._private_jobs where locked_at is null and run_at <= now() and attempts < max_attempts), 0)::float8,
    (select count(*)::int from graphile_worker._private_jobs where locked_at is null and attempts >= max_attempts),
    (select count(*)::int from pg_stat_activity where datname = current_database() and usename = 'infotech_worker'),
    coalesce((select max(extract(epoch from now() - waiting.at)) from tenants t
      left join lateral (select h.upto from log_heads h where h.tenant_id = t.tenant_id order by h.generation desc, h.size desc limit 1) head on true
      cross join lateral (select e.at from log_events e where e.tenant_id = t.tenant_id and e.xid >= coalesce(head.upto, '0'::xid8)
        and not exists (select from log_leaves l where l.tenant_id = t.tenant_id and l.event_id = e.id) order by e.xid limit 1) waiting), 0)::float8
$function$;
grant execute on function vitals() to infotech_app;
