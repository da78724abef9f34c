import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'
import { whole } from './figures.ts'
import { quantile } from './report-response.ts'

type Figure = { value: number; query: Record<string, unknown> }
type Steps = Record<string, Figure>
type Response = Record<'take' | 'firstContact', { medianMinutes: number | null; p90Minutes: number | null; timed: Figure; inTime: Figure; late: Figure }>

const ends = openEnds()
let at: Stage
let anna: Person
let boris: Person
let vera: Person
const period = 'since=2027-03-01T00:00:00Z&until=2027-04-01T00:00:00Z'

/** Six leads: one only came, one was taken in time, one late, two were talked to, one of them bought, one was closed unanswered. */
before(async () => {
  at = await stage(ends)
  at.clock.now = new Date('2027-03-17T12:00:00+03:00')
  const dealer = await at.dealer()
  ;[anna, boris, vera] = [await at.hire('operator', { dealer }), await at.hire('seller', { dealer }), await at.hire('head_of_sales', { dealer })]
  const leads: { leadId: string; personId: string }[] = []
  for (let i = 0; i < 6; i++) {
    const sourceId = i < 4 ? dealer.sources.phone : dealer.sources.site
    leads.push(
      (await anna.post<{ leadId: string; personId: string }>('/leads', { sourceId, interest: 'new_car', contact: { fullName: 'Петрова Мария', phones: [`+7999400100${i}`] } }))
        .body,
    )
  }
  const [, inTime, late, talked, bought, closed] = leads
  const version = async (leadId = ''): Promise<number> => (await vera.get<{ version: number }>(`/leads/${leadId}`)).body.version
  const take = async (who: Person, leadId = ''): Promise<void> => assert.equal((await who.post(`/leads/${leadId}/take`, { version: await version(leadId) })).status, 200)
  const talk = async (lead = { leadId: '', personId: '' }): Promise<void> =>
    assert.equal((await anna.post('/interactions', { ...lead, kind: 'call_out', result: 'talked' })).status, 200)
  at.clock.forward(10 * 60_000)
  await take(boris, inTime?.leadId)
  await talk(bought)
  assert.equal((await anna.post(`/leads/${closed?.leadId}/close`, { version: await version(closed?.leadId), result: 'spam' })).status, 200)
  at.clock.forward(30 * 60_000)
  await take(anna, late?.leadId)
  await talk(talked)
  await at.owner.query(
    `insert into deals (tenant_id, id, person_id, lead_id, outlet_id, responsible_id, stage, opened_at, stage_since) values ($1, $2, $3, $4, $5, $6, 'won', now(), now())`,
    [dealer.tenantId, randomUUID(), bought?.personId, bought?.leadId, dealer.outletId, boris.employeeId],
  )
})
after(ends.close)

async function rowsBehind({ query }: Figure): Promise<number> {
  const asked = new URLSearchParams(Object.entries(query).map(([name, value]) => [name, String(value)]))
  const reply = await vera.get<{ rows: unknown[]; nextCursor: string | null }>(`/leads?${asked}&limit=100`)
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  assert.equal(reply.body.nextCursor, null)
  return reply.body.rows.length
}
const isFigure = (value: object): value is Figure => 'query' in value && 'value' in value
const figuresIn = (value: unknown): Figure[] => (value === null || typeof value !== 'object' ? [] : isFigure(value) ? [value] : Object.values(value).flatMap(figuresIn))

test('every number of every report opens exactly as many leads as it says', async () => {
  for (const path of [
    '/reports/now',
    `/reports/now?outletId=${anna.dealer.outletId}`,
    `/reports/funnel?${period}`,
    `/reports/response?${period}`,
    `/reports/response?${period}&sourceId=${anna.dealer.sources.site}`,
  ]) {
    const report = await vera.get(path)
    assert.equal(report.status, 200, JSON.stringify(report.body))
    const figures = figuresIn(report.body)
    assert.ok(figures.length > 5, path)
    for (const figure of figures) assert.equal(await rowsBehind(figure), figure.value, `${path} ${JSON.stringify(figure.query)}`)
  }
})

test('the head of sales sees what burns, at whose desk', async () => {
  const { body } = await vera.get<{ total: Record<string, Figure>; employees: { employeeId: string | null; overdue: Figure }[] }>('/reports/now')
  assert.deepEqual([body.total['overdue']?.value, body.total['open']?.value, body.total['unassigned']?.value], [3, 5, 1])
  assert.deepEqual(
    new Map(body.employees.map(({ employeeId, overdue }) => [employeeId, overdue.value])),
    new Map([
      [null, 1],
      [boris.employeeId, 1],
      [anna.employeeId, 1],
    ]),
  )
})

test('the funnel follows the leads of a period to the sold car, by source', async () => {
  const { body } = await vera.get<{ steps: Steps; sources: { source: string; steps: Steps }[] }>(`/reports/funnel?${period}`)
  const told = (steps: Steps) => ['received', 'taken', 'contacted', 'deal', 'test_drive', 'won'].map((step) => steps[step]?.value)
  assert.deepEqual(told(body.steps), [6, 4, 2, 1, 0, 1])
  assert.deepEqual(
    body.sources.map(({ source, steps }) => [source, ...told(steps)]),
    [
      ['phone', 4, 3, 1, 0, 0, 0],
      ['site', 2, 1, 1, 1, 0, 1],
    ],
  )
  const before = await vera.get<{ steps: Steps }>('/reports/funnel?since=2027-02-01T00:00:00Z&until=2027-03-01T00:00:00Z')
  assert.deepEqual(told(before.body.steps), [0, 0, 0, 0, 0, 0])
})

