import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'
import { peopleJobs } from '../jobs.ts'
import { startTerm, stopTerm } from './keep-on-ground.ts'

type Card = {
  state: string
  destroyAfter: string | null
  grounds: {
    id: string
    activityCode: string
    until: string | null
    endedAt: string | null
    endedReason: string | null
    evidence: { kind: string; number: number | null; at: string | null } | null
  }[]
}
type Refused = { error: string; requestId?: string; details?: { state?: string } }
const DAY_MS = 86_400_000

let house: Stage
let anna: Person
let dpo: Person
const ends = openEnds()
before(async () => {
  house = await stage(ends)
  anna = await house.hire('operator')
  dpo = await house.hire('privacy_officer')
})
after(ends.close)

let phones = 0
const aLead = async (who = anna): Promise<{ leadId: string; personId: string; phone: string }> => {
  const phone = `+7 999 400 ${String(++phones).padStart(4, '0')}`
  const { body } = await who.post<{ leadId: string; personId: string }>('/leads', {
    sourceId: who.dealer.sources.phone,
    externalRef: `ref-${phones}`,
    contact: { fullName: 'Белова Анна', phones: [phone] },
    comment: 'Срочно',
  })
  return { ...body, phone }
}
const card = async (personId: string): Promise<Card> => (await dpo.get<Card>(`/persons/${personId}`)).body
const daysAhead = (iso: string | null): number => Math.round((Date.parse(iso ?? '') - house.clock.now.getTime()) / DAY_MS)

test('the term of the register runs from the day the purpose is reached, and an undo stops it', async () => {
  const { leadId, personId } = await aLead()
  assert.equal((await card(personId)).destroyAfter, null)
  await house.job(anna.dealer, 'destroy-due', (ctx) => startTerm(ctx, personId, { leadId }))
  const due = await card(personId)
  assert.equal(daysAhead(due.destroyAfter), 30)
  assert.equal(due.grounds[0]?.until, due.destroyAfter)
  await house.job(anna.dealer, 'destroy-due', (ctx) => stopTerm(ctx, personId, { leadId }))
  assert.equal((await card(personId)).destroyAfter, null)
})

test('what was sold in January is kept for five years after the whole year', async () => {
  const { leadId, personId } = await aLead()
  await house.owner.query(`update activities set counts_from_year_end = true, retention_days = 1827 where tenant_id = $1 and code = 'lead'`, [anna.dealer.tenantId])
  const day = house.clock.now
  house.clock.now = new Date('2027-01-12T12:00:00+03:00')
  await house.job(anna.dealer, 'destroy-due', (ctx) => startTerm(ctx, personId, { leadId }))
  house.clock.now = day
  await house.owner.query(`update activities set counts_from_year_end = false, retention_days = 30 where tenant_id = $1 and code = 'lead'`, [anna.dealer.tenantId])
  const { rows } = await house.owner.query<{ until: Date; destroy_after: Date }>(
    'select g.until, p.destroy_after from grounds g join persons p on p.id = g.person_id where p.id = $1',
    [personId],
  )
  assert.deepEqual(
    rows.map(({ until, destroy_after: after }) => [until.toISOString(), after.toISOString()]),
    [['2032-12-31T21:00:00.000Z', '2032-12-31T21:00:00.000Z']],
  )
})

test('a client written down by hand is held as the register counts: from the end of the year where accounting asks for it', async () => {
  await house.owner.query(`update activities set counts_from_year_end = true where tenant_id = $1 and code = 'service'`, [anna.dealer.tenantId])
  const contact = { fullName: 'Белова Анна', phones: ['+7 999 401 0001'] }
  const { status, body } = await anna.post<{ id: string }>('/persons', { contact, ground: { activityCode: 'service', basis: 'contract' } })
  assert.equal(status, 200, JSON.stringify(body))
  const yearEnd = Date.UTC(house.clock.now.getFullYear() + 1, 0, 1) - 3 * 3_600_000
  assert.equal((await card(body.id)).destroyAfter, new Date(yearEnd + 1095 * DAY_MS).toISOString())
})

test('when the privacy officer ends the last ground the person closes at once and is due within the days of the law', async () => {
  const { personId } = await aLead()
  const [ground] = (await card(personId)).grounds
  const ended = await dpo.post<{ destroyAfter: string }>(`/persons/${personId}/grounds/${ground!.id}/end`, { reason: 'consent_withdrawn' })
  assert.equal(ended.status, 200, JSON.stringify(ended.body))
  assert.equal(daysAhead(ended.body.destroyAfter), 30)
  const seen = await anna.get<Card & { masked: { name: string } }>(`/persons/${personId}`)
  assert.deepEqual([seen.body.state, seen.body.masked.name, seen.body.grounds[0]?.endedReason], ['no_ground', '···', 'consent_withdrawn'])
  assert.equal((await anna.post(`/persons/${personId}/reveal`, { purpose: 'request_handling' })).status, 403)
  const again = await dpo.post<Refused>(`/persons/${personId}/grounds/${ground!.id}/end`, { reason: 'unlawful' })
  assert.deepEqual([again.status, again.body.details?.state], [409, 'ended'])
  assert.ok((await house.events(anna.dealer, 'ground.ended')).some(({ personIds, details }) => personIds.includes(personId) && details.reason === 'consent_withdrawn'))
})

