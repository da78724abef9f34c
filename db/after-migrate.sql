-- Run at every start after the migrations and after the job queue has installed its own schema; everything here may be run again.
-- The queue's tables have row security without a policy, so only their owner uses them: let the worker in, and nobody else.
do $$
declare t text;
begin
  for t in select c.relname from pg_class c where c.relnamespace = 'graphile_worker'::regnamespace and c.relrowsecurity
      and not exists (select from pg_policy p where p.polrelid = c.oid and p.polname = 'worker') loop
    execute format('create policy worker on graphile_worker.%I to infotech_worker using (true) with check (true)', t);
  end loop;
end $$;
grant usage on schema graphile_worker to infotech_worker;
grant select, insert, update, delete on all tables in schema graphile_worker to infotech_worker;
grant usage, select on all sequences in schema graphile_worker to infotech_worker;
revoke execute on all functions in schema graphile_worker from public;
grant execute on all functions in schema graphile_worker to infotech_worker;

-- An act adds a job in its own transaction without being able to read the queue, whose payloads belong to every tenant.
-- The job of the same key is held first: while a worker is just taking it, add_job would neither see it taken nor put another beside it, and what
-- is new would be done by nobody (graphile/worker#580).
create or replace function jobs_add(task text, payload json, run_at timestamptz default null, job_key text default null) returns bigint
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select from graphile_worker._private_jobs j where j.key = job_key for update;
  select j.id from graphile_worker.add_job(identifier => task, payload => payload, run_at => run_at, job_key => job_key) j
$$;
revoke all on function jobs_add(text, json, timestamptz, text) from public;
grant execute on function jobs_add(text, json, timestamptz, text) to infotech_app, infotech_sealer;

-- All jobs of an act at once: an array of {task, payload, runAt, key}, no key twice. A call costs some 0.4 ms, one more job in it 0.02.
create or replace function jobs_add_all(jobs json) returns void
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select from graphile_worker._private_jobs j where j.key = any (array(select new.key from json_to_recordset(jobs) as new (key text))) order by j.key for update;
  select from graphile_worker.add_jobs(array(
    select (j.task, j.payload, null, j."runAt", null, j.key, null, null)::graphile_worker.job_spec
    from rows from (json_to_recordset(jobs) as (task text, payload json, "runAt" timestamptz, key text)) with ordinality j order by j.ordinality))
$$;
revoke all on function jobs_add_all(json) from public;
grant execute on function jobs_add_all(json) to infotech_app;

-- The vault believes a job only while the queue says that it is running. A lock older than four hours is a dead worker's (graphile-worker frees it).
create or replace function job_is_running(job_id bigint, task text) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select exists (
    select from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
    where j.id = job_id and t.identifier = task and j.locked_at > now() - interval '4 hours'
  )
$$;
revoke all on function job_is_running(bigint, text) from public;
grant execute on function job_is_running(bigint, text) to infotech_vault;

-- Mail comes to a secret address before anyone knows whose it is. Only the worker may ask, one address at a time.
create or replace function mail_door(token text) returns table (tenant_id uuid, source_id uuid)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select s.tenant_id, s.id from lead_sources s where s.mail_token = token and s.is_active limit 1
$$;
revoke all on function mail_door(text) from public;
grant usage on schema public to infotech_worker;
grant execute on function mail_door(text) to infotech_worker;

-- How the machinery is, in numbers of the whole installation: for the metrics, which may not read the queue or other companies' log.
create or replace function vitals() returns table (jobs_waiting int, oldest_job_seconds float8, jobs_failed int, workers int, unsealed_seconds float8)
language sql stable security definer set search_path = pg_catalog, public, pg_temp as $$
  select
    (select count(*)::int from graphile_worker._private_jobs where locked_at is null and run_at <= now() and attempts < max_attempts),
    coalesce((select extract(epoch from now() - min(run_at)) from graphile_worker._private_jobs where locked_at is null and run_at <= now() and attempts < max_attempts), 0)::float8,
    (select count(*)::int from graphile_worker._private_jobs where locked_at is null and attempts >= max_attempts),
    (select count(*)::int from pg_stat_activity where datname = current_database() and usename = 'infotech_worker'),
    coalesce((select max(extract(epoch from now() - waiting.at)) from tenants t
      left join lateral (select h.upto from log_heads h where h.tenant_id = t.tenant_id order by h.generation desc, h.size desc limit 1) head on true
      cross join lateral (select e.at from log_events e where e.tenant_id = t.tenant_id and e.xid >= coalesce(head.upto, '0'::xid8)
        and not exists (select from log_leaves l where l.tenant_id = t.tenant_id and l.event_id = e.id) order by e.xid limit 1) waiting), 0)::float8
$$;
revoke all on function vitals() from public;
grant execute on function vitals() to infotech_app;
