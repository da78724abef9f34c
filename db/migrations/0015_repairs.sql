-- previous: 692a1402fbaf4317f80ff809e081743e03597a50a8f746ad6412544454082105
-- What turned out to be missing: the vault counts messages opened and people tried out by staff; the installation has a name in both stores.

grant select (object_id, actor_kind) on log_events to infotech_vault;

-- The key store holds the same id: keys are swept only when this is the database they belong to.
create table installation (
  is_only boolean primary key default true check (is_only),
  id      uuid not null
);
grant select on installation to infotech_vault, infotech_app;

-- An answer shown once (a key, recovery codes), sealed under the platform's key for the few minutes in which its asker may ask again for it.
alter table idempotency_keys add column sealed bytea;
grant select on idempotency_keys to infotech_app;