test('the card says what shows that a ground is there', async () => {
  const { leadId, personId } = await aLead()
  const lead = await anna.get<{ number: number }>(`/leads/${leadId}`)
  const shown = async () => (await card(personId)).grounds.map(({ evidence }) => evidence)
  assert.deepEqual(await shown(), [{ kind: 'lead', number: lead.body.number, at: null }])
  const opened = await anna.post<{ number: number }>('/deals', { personId })
  const seller = await house.hire('head_of_sales')
  const { body } = opened.status === 200 ? opened : await seller.post<{ number: number }>('/deals', { personId })
  assert.deepEqual(
    (await shown()).find((evidence) => evidence?.kind === 'deal'),
    { kind: 'deal', number: body.number, at: null },
  )
})

test('only the privacy officer ends a ground, for a reason the law knows', async () => {
  const { personId } = await aLead()
  const [ground] = (await card(personId)).grounds
  const path = `/persons/${personId}/grounds/${ground!.id}/end`
  assert.equal((await house.stranger.post(path, { reason: 'objection' })).status, 401)
  assert.equal((await anna.post(path, { reason: 'objection' })).status, 403)
  assert.equal((await dpo.post(path, { reason: 'because' })).status, 422)
  const foreign = await dpo.post<Refused>(`/persons/${personId}/grounds/${randomUUID()}/end`, { reason: 'objection' })
  const nobody = await dpo.post<Refused>(`/persons/${randomUUID()}/grounds/${ground!.id}/end`, { reason: 'objection' })
  assert.deepEqual([foreign.status, { ...foreign.body, requestId: '' }], [404, { ...nobody.body, requestId: '' }])
})

test('whose term is over is destroyed: keys, facts and story gone, the lead stays without a person', async () => {
  const { leadId, personId, phone } = await aLead()
  const kept = await aLead()
  await anna.post('/interactions', { personId, kind: 'call_out', result: 'refused', text: 'Передумала' })
  await house.job(anna.dealer, 'destroy-due', (ctx) => startTerm(ctx, personId, { leadId }))
  const run = () => house.job(anna.dealer, 'destroy-due', (ctx) => peopleJobs['destroy-due']!(ctx, {}))
  await run()
  assert.equal((await dpo.get(`/persons/${personId}`)).status, 200, 'nobody goes a day early')
  await house.owner.query(`update persons set destroy_after = now() - interval '1 hour' where id = $1`, [personId])
  await run()
  assert.equal((await dpo.get(`/persons/${personId}`)).status, 404)
  for (const table of ['facts', 'search_tokens', 'grounds', 'interactions', 'tasks']) {
    const { rows } = await house.owner.query(`select 1 from ${table} where person_id = $1`, [personId])
    assert.deepEqual([table, rows.length], [table, 0])
  }
  const {
    rows: [lead],
  } = await house.owner.query('select person_id, external_ref, status, first_contact_at from leads where id = $1', [leadId])
  assert.deepEqual([lead.person_id, lead.external_ref, lead.status], [null, null, 'closed'])
  assert.ok(lead.first_contact_at, 'the figures of the lead survive')
  const events = (await house.events(anna.dealer, 'person.destroyed')).map(({ personIds }) => personIds)
  assert.deepEqual(events, [[personId]])
  assert.equal((await dpo.get(`/persons/${kept.personId}`)).status, 200)
  await run()
  const again = await anna.post<{ personId: string }>('/leads', { sourceId: anna.dealer.sources.phone, contact: { fullName: 'Белова Анна', phones: [phone] } })
  assert.equal(again.status, 200)
  assert.notEqual(again.body.personId, personId)
  const closed = await anna.get<{ rows: { id: string; personId: string | null; masked: null }[] }>('/leads?view=closed')
  assert.deepEqual(
    closed.body.rows.filter(({ id }) => id === leadId).map((row) => [row.personId, row.masked]),
    [[null, null]],
    JSON.stringify(closed.body),
  )
})

test('under a restriction nothing is destroyed', async () => {
  const { personId } = await aLead()
  await house.owner.query(`update persons set destroy_after = now() - interval '1 hour', restricted_at = now() where id = $1`, [personId])
  await house.job(anna.dealer, 'destroy-due', (ctx) => peopleJobs['destroy-due']!(ctx, {}))
  assert.equal((await dpo.get(`/persons/${personId}`)).status, 200)
})
