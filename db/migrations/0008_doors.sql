-- previous: 21685a28cb4489256587db4af0d5e7521777b13bba846cdd229aa07107ef2557
-- Doors for those who are no staff: a company's site, found by a word in the address, and the page of the person who is held.
-- Global: whose word it is, read before anybody knows the tenant. No personal data.
create table site_slugs (
  slug      text primary key check (slug ~ '^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$'),
  tenant_id uuid not null references tenants on delete cascade
);
create unique index on site_slugs (tenant_id);

create table sites (
  tenant_id  uuid primary key references tenants on delete restrict,
  name       text not null,                        -- as visitors know the company
  is_open    boolean not null default true,
  version    int not null default 1
);

-- A person who has proved an address of theirs looks at what is held about them. Short: half an hour of idleness, two hours at most.
create table portal_sessions (
  tenant_id    uuid not null references tenants on delete restrict,
  id           uuid not null,
  token_hash   bytea not null,
  how          text not null check (how in ('code', 'link')),
  created_at   timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at   timestamptz not null,
  ended_at     timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, token_hash)
);
-- Everyone who has the proved address: a family may share a phone.
create table portal_session_persons (
  tenant_id  uuid not null,
  session_id uuid not null,
  person_id  uuid not null,
  primary key (tenant_id, session_id, person_id),
  foreign key (tenant_id, session_id) references portal_sessions (tenant_id, id) on delete cascade,
  foreign key (tenant_id, person_id) references persons (tenant_id, id) on delete cascade
);
create index on portal_session_persons (tenant_id, person_id);

do $$
declare t text;
begin
  foreach t in array array['sites', 'portal_sessions', 'portal_session_persons'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy tenant on %I using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)$p$, t);
  end loop;
end $$;
grant select, insert, delete on site_slugs to infotech_app;
grant select, insert, update (name, is_open, version) on sites to infotech_app;
grant select, insert, update (last_seen_at, ended_at), delete on portal_sessions to infotech_app;
grant select, insert, delete on portal_session_persons to infotech_app;
-- The vault looks up for itself who is asking.
grant select on sites, portal_sessions, portal_session_persons to infotech_vault;
