-- previous: d5700a4e57aa952c7116f3865c52134801a8c3090c27268b35d5ce528c6730a1
-- What turned out to be missing: the vault counts messages opened and people tried out by staff; the installation has a name in both stores.

grant select (object_id, actor_kind) on log_events to infotech_vault;

-- The key store holds the same id: keys are swept only when this is the database they belong to.
create table installation (
  is_only boolean primary key default true check (is_only),
  id      uuid not null
);
insert into installation (id) values (gen_random_uuid());
grant select on installation to infotech_vault;

-- An answer shown once (a key, recovery codes), sealed under the platform's key for the few minutes in which its asker may ask again for it.
alter table idempotency_keys add column sealed bytea;

-- A colleague's e-mail is put right: from then on another account is their way in.
grant update (account_id) on employees to infotech_app;
