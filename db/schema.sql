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
  constraint activities_pkey PRIMARY KEY (tenant_id, id),
  constraint activities_tenant_id_code_key UNIQUE (tenant_id, code),
  constraint activities_retention_days_check CHECK ((retention_days > 0)),
  constraint activities_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT
);
alter table activities enable row level security;
create policy tenant on activities for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on activities to infotech_app;
grant update (name, purposes, bases, classes, retention_days, retention_from, legal_ref, destruction, version) on activities to infotech_app;
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
  text_id uuid not null,
  kind text not null,
  state text not null,
  how text not null,
  by_id uuid,
  at timestamp with time zone not null,
  valid_until timestamp with time zone,
  constraint consent_events_pkey PRIMARY KEY (tenant_id, id),
  constraint consent_events_how_check CHECK ((how = ANY (ARRAY['site'::text, 'portal'::text, 'staff_call'::text, 'staff_paper'::text, 'unsubscribe_link'::text, 'import'::text, 'clock'::text]))),
  constraint consent_events_kind_check CHECK ((kind = ANY (ARRAY['request'::text, 'advertising_data'::text, 'advertising_email'::text, 'advertising_sms'::text, 'advertising_call'::text, 'cookies_analytics'::text, 'cookies_marketing'::text]))),
  constraint consent_events_state_check CHECK ((state = ANY (ARRAY['given'::text, 'refused'::text, 'withdrawn'::text, 'expired'::text]))),
  constraint consent_events_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE CASCADE,
  constraint consent_events_tenant_id_text_id_fkey FOREIGN KEY (tenant_id, text_id) REFERENCES consent_texts(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX consent_events_tenant_id_person_id_kind_at_id_idx ON public.consent_events USING btree (tenant_id, person_id, kind, at DESC, id DESC);
CREATE INDEX consent_events_tenant_id_text_id_idx ON public.consent_events USING btree (tenant_id, text_id);
alter table consent_events enable row level security;
create policy tenant on consent_events for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on consent_events to infotech_app;

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
  constraint deals_pkey PRIMARY KEY (tenant_id, id),
  constraint deals_lost_reason_check CHECK ((lost_reason = ANY (ARRAY['price'::text, 'competitor'::text, 'no_stock'::text, 'no_credit'::text, 'postponed'::text, 'unreachable'::text, 'other'::text]))),
  constraint deals_stage_check CHECK ((stage = ANY (ARRAY['contact'::text, 'visit'::text, 'test_drive'::text, 'offer'::text, 'contract'::text, 'delivery'::text, 'won'::text, 'lost'::text]))),
  constraint deals_model_id_fkey FOREIGN KEY (model_id) REFERENCES models(id) ON DELETE RESTRICT,
  constraint deals_tenant_id_lead_id_fkey FOREIGN KEY (tenant_id, lead_id) REFERENCES leads(tenant_id, id) ON DELETE RESTRICT,
  constraint deals_tenant_id_outlet_id_fkey FOREIGN KEY (tenant_id, outlet_id) REFERENCES outlets(tenant_id, id) ON DELETE RESTRICT,
  constraint deals_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE SET NULL (person_id),
  constraint deals_tenant_id_responsible_id_fkey FOREIGN KEY (tenant_id, responsible_id) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX deals_tenant_id_lead_id_idx ON public.deals USING btree (tenant_id, lead_id);
CREATE INDEX deals_tenant_id_outlet_id_idx ON public.deals USING btree (tenant_id, outlet_id);
CREATE INDEX deals_tenant_id_person_id_opened_at_idx ON public.deals USING btree (tenant_id, person_id, opened_at DESC);
CREATE INDEX deals_tenant_id_responsible_id_idx ON public.deals USING btree (tenant_id, responsible_id);
CREATE INDEX deals_tenant_id_stage_stage_since_id_idx ON public.deals USING btree (tenant_id, stage, stage_since DESC, id);
alter table deals enable row level security;
create policy tenant on deals for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on deals to infotech_app;
grant update (responsible_id, model_id, stage, lost_reason, amount_kopecks, stage_since, closed_at, version) on deals to infotech_app;

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
grant update (role, position, outlet_id, department_id, is_active, version) on employees to infotech_app;
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
  constraint idempotency_keys_pkey PRIMARY KEY (tenant_id, key, actor_id),
  constraint idempotency_keys_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE CASCADE
);
CREATE INDEX idempotency_keys_tenant_id_created_at_idx ON public.idempotency_keys USING btree (tenant_id, created_at);
alter table idempotency_keys enable row level security;
create policy tenant on idempotency_keys for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on idempotency_keys to infotech_app;

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
  constraint lead_sources_pkey PRIMARY KEY (tenant_id, id),
  constraint lead_sources_tenant_id_code_key UNIQUE (tenant_id, code),
  constraint lead_sources_channel_check CHECK ((channel = ANY (ARRAY['site'::text, 'phone'::text, 'walk_in'::text, 'email'::text, 'aggregator'::text, 'distributor'::text, 'file'::text, 'api'::text]))),
  constraint lead_sources_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX lead_sources_tenant_id_mail_token_idx ON public.lead_sources USING btree (tenant_id, mail_token);
