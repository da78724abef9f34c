/** What visitors left on the companies' sites in the last weeks: pages counted by day, the requests that came of them, and the policy that these had seen. */
import type { DemoCompany, DemoNetwork } from './network.ts'
import { type Asking, insertPlain } from './plain-rows.ts'
import { createRandom } from './random.ts'
import { DAY } from './working-time.ts'

const DAYS = 60
/** Visitors of a day who let themselves be counted, of the importer and of a dealer. */
const CROWDS = { distributor: 420, dealer: 85 } as const
const WEEKEND = 1.3
/** Of a hundred such visitors so many look at each page; `first` came in by it. */
const pages = [
  { page: 'home', seen: 105, first: 62 },
  { page: 'model', seen: 88, first: 24 },
  { page: 'models', seen: 61, first: 8 },
  { page: 'dealers', seen: 27, first: 5 },
  { page: 'request', seen: 14, first: 1 },
  { page: 'done', seen: 4, first: 0 },
  { page: 'cookies', seen: 5, first: 0 },
  { page: 'consents', seen: 3, first: 0 },
] as const

/** Whichever requests came by the site of the last weeks: every third by a campaign. */
const requests = `insert into site_requests (tenant_id, lead_id, language, campaign, at)
  select l.tenant_id, l.id, 'ru', case get_byte(uuid_send(l.id), 15) % 3 when 0 then 'osen-2026' end, l.received_at
  from leads l join lead_sources s on s.tenant_id = $1 and s.id = l.source_id and s.code = 'site'
  where l.tenant_id = $1 and l.person_id is not null and l.received_at > $2::timestamptz - interval '${DAYS} days' on conflict do nothing`
const marks = `insert into policy_marks (tenant_id, id, person_id, policy_id, at)
  select r.tenant_id, overlay(overlay(md5('mark ' || r.lead_id) placing '4' from 13) placing '8' from 17)::uuid, l.person_id, v.id, r.at from site_requests r join leads l on l.tenant_id = $1 and l.id = r.lead_id
    join policy_versions v on v.tenant_id = $1 and v.published_at <= r.at where r.tenant_id = $1`

export async function writeVisits(run: Asking, network: DemoNetwork, now: Date): Promise<void> {
  for (const company of network.companies) {
    if (company.tenant.kind === 'platform') continue
    const { tenantId } = company.tenant
    await insertPlain(run, 'site_visits', visitsOf(network, company, now))
    await run(requests, [tenantId, now])
    await run(marks, [tenantId])
  }
}

function visitsOf({ seed }: DemoNetwork, { key, tenant }: DemoCompany, now: Date) {
  const random = createRandom(`${seed}/visits/${key}`)
  const crowd = tenant.kind === 'distributor' ? CROWDS.distributor : CROWDS.dealer
  return Array.from({ length: DAYS }, (_, ago) => {
    const day = new Date(now.getTime() - ago * DAY)
    const isWeekend = day.getUTCDay() === 0 || day.getUTCDay() === 6
    // Of today there is only what has come so far.
    const part = ago === 0 ? (day.getUTCHours() + 1) / 24 : 1
    const visitors = crowd * (isWeekend ? WEEKEND : 1) * (0.85 + 0.3 * random.next()) * part
    return pages.map(({ page, seen, first }) => ({
      tenant_id: tenant.tenantId,
      day: day.toISOString().slice(0, 10),
      page,
      views: Math.round((visitors * seen) / 100),
      visitors: Math.round((visitors * first) / 100),
    }))
  }).flat()
}
