-- previous: 104c62c449676477b7926781885154cd46bd5d5e9b486ffc6f9eff60da1739c4
-- The page of the person: how they come in, and who received their data. Nothing here names anybody in the clear.
-- Asked for by anyone, known or not: the same row is made for both. The code itself is made only by the job that sends it, so that for a stranger there is none.
create table portal_challenges (
  tenant_id   uuid not null references tenants on delete restrict,
  id          uuid not null,
  address_key bigint not null,                     -- keyed number of the address, made by the vault
  sealed      bytea not null,                      -- the address as it was typed, under the platform's key; the row is gone a day later
  code_hash   text,                                -- null: nobody was sent a code
  attempts    int not null default 0,
  created_at  timestamptz not null,
  expires_at  timestamptz not null,
  used_at     timestamptz,
  primary key (tenant_id, id)
);
create index on portal_challenges (tenant_id, address_key, created_at);
create index on portal_challenges (tenant_id, created_at);

-- A way in that a letter carries: good once, for one person.
create table portal_links (
  tenant_id  uuid not null,
  id         uuid not null,
  token_hash bytea not null,
  person_id  uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at    timestamptz,
  primary key (tenant_id, id),
  unique (tenant_id, token_hash),
  foreign key (tenant_id, person_id) references persons (tenant_id, id) on delete cascade
);
create index on portal_links (tenant_id, person_id);
create index on portal_links (tenant_id, created_at);

-- A person whose addresses came together by a door where nobody proves who they are: one of them may be a stranger's. `fresh`: one request named them all;
-- `email`, `phone`: addresses of this kind may not open the page, because a later request came by the other alone; `both`: neither. Null: a colleague vouches.
alter table persons add column unproved text check (unproved in ('fresh', 'email', 'phone', 'both'));
grant update (unproved) on persons to infotech_app;

-- Who came in, by id only: when somebody is destroyed while their page is open, the page can name the act of destruction.
alter table portal_sessions add column person_ids uuid[] not null default '{}';
create index on portal_sessions (tenant_id, expires_at);

-- Who outside the company received the data of a person, on which ground (152-ФЗ art. 14 ч.7 п.4, 21 ч.2). Written in the transaction that hands it over.
create table disclosures (
  tenant_id           uuid not null,
  id                  uuid not null,
  person_id           uuid not null,
  recipient_name      text not null,               -- a legal entity
  recipient_tenant_id uuid,                        -- when it works here too
  basis               text not null check (basis in ('consent', 'contract', 'law', 'legitimate_interest', 'vital_interest')),
  what                text[] not null check (what <@ array['contact', 'document', 'vehicle', 'communication']),
  at                  timestamptz not null,
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references persons (tenant_id, id) on delete cascade
);
create index on disclosures (tenant_id, person_id, at desc);

do $$
declare t text;
begin
  foreach t in array array['portal_challenges', 'portal_links', 'disclosures'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy tenant on %I using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)$p$, t);
  end loop;
end $$;
grant select, insert, update (code_hash, attempts, used_at), delete on portal_challenges to infotech_app;
grant select, insert, update (used_at), delete on portal_links to infotech_app;
grant select, insert, delete on disclosures to infotech_app;
