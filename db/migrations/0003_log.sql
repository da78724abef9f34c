-- previous: 2aac61478317528d50fa6ef5df59646fa9c2b5144dcd990ee494e4e4c7525f8d
-- The log: append-only. An event's leaf is SHA-256(0x00 || canonical JSON of its columns || SHA-256(body)), RFC 6962 §2.1.
create table log_events (
  tenant_id   uuid not null,
  id          uuid not null,
  at          timestamptz not null,                -- milliseconds, set by the writer: part of the leaf
  xid         xid8 not null default pg_current_xact_id(),
  event       text not null,                       -- contract/audit-events.ts
  actor_kind  text not null check (actor_kind in ('staff', 'key', 'job', 'subject', 'visitor', 'support', 'platform')),
  actor_id    uuid,
  role        text not null,
  door        text not null,                       -- "POST /leads", "job lead-deadline", "vault reveal"
  purpose     text,
  person_ids  uuid[] not null default '{}',
  object_kind text,
  object_id   uuid,
  details     jsonb not null default '{}',         -- strings, whole numbers and booleans; never personal data
  body        bytea,                               -- sealed under the person's key: dies with it, the proof stays
  leaf        bytea not null,
  primary key (tenant_id, id)
);
create index on log_events (tenant_id, xid);
create index on log_events (tenant_id, at, id);
create index on log_events (tenant_id, actor_id, at desc);
create index on log_events (tenant_id, object_id, at desc);

-- A tree grows for ever. It is closed only when the database turns out to be another one than the heads speak of (a restored backup, a new cluster):
-- the next generation's first leaf, which has no event, is the hash of the last head before it.
create table log_leaves (
  tenant_id  uuid not null,
  generation int not null,
  position   bigint not null,
  event_id   uuid,
  leaf       bytea not null,
  primary key (tenant_id, generation, position),
  unique (tenant_id, event_id)
);

-- Hashes of complete subtrees of 256^level leaves (C2SP tlog-tiles), so that a proof reads kilobytes.
create table log_tiles (
  tenant_id  uuid not null,
  generation int not null,
  level      smallint not null,
  position   bigint not null,
  hash       bytea not null,
  primary key (tenant_id, generation, level, position)
);

create table log_heads (
  tenant_id  uuid not null,
  generation int not null,
  size       bigint not null,
  root       bytea not null,
  at         timestamptz not null,
  upto       xid8 not null,                        -- every event of an older transaction is in the tree
  cluster    text not null,                        -- system identifier: transaction numbers mean nothing elsewhere
  note       text not null,                        -- C2SP signed note
  primary key (tenant_id, generation, size)
);

-- Who was looked at, written by the sealer so that a look costs no index of its own.
create table log_event_persons (
  tenant_id uuid not null,
  person_id uuid not null,
  at        timestamptz not null,
  event_id  uuid not null,
  primary key (tenant_id, person_id, at, event_id)
);

do $$
declare t text;
begin
  foreach t in array array['log_events', 'log_leaves', 'log_tiles', 'log_heads', 'log_event_persons'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy tenant on %I using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)$p$, t);
    execute format('create policy sealer on %I to infotech_sealer using (true)', t);
    execute format('grant select on %I to infotech_app', t);
  end loop;
end $$;
-- The vault writes one batch for looks of several tenants.
create policy vault_writes on log_events for insert to infotech_vault with check (true);
grant insert on log_events to infotech_app, infotech_vault;
grant select (tenant_id, actor_id, event, purpose, at, person_ids) on log_events to infotech_vault;
grant select on log_events to infotech_sealer;
grant select, insert on log_leaves, log_heads, log_event_persons, log_tiles to infotech_sealer;
