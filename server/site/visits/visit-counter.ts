import type { FastifyBaseLogger } from 'fastify'
import { statement } from '../../platform/db/session.ts'
import type { Work } from '../../kernel/index.ts'

export type CountedPage = 'home' | 'models' | 'model' | 'dealers' | 'request' | 'done' | 'consents' | 'cookies'
type Tally = { tenantId: string; day: string; page: CountedPage; views: number; visitors: number }

const FLUSH_MS = 5_000
const add = statement(
  'site_visits_add',
  `
  insert into site_visits (tenant_id, day, page, views, visitors)
  select $1, t.day, t.page, t.views, t.visitors from unnest($2::date[], $3::text[], $4::int[], $5::int[]) t(day, page, views, visitors)
  on conflict (tenant_id, day, page) do update set views = site_visits.views + excluded.views, visitors = site_visits.visitors + excluded.visitors`,
)

/**
 * Counts pages by company and day in memory and adds them to the table every few seconds: a page is answered without waiting for a row that all visitors
 * share. Holds nothing of any visitor. Some seconds of counts may be lost with the process.
 */
export class VisitCounter {
  readonly #work: Work
  readonly #log: Pick<FastifyBaseLogger, 'warn'>
  readonly #timer: NodeJS.Timeout
  #tallies = new Map<string, Tally>()

  constructor(work: Work, log: Pick<FastifyBaseLogger, 'warn'>) {
    this.#work = work
    this.#log = log
    this.#timer = setInterval(() => void this.flush(), FLUSH_MS)
    this.#timer.unref()
  }

  count({ tenantId, day, page, isFirstToday }: { tenantId: string; day: string; page: CountedPage; isFirstToday: boolean }): void {
    const key = `${tenantId} ${day} ${page}`
    const tally = this.#tallies.get(key) ?? { tenantId, day, page, views: 0, visitors: 0 }
    tally.views++
    if (isFirstToday) tally.visitors++
    this.#tallies.set(key, tally)
  }

  /** Adds what was counted since the last time; what could not be written is lost: a count of pages is worth no waiting. */
  async flush(): Promise<void> {
    const counted = [...this.#tallies.values()]
    this.#tallies = new Map()
    for (const tenantId of new Set(counted.map((tally) => tally.tenantId)))
      await this.#write(
        tenantId,
        counted.filter((tally) => tally.tenantId === tenantId),
      )
  }

  async close(): Promise<void> {
    clearInterval(this.#timer)
    await this.flush()
  }

  async #write(tenantId: string, tallies: Tally[]): Promise<void> {
    const caller = { device: '', language: 'ru', addressKey: '' } as const
    const request = { credential: { kind: 'site', tenantId }, door: 'site visits', purpose: undefined, readOnly: false, caller } as const
    const columns = [tallies.map(({ day }) => day), tallies.map(({ page }) => page), tallies.map(({ views }) => views), tallies.map(({ visitors }) => visitors)]
    try {
      await this.#work(request, (ctx) => ctx.run(add, columns))
    } catch (error) {
      this.#log.warn({ name: (error as Error).name }, 'visits could not be counted')
    }
  }
}