alter table lead_sources enable row level security;
create policy tenant on lead_sources for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on lead_sources to infotech_app;
grant update (name, mail_token, is_active, version) on lead_sources to infotech_app;

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
  constraint leads_pkey PRIMARY KEY (tenant_id, id),
  constraint leads_interest_check CHECK ((interest = ANY (ARRAY['new_car'::text, 'used_car'::text, 'test_drive'::text, 'trade_in'::text, 'service'::text, 'credit'::text, 'callback'::text, 'question'::text]))),
  constraint leads_result_check CHECK ((result = ANY (ARRAY['deal'::text, 'answered'::text, 'refused'::text, 'unreachable'::text, 'duplicate'::text, 'spam'::text]))),
  constraint leads_status_check CHECK ((status = ANY (ARRAY['new'::text, 'in_work'::text, 'closed'::text]))),
  constraint leads_model_id_fkey FOREIGN KEY (model_id) REFERENCES models(id) ON DELETE RESTRICT,
  constraint leads_tenant_id_outlet_id_fkey FOREIGN KEY (tenant_id, outlet_id) REFERENCES outlets(tenant_id, id) ON DELETE RESTRICT,
  constraint leads_tenant_id_person_id_fkey FOREIGN KEY (tenant_id, person_id) REFERENCES persons(tenant_id, id) ON DELETE SET NULL (person_id),
  constraint leads_tenant_id_responsible_id_fkey FOREIGN KEY (tenant_id, responsible_id) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT,
  constraint leads_tenant_id_source_id_fkey FOREIGN KEY (tenant_id, source_id) REFERENCES lead_sources(tenant_id, id) ON DELETE RESTRICT
);
CREATE UNIQUE INDEX leads_external_ref_key ON public.leads USING btree (tenant_id, source_id, external_ref);
CREATE INDEX leads_tenant_id_outlet_id_received_at_idx ON public.leads USING btree (tenant_id, outlet_id, received_at DESC);
CREATE INDEX leads_tenant_id_person_id_received_at_idx ON public.leads USING btree (tenant_id, person_id, received_at DESC);
CREATE INDEX leads_tenant_id_responsible_id_status_idx ON public.leads USING btree (tenant_id, responsible_id, status);
CREATE INDEX leads_tenant_id_source_id_idx ON public.leads USING btree (tenant_id, source_id);
CREATE INDEX leads_tenant_id_status_received_at_id_idx ON public.leads USING btree (tenant_id, status, received_at DESC, id);
alter table leads enable row level security;
create policy tenant on leads for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on leads to infotech_app;
grant update (outlet_id, department_kind, responsible_id, status, result, assigned_because, external_ref, taken_at, first_contact_at, closed_at, escalated_at, undo, version) on leads to infotech_app;

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
grant select (tenant_id, at, event, actor_id, purpose, person_ids) on log_events to infotech_vault;

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

