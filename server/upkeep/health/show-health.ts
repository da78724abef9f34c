import { performance } from 'node:perf_hooks'
import packageJson from '../../../package.json' with { type: 'json' }
import { health } from '../../../contract/platform/health.ts'
import { handle, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

type Database = { bytes: number; connections: number; version: string }
const ofDatabase = statement<Database>(
  'health_database',
  `
  select (select sum(pg_total_relation_size(c.oid))::float8 from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r') bytes, (select count(*)::int from pg_stat_activity where datname = current_database()) connections,
    current_setting('server_version') version where $1::uuid is not null`,
)
type Log = { heads: number; newestAt: Date | null; events: number; isBehind: boolean }
/** Counted up to the newest head, which says how many leaves there are: counting rows would read them all. */
const ofLog = statement<Log>(
  'health_log',
  `
  select (select count(*)::int from log_heads where tenant_id = $1) heads, h.at "newestAt", coalesce(h.size, 0) events,
    exists (select from log_events e where e.tenant_id = $1 and e.at > coalesce(h.at, '-infinity') and e.at < $2::timestamptz - interval '1 minute') "isBehind"
  from (select 1) one left join lateral (select at, size from log_heads where tenant_id = $1 order by generation desc, size desc limit 1) h on true`,
)

/** What support needs to see without a shell on the machine. */
export const showHealth = handle(health.show, async (ctx) => {
  // Without the database there is no act: only the vault may fail on its own.
  const database = await measured(() => ctx.run(ofDatabase))
  const vault = await measured(() => ctx.vault.loginToken('readiness').catch(() => null))
  const [[found], [log]] = [database.answer, await ctx.run(ofLog, [ctx.now()])]
  return {
    version: packageJson.version,
    startedAt: startedAt(ctx),
    memoryBytes: process.memoryUsage.rss(),
    busyShare: Math.round(performance.eventLoopUtilization().utilization * 1000) / 1000,
    database: { isOk: found !== undefined, tookMs: database.tookMs, bytes: found?.bytes ?? null, connections: found?.connections ?? null, version: found?.version ?? null },
    vault: { isOk: vault.answer !== null, tookMs: vault.tookMs },
    log: { heads: log?.heads ?? 0, newestAt: log?.newestAt?.toISOString() ?? null, events: log?.events ?? 0, isBehind: log?.isBehind ?? false },
  }
})

const startedAt = (ctx: Ctx): string => new Date(ctx.now().getTime() - Math.round(process.uptime() * 1000)).toISOString()

async function measured<T>(ask: () => Promise<T>): Promise<{ answer: T; tookMs: number }> {
  const since = performance.now()
  const answer = await ask()
  return { answer, tookMs: Math.round((performance.now() - since) * 10) / 10 }
}
