-- previous: 5c979a8ebf6879c6feb078548544e125d8a9e0a8f343190ae885647705796ad1
-- People hold no personal data here: facts are sealed payloads that only the vault may read, tokens are keyed hashes that only the vault may read.
-- The tenant's register of processing: without a line here nobody can be held.
create table activities (
  tenant_id      uuid not null references tenants on delete restrict,
  id             uuid not null,
  code           text not null,                    -- lead, sale, service, marketing, employment, …
  name           text not null,
  purposes       text[] not null,                  -- contract/purposes.ts
  bases          text[] not null,                  -- art. 6 ч.1: consent, contract, law, legitimate_interest, …
  classes        text[] not null,                  -- classes of facts
  retention_days int not null check (retention_days > 0),
  retention_from text not null,                    -- what the term counts from, in words of the register
  legal_ref      text not null,
  destruction    text not null,                    -- how the data is destroyed
  version        int not null default 1,
  primary key (tenant_id, id),
  unique (tenant_id, code)
);

create table persons (
  tenant_id      uuid not null references tenants on delete restrict,
  id             uuid not null,
  kind           text not null default 'customer' check (kind in ('customer', 'employee')),
  outlet_id      uuid,
  responsible_id uuid,                             -- employee who leads this client
  restricted_at  timestamptz,
  destroy_after  timestamptz,                      -- when the last ground ends; null: some ground has no end yet
  version        int not null default 1,
  created_at     timestamptz not null default now(),
  updated_at     timestamptz not null default now(),
  primary key (tenant_id, id),
  foreign key (tenant_id, outlet_id) references outlets (tenant_id, id) on delete restrict,
  foreign key (tenant_id, responsible_id) references employees (tenant_id, id) on delete restrict
);
create index on persons (tenant_id, kind, updated_at desc, id);
create index on persons (tenant_id, outlet_id);
create index on persons (tenant_id, responsible_id);
create index on persons (tenant_id, destroy_after) where destroy_after is not null;
alter table employees add foreign key (tenant_id, person_id) references persons (tenant_id, id) on delete set null (person_id) deferrable initially deferred;
-- A sign-in serves every company of a human. It ends with the last of their employments that is still held: no hash of the address stays, nothing to sign in with.
create function accounts_forget(ids uuid[]) returns int language sql security definer set search_path = pg_catalog, public, pg_temp as $$
  with emptied as (
    update accounts a set login_token = decode(replace(gen_random_uuid()::text, '-', ''), 'hex'), password_hash = null, totp_sealed = null, totp_pending = null, totp_confirmed_at = null, recovery_hashes = '{}'
    where a.id = any (ids) and not exists (select from employees e where e.account_id = a.id and e.person_id is not null) returning 1)
  select count(*)::int from emptied
$$;
revoke all on function accounts_forget(uuid[]) from public;
grant execute on function accounts_forget(uuid[]) to infotech_app;

create table facts (
  tenant_id  uuid not null,
  person_id  uuid not null,
  class      text not null check (class in ('contact', 'document', 'vehicle', 'communication')),
  record_id  uuid not null,                        -- the person's id for contact; the lead's, note's, car's id for others
  version    int not null default 1,
  key_id     uuid not null,                        -- in the key store
  payload    bytea not null,
  primary key (tenant_id, person_id, class, record_id),
  foreign key (tenant_id, person_id) references persons (tenant_id, id) on delete cascade
);

create table search_tokens (
  tenant_id uuid not null,
  token     bigint not null,
  person_id uuid not null,
  kind      smallint not null,                     -- 1 contact, 2 vehicle: what to replace when that class is sealed anew
  primary key (tenant_id, token, person_id)
);
create index on search_tokens (tenant_id, person_id);

create table grounds (
  tenant_id    uuid not null,
  id           uuid not null,
  person_id    uuid not null,
  activity_id  uuid not null,
  basis        text not null,
  evidence     jsonb not null,                     -- where the proof lies: ids and codes, no personal data
  since        timestamptz not null,
  until        timestamptz,                        -- null while the purpose is alive
  ended_at     timestamptz,
  ended_reason text,
  primary key (tenant_id, id),
  foreign key (tenant_id, person_id) references persons (tenant_id, id) on delete cascade,
  foreign key (tenant_id, activity_id) references activities (tenant_id, id) on delete restrict
);
create index on grounds (tenant_id, person_id);
create index on grounds (tenant_id, activity_id);

do $$
declare t text;
begin
  foreach t in array array['activities', 'persons', 'facts', 'search_tokens', 'grounds'] loop
    execute format('alter table %I enable row level security', t);
    execute format($p$create policy tenant on %I using (tenant_id = nullif(current_setting('app.tenant', true), '')::uuid)$p$, t);
  end loop;
end $$;
grant select on activities, persons, grounds to infotech_app;
grant insert, update (name, purposes, bases, classes, retention_days, retention_from, legal_ref, destruction, version) on activities to infotech_app;
grant insert, update (outlet_id, responsible_id, restricted_at, destroy_after, version, updated_at), delete on persons to infotech_app;
grant insert, update (until, ended_at, ended_reason) on grounds to infotech_app;
-- The web may hand sealed payloads and tokens in and throw them away, never read them.
grant select (tenant_id, person_id, class, record_id, version), insert, update (version, key_id, payload), delete on facts to infotech_app;
grant select (tenant_id, person_id, kind), insert, delete on search_tokens to infotech_app;
grant select on activities, persons, facts, search_tokens, grounds to infotech_vault;
-- After a restore the vault destroys again those who had been destroyed, and hands what is left of them to retention.
grant delete on facts, search_tokens to infotech_vault;
grant update (destroy_after) on persons to infotech_vault;
