/**
 * A dealership that lives: while somebody looks at a demo dealer's screens, leads come in as they do in life. They go through the very act behind
 * every door, so they are sealed, assigned, traced and counted like any other.
 */
import { interests } from '../../contract/crm/lead.ts'
import { receiveLead } from '../crm/index.ts'
import type { Act, Ctx } from '../kernel/index.ts'
import { statement } from '../platform/db/session.ts'
import { type DemoCompany, dealersOf, demoNetwork } from './network.ts'
import { peopleOf } from './people.ts'
import { leadComments, serviceComments } from './phrases.ts'
import { createRandom, defaultSeed } from './random.ts'

/** So many wait already that one more tells nothing. */
const MOST_WAITING = 40
const WATCHED_MS = 5 * 60_000
const DAY_MS = 86_400_000
const LOOK_EVERY_MS = 15_000
const [SHORTEST_MS, LONGEST_MS] = [60_000, 120_000]

type Standing = { waiting: number; isWatched: boolean }
const standing = statement<Standing>(
  'living_standing',
  `
  select (select count(*)::int from leads where tenant_id = $1 and status = 'new' and received_at > $2) waiting,
    exists (select from sessions where tenant_id = $1 and revoked_at is null and last_seen_at > $3) "isWatched"`,
)
const doors = statement<{ id: string }>(
  'living_doors',
  `select id from lead_sources where tenant_id = $1 and is_active and channel in ('site', 'api', 'aggregator') order by id limit 10`,
)

/** One more lead for this dealer, unless nobody looks or enough wait. The same moment brings the same client. Answers its number. */
export async function bringLead(ctx: Ctx, company: DemoCompany): Promise<number | null> {
  const now = ctx.now().getTime()
  const [[state], sources] = await Promise.all([ctx.run(standing, [new Date(now - DAY_MS), new Date(now - WATCHED_MS)]), ctx.run(doors)])
  if (!state?.isWatched || state.waiting >= MOST_WAITING || sources.length === 0) return null
  const moment = `living/${company.key}/${Math.floor(now / 1000)}`
  const random = createRandom(moment)
  const { phones, emails, surname, given, patronymic } = peopleOf(random, company.key).next('')
  const interest = random.pick(interests)
  const { number } = await receiveLead(ctx, {
    sourceId: random.pick(sources).id,
    intake: {
      externalRef: moment,
      interest,
      contact: { surname, given, ...(patronymic ? { patronymic } : {}), phones: phones.map(({ typed }) => typed), emails: emails.map(({ typed }) => typed) },
      comment: random.pick(interest === 'service' ? serviceComments : leadComments),
    },
  })
  return number
}

export type LivingOptions = {
  actIn: (tenantId: string) => Act
  now: () => Date
  log: (message: string, about?: Record<string, unknown>) => void
  lookEveryMs?: number
  seed?: string
}

/** Looks at every dealer of the demo by and by; a dealer that is looked at gets its next lead after a minute or two. */
export function openLiving({ actIn, now, log, lookEveryMs = LOOK_EVERY_MS, seed = defaultSeed }: LivingOptions): { stop: () => Promise<void> } {
  const network = demoNetwork(seed)
  const random = createRandom(`${seed}/living`)
  const nextAt = new Map<string, number>()
  let looking: Promise<void> = Promise.resolve()
  const look = async (): Promise<void> => {
    for (const company of dealersOf(network)) {
      if (now().getTime() < (nextAt.get(company.key) ?? 0)) continue
      const number = await actIn(company.tenant.tenantId)((ctx) => bringLead(ctx, company))
      if (number !== null) nextAt.set(company.key, now().getTime() + random.int(SHORTEST_MS, LONGEST_MS))
    }
  }
  const timer = setInterval(() => {
    looking = looking.then(look).catch((error: unknown) => log('a lead of the demo could not come', { error: error instanceof Error ? error.name : 'unknown' }))
  }, lookEveryMs)
  return {
    stop: async () => {
      clearInterval(timer)
      await looking
    },
  }
}