create table models (
  id uuid not null,
  brand_id uuid not null,
  name text not null,
  constraint models_pkey PRIMARY KEY (id),
  constraint models_brand_id_name_key UNIQUE (brand_id, name),
  constraint models_brand_id_fkey FOREIGN KEY (brand_id) REFERENCES brands(id) ON DELETE RESTRICT
);
grant insert, select on models to infotech_app;

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
grant update (lifted_at) on objections to infotech_app;

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
  constraint persons_pkey PRIMARY KEY (tenant_id, id),
  constraint persons_kind_check CHECK ((kind = ANY (ARRAY['customer'::text, 'employee'::text]))),
  constraint persons_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT,
  constraint persons_tenant_id_outlet_id_fkey FOREIGN KEY (tenant_id, outlet_id) REFERENCES outlets(tenant_id, id) ON DELETE RESTRICT,
  constraint persons_tenant_id_responsible_id_fkey FOREIGN KEY (tenant_id, responsible_id) REFERENCES employees(tenant_id, id) ON DELETE RESTRICT
);
CREATE INDEX persons_tenant_id_destroy_after_idx ON public.persons USING btree (tenant_id, destroy_after) WHERE (destroy_after IS NOT NULL);
CREATE INDEX persons_tenant_id_kind_updated_at_id_idx ON public.persons USING btree (tenant_id, kind, updated_at DESC, id);
CREATE INDEX persons_tenant_id_outlet_id_idx ON public.persons USING btree (tenant_id, outlet_id);
CREATE INDEX persons_tenant_id_responsible_id_idx ON public.persons USING btree (tenant_id, responsible_id);
alter table persons enable row level security;
create policy tenant on persons for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on persons to infotech_app;
grant update (outlet_id, responsible_id, restricted_at, destroy_after, version, updated_at) on persons to infotech_app;
grant select on persons to infotech_vault;
grant update (destroy_after) on persons to infotech_vault;

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
  person_ids uuid[] default '{}'::uuid[] not null,
  constraint portal_sessions_pkey PRIMARY KEY (tenant_id, id),
  constraint portal_sessions_tenant_id_token_hash_key UNIQUE (tenant_id, token_hash),
  constraint portal_sessions_how_check CHECK ((how = ANY (ARRAY['code'::text, 'link'::text]))),
  constraint portal_sessions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT
);
CREATE INDEX portal_sessions_tenant_id_expires_at_idx ON public.portal_sessions USING btree (tenant_id, expires_at);
alter table portal_sessions enable row level security;
create policy tenant on portal_sessions for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant delete, insert, select on portal_sessions to infotech_app;
grant update (last_seen_at, ended_at) on portal_sessions to infotech_app;
grant select on portal_sessions to infotech_vault;

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
grant delete, select on search_tokens to infotech_vault;

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

create table site_slugs (
  slug text not null,
  tenant_id uuid not null,
  constraint site_slugs_pkey PRIMARY KEY (slug),
  constraint site_slugs_slug_check CHECK ((slug ~ '^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$'::text)),
  constraint site_slugs_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX site_slugs_tenant_id_idx ON public.site_slugs USING btree (tenant_id);
grant delete, insert, select on site_slugs to infotech_app;

create table sites (
  tenant_id uuid not null,
  name text not null,
  is_open boolean default true not null,
  version integer default 1 not null,
  constraint sites_pkey PRIMARY KEY (tenant_id),
  constraint sites_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants(tenant_id) ON DELETE RESTRICT
);
alter table sites enable row level security;
create policy tenant on sites for all to public using ((tenant_id = (NULLIF(current_setting('app.tenant'::text, true), ''::text))::uuid));
grant insert, select on sites to infotech_app;
grant update (name, is_open, version) on sites to infotech_app;
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

CREATE OR REPLACE FUNCTION public.jobs_add(task text, payload json, run_at timestamp with time zone DEFAULT NULL::timestamp with time zone, job_key text DEFAULT NULL::text)
 RETURNS bigint
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'pg_temp'
AS $function$
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
