-- previous: none
-- The one who connects can do nothing; the one who works sees one tenant. Roles belong to the cluster, so they may be there already.
-- app    the acts of web and worker        vault   the only reader of sealed payloads and search tokens
-- sealer the log's sealer and verifier     Login roles are made beside them by the migration runner, with passwords of this installation.
do $$
begin
  perform pg_advisory_xact_lock(7264001);
  if not exists (select from pg_roles where rolname = 'infotech_app') then create role infotech_app nologin; end if;
  if not exists (select from pg_roles where rolname = 'infotech_vault') then create role infotech_vault nologin; end if;
  if not exists (select from pg_roles where rolname = 'infotech_sealer') then create role infotech_sealer nologin; end if;
end $$;
revoke all on schema public from public;
grant usage on schema public to infotech_app, infotech_vault, infotech_sealer;
