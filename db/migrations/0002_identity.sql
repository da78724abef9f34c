-- previous: f91484c4984415323cdf4f98b0b9d5e164e19fa2f0a35caff538b2677f485b71
-- Companies, their outlets and staff. Staff are people too: their names and addresses lie in the vault, here are ids only.
create table tenants (
  tenant_id   uuid primary key,
  kind        text not null check (kind in ('dealer', 'distributor', 'platform')),
  name        text not null,
  inn         text not null,
  kpp         text,
  ogrn        text not null,
  address     text not null,
  version     int not null default 1,
  created_at  timestamptz not null default now()
);

create table outlets (
  tenant_id   uuid not null references tenants on delete restrict,
  id          uuid not null,
  name        text not null,
  address     text not null,
  time_zone   text not null,                       -- IANA
  hours       jsonb not null,                      -- { "mon": ["09:00", "21:00"], …, "sun": null }
  version     int not null default 1,
  created_at  timestamptz not null default now(),
  primary key (tenant_id, id)
);

create table departments (
  tenant_id   uuid not null,
  id          uuid not null,
  outlet_id   uuid not null,
  kind        text not null check (kind in ('call_centre', 'sales', 'used_cars', 'service', 'credit_insurance', 'marketing', 'management')),
  name        text not null,
  version     int not null default 1,
  primary key (tenant_id, id),
  foreign key (tenant_id, outlet_id) references outlets (tenant_id, id) on delete restrict
);
create index on departments (tenant_id, outlet_id);

-- Global: one human signs in once and may work for several tenants. login_token is a keyed hash of the e-mail, made by the vault.
create table accounts (
  id                uuid primary key,
  login_token       bytea not null unique,
  password_hash     text,
  totp_sealed       bytea,
  totp_confirmed_at timestamptz,
  totp_pending      bytea,                         -- shown, not yet proved: the old authenticator works until then
  totp_last_step    bigint,                        -- a code is good once (RFC 6238 §5.2)
  recovery_hashes   text[] not null default '{}',
  failed_count      int not null default 0,
  locked_until      timestamptz,
  language          text check (language in ('ru', 'en')), -- null: never chosen
  created_at        timestamptz not null default now()
);

create table employees (
  tenant_id     uuid not null references tenants on delete restrict,
  id            uuid not null,
  account_id    uuid not null references accounts on delete restrict,
  person_id     uuid,                              -- the vault's person, null when their term is over; key added in 0004
  role          text not null,
  position      text not null,
  outlet_id     uuid,                              -- null: every outlet of the tenant
  department_id uuid,
  is_active     boolean not null default true,
  version       int not null default 1,
  created_at    timestamptz not null default now(),
  primary key (tenant_id, id),
  unique (tenant_id, account_id),
  foreign key (tenant_id, outlet_id) references outlets (tenant_id, id) on delete restrict,
  foreign key (tenant_id, department_id) references departments (tenant_id, id) on delete restrict
);
create index on employees (account_id);
create index on employees (tenant_id, outlet_id);
create index on employees (tenant_id, department_id);
create index on employees (tenant_id, person_id);

-- Global: where an account may go. Ids only.
create table account_tenants (
  account_id  uuid not null references accounts on delete cascade,
  tenant_id   uuid not null references tenants on delete cascade,
  employee_id uuid not null,
  primary key (account_id, tenant_id)
);
create index on account_tenants (tenant_id);

create table sessions (
  tenant_id          uuid not null,
  id                 uuid not null,
  token_hash         bytea not null,
  employee_id        uuid not null,
  device             text not null,                -- "Chrome, Linux": browser and system, no address
  created_at         timestamptz not null default now(),
  last_seen_at       timestamptz not null default now(),
  expires_at         timestamptz not null,
  reauthenticated_at timestamptz not null default now(),
  revoked_at         timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  foreign key (tenant_id, employee_id) references employees (tenant_id, id) on delete cascade
);
create index on sessions (tenant_id, employee_id);

create table integration_keys (
  tenant_id    uuid not null,
  id           uuid not null,
  name         text not null,
  token_hash   bytea not null,
  scopes       text[] not null,
  created_by   uuid not null,
  created_at   timestamptz not null default now(),
  last_used_at timestamptz,
  revoked_at   timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  foreign key (tenant_id, created_by) references employees (tenant_id, id) on delete restrict
);
create index on integration_keys (tenant_id, created_by);

create table invitations (
  tenant_id   uuid not null,
  id          uuid not null,
  employee_id uuid not null,
  kind        text not null check (kind in ('join', 'reset')),
  token_hash  bytea not null,
  expires_at  timestamptz not null,
  accepted_at timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  foreign key (tenant_id, employee_id) references employees (tenant_id, id) on delete cascade
);
create index on invitations (tenant_id, employee_id);

-- Same key and body: same answer. The answer is kept only when it holds no personal data; else the act is run again.
create table idempotency_keys (
  tenant_id    uuid not null references tenants on delete cascade,
  actor_id     uuid not null,
  key          text not null,
  request_hash bytea not null,
  response     jsonb,
  created_at   timestamptz not null default now(),
  primary key (tenant_id, key, actor_id)
);
create index on idempotency_keys (tenant_id, created_at);

do $$
declare t text;
begin
  foreach t in array array['tenants', 'outlets', 'departments', 'employees', 'sessions', 'integration_keys', 'invitations', 'idempotency_keys'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy tenant on %I using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)$p$, t);
  end loop;
end $$;

grant select on tenants, outlets, departments, employees, sessions, integration_keys, invitations, idempotency_keys, accounts, account_tenants to infotech_app;
grant insert, update (name, inn, kpp, ogrn, address, version) on tenants to infotech_app;
grant insert, update (name, address, time_zone, hours, version) on outlets to infotech_app;
grant insert, update (name, version) on departments to infotech_app;
grant insert, update (password_hash, totp_sealed, totp_pending, totp_confirmed_at, totp_last_step, recovery_hashes, failed_count, locked_until, language) on accounts to infotech_app;
grant insert, update (role, position, outlet_id, department_id, is_active, version) on employees to infotech_app;
grant insert, delete on account_tenants to infotech_app;
grant insert, update (last_seen_at, reauthenticated_at, revoked_at), delete on sessions to infotech_app;
grant insert, update (last_used_at, revoked_at) on integration_keys to infotech_app;
grant insert, update (accepted_at, expires_at) on invitations to infotech_app;
grant insert, delete on idempotency_keys to infotech_app;
-- The vault looks up for itself who is asking.
grant select on tenants, employees, sessions, integration_keys to infotech_vault;
-- The sealer walks over all tenants.
create policy sealer on tenants for select to infotech_sealer using (true);
grant select (tenant_id) on tenants to infotech_sealer;