test('response times are the working minutes of the tray’s own clock', async () => {
  const { body } = await vera.get<{ total: Response; employees: ({ employeeId: string | null } & Response)[]; isCut: boolean }>(`/reports/response?${period}`)
  assert.deepEqual([body.total.take.medianMinutes, body.total.take.p90Minutes, body.isCut], [10, 40, false])
  assert.deepEqual([body.total.take.inTime.value, body.total.take.late.value], [3, 3])
  assert.deepEqual([body.total.firstContact.medianMinutes, body.total.firstContact.inTime.value, body.total.firstContact.late.value], [10, 2, 4])
  assert.equal(body.employees.find(({ employeeId }) => employeeId === boris.employeeId)?.take.medianMinutes, 10)
})

test('behind a median stand the leads it is the median of: those that a person has taken, or talked about', async () => {
  const { body } = await vera.get<{ total: Response }>(`/reports/response?${period}`)
  const { take, firstContact } = body.total
  assert.deepEqual([take.timed.value, firstContact.timed.value], [4, 2])
  assert.deepEqual([await rowsBehind(take.timed), await rowsBehind(firstContact.timed)], [4, 2])
})

test('beyond what one report reads its numbers open what was read, and not what was left out', async () => {
  const dealer = await at.dealer('Большой')
  const [chief, seller] = [await at.hire('head_of_sales', { dealer }), await at.hire('seller', { dealer })]
  await at.owner.query(
    `insert into leads (tenant_id, id, source_id, outlet_id, interest, department_kind, status, responsible_id, assigned_because, received_at, taken_at)
      select $1, gen_random_uuid(), $2, $3, 'new_car', 'sales', 'in_work', $4, 'by_hand', t, t + interval '5 minutes'
      from generate_series(1, 10050) n, lateral (select '2027-03-01T09:00:00+03:00'::timestamptz + n / 20 * interval '1 minute' t) moment`,
    [dealer.tenantId, dealer.sources.phone, dealer.outletId, seller.employeeId],
  )
  const { body } = await chief.get<{ total: Response; isCut: boolean }>(`/reports/response?${period}`)
  const { timed } = body.total.take
  assert.equal(body.isCut, true)
  assert.ok(timed.value > 9_900 && timed.value <= 10_000, String(timed.value))
  const { rows } = await at.owner.query<{ count: number }>('select count(*)::int count from leads where tenant_id = $1 and received_at >= $2 and received_at < $3', [
    dealer.tenantId,
    timed.query['since'],
    timed.query['until'],
  ])
  assert.equal(rows[0]?.count, timed.value)
})

test('rows of one moment are counted together or not at all', () => {
  const moment = fc.nat(5)
  fc.assert(
    fc.property(fc.array(moment, { maxLength: 12 }), fc.integer({ min: 1, max: 8 }), (moments, most) => {
      const all = moments.map((at) => new Date(at)).sort((a, b) => b.getTime() - a.getTime())
      const read = whole(all.slice(0, most + 1), (at) => at, most)
      const { since } = read
      assert.deepEqual([...read.rows], since === null ? all : all.filter((at) => at >= since))
      assert.equal(since === null, all.length <= most)
      return read.rows.length <= most
    }),
  )
})

test('a marketer reads the numbers, a seller does not, and a wrong period is named', async () => {
  const marketer = await at.hire('marketer', { dealer: anna.dealer })
  const { body } = await marketer.get<{ steps: Steps }>(`/reports/funnel?${period}`)
  assert.equal(body.steps['received']?.value, 6)
  assert.deepEqual([(await boris.get('/reports/now')).status, (await at.stranger.get('/reports/now')).status], [403, 401])
  const backwards = await vera.get<{ fields: { at: string }[] }>('/reports/funnel?since=2027-04-01T00:00:00Z&until=2027-03-01T00:00:00Z')
  assert.deepEqual([backwards.status, backwards.body.fields[0]?.at], [422, 'until'])
  const other = await at.hire('head_of_sales', { dealer: await at.dealer() })
  assert.equal((await other.get<{ steps: Steps }>(`/reports/funnel?${period}`)).body.steps['received']?.value, 0)
})

test('a share of waiting times is always a time that somebody waited', () => {
  assert.deepEqual([quantile([], 0.5), quantile([7], 0.9), quantile([1, 2, 3, 4], 0.5), quantile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)], [null, 7, 2, 9])
  fc.assert(
    fc.property(fc.array(fc.nat(10_000), { minLength: 1 }), fc.double({ min: 0.01, max: 1, noNaN: true }), (times, share) => {
      const sorted = [...times].sort((a, b) => a - b)
      const value = quantile(sorted, share) ?? -1
      return times.includes(value) && sorted.filter((time) => time <= value).length >= share * sorted.length
    }),
  )
})
