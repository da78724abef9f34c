-- The result of the migrations, written by `npm run db`. Do not edit: change it with a new migration.

create table canaries (
  tenant_id uuid not null,
  person_id uuid not null,
  constraint canaries_pkey PRIMARY KEY (tenant_id, person_id)
);
grant delete, insert, select on canaries to infotech_keys;

create table data_keys (
  tenant_id uuid not null,
  key_id uuid not null,
  e integer not null,
  wrapped bytea not null,
  commitment bytea not null,
  constraint data_keys_pkey PRIMARY KEY (tenant_id, key_id),
  constraint data_keys_e_fkey FOREIGN KEY (e) REFERENCES epochs(e)
);
grant delete, insert, select on data_keys to infotech_keys;
grant update (e, wrapped) on data_keys to infotech_keys;

create table epochs (
  e integer not null,
  root text not null,
  wrapped bytea,
  opened_at timestamp with time zone default now() not null,
  rewrapped_at timestamp with time zone,
  destroyed_at timestamp with time zone,
  constraint epochs_pkey PRIMARY KEY (e),
  constraint epochs_check CHECK (((wrapped IS NULL) = (destroyed_at IS NOT NULL)))
);
grant insert, select on epochs to infotech_keys;
grant update (root, wrapped, rewrapped_at, destroyed_at) on epochs to infotech_keys;

create table index_keys (
  tenant_id uuid not null,
  epoch integer not null,
  e integer not null,
  wrapped bytea not null,
  constraint index_keys_pkey PRIMARY KEY (tenant_id, epoch),
  constraint index_keys_e_fkey FOREIGN KEY (e) REFERENCES epochs(e)
);
CREATE INDEX index_keys_e_idx ON public.index_keys USING btree (e);
grant insert, select on index_keys to infotech_keys;
grant update (e, wrapped) on index_keys to infotech_keys;

create table installation (
  is_only boolean default true not null,
  id uuid not null,
  constraint installation_pkey PRIMARY KEY (is_only),
  constraint installation_is_only_check CHECK (is_only)
);
grant insert, select on installation to infotech_keys;

create table shreds (
  n bigint generated always as identity not null,
  tenant_id uuid not null,
  subject_id uuid not null,
  key_ids uuid[] not null,
  reason text not null,
  at timestamp with time zone default clock_timestamp() not null,
  constraint shreds_pkey PRIMARY KEY (n)
);
grant insert, select on shreds to infotech_keys;

create table sweeps (
  tenant_id uuid not null,
  upto timestamp with time zone not null,
  constraint sweeps_pkey PRIMARY KEY (tenant_id)
);
grant insert, select on sweeps to infotech_keys;
grant update (upto) on sweeps to infotech_keys;

create table tenant_keys (
  tenant_id uuid not null,
  e integer not null,
  wrapped bytea not null,
  constraint tenant_keys_pkey PRIMARY KEY (tenant_id, e),
  constraint tenant_keys_e_fkey FOREIGN KEY (e) REFERENCES epochs(e)
);
CREATE INDEX tenant_keys_e_idx ON public.tenant_keys USING btree (e);
grant delete, insert, select on tenant_keys to infotech_keys;
