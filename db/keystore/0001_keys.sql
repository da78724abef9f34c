-- previous: none
-- The key store: a database of its own with short-lived backups. Nothing here opens without the root key, nothing in the main database opens without this.
do $$
begin
  perform pg_advisory_xact_lock(7264002);
  if not exists (select from pg_roles where rolname = 'infotech_keys') then create role infotech_keys nologin; end if;
end $$;
revoke all on schema public from public;
grant usage on schema public to infotech_keys;

create table epochs (
  e            int primary key,
  root         text not null,                      -- which root key wraps it: a fingerprint or an address, never the key
  wrapped      bytea,                              -- null once destroyed
  opened_at    timestamptz not null default now(),
  rewrapped_at timestamptz,                        -- every key of the epochs before has been wrapped anew under this one
  destroyed_at timestamptz,
  check ((wrapped is null) = (destroyed_at is not null))
);

-- Tenant 00000000-0000-0000-0000-000000000000 is the platform itself: sign-in tokens, secrets of accounts.
create table tenant_keys (
  tenant_id uuid not null,
  e         int not null references epochs,
  wrapped   bytea not null,
  primary key (tenant_id, e)
);
create index on tenant_keys (e);

-- Roots of search tokens. Wrapped like data keys, never destroyed while the tenant lives.
create table index_keys (
  tenant_id uuid not null,
  epoch     int not null,
  e         int not null references epochs,
  wrapped   bytea not null,
  primary key (tenant_id, epoch)
);
create index on index_keys (e);

-- key_id is a uuid v7: its time says when the key was made, which is all that the sweep needs.
create table data_keys (
  tenant_id  uuid not null,
  key_id     uuid not null,
  e          int not null references epochs,
  wrapped    bytea not null,
  commitment bytea not null,                       -- SHA-256('dek-commit' || key): GCM does not commit to its key
  primary key (tenant_id, key_id)
);

-- Append-only: replayed against the main database after any restore.
create table shreds (
  n          bigint generated always as identity primary key,
  tenant_id  uuid not null,
  subject_id uuid not null,
  key_ids    uuid[] not null,
  reason     text not null,
  at         timestamptz not null default clock_timestamp()
);

-- Invented people: whoever opens one is reported.
create table canaries (
  tenant_id uuid not null,
  person_id uuid not null,
  primary key (tenant_id, person_id)
);

-- Up to which moment keys without a row have been looked for.
create table sweeps (
  tenant_id uuid primary key,
  upto      timestamptz not null
);

grant select, insert on epochs, tenant_keys, index_keys, data_keys, shreds, canaries, sweeps to infotech_keys;
grant update (root, wrapped, rewrapped_at, destroyed_at) on epochs to infotech_keys;
grant update (e, wrapped) on index_keys, data_keys to infotech_keys;
grant update (upto) on sweeps to infotech_keys;
grant delete on tenant_keys, data_keys, canaries to infotech_keys;
