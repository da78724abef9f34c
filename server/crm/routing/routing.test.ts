import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { readBecause } from '../../../contract/crm/lead.ts'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'

type Refused = { error: string; fields?: { at: string; why: string }[]; details: { current: Record<string, unknown> } }
type Preview = {
  ruleId: string | null
  because: string
  responsibleId: string | null
  departmentKind: string
  candidates: { employeeId: string; openLeads: number }[]
  passedOver: { name: string; why: string }[]
}
type Lead = { responsibleId: string | null; assignedBecause: string; personId: string; version: number; clocks: { take: { leftMinutes: number } } }
type Source = { id: string; code: string; name: string; mailToken: string | null; isActive: boolean; version: number; lastLeadAt: string | null }

const ends = openEnds()
let at: Stage
before(async () => {
  at = await stage(ends)
  at.clock.now = new Date('2027-03-17T12:00:00+03:00')
})
after(ends.close)

let phones = 0
const newPhone = (): string => `+7999300${String(1000 + phones++)}`
const office = async () => {
  const dealer = await at.dealer()
  const vera = await at.hire('head_of_sales', { dealer, departmentKind: 'none' })
  return { dealer, vera, anna: await at.hire('operator', { dealer }), boris: await at.hire('seller', { dealer }), gleb: await at.hire('seller', { dealer }) }
}
const rule = async (who: Person, more: object = {}): Promise<string> => {
  const made = await who.post<{ id: string }>('/routing-rules', { name: 'Всё: продажи', toOutletId: who.dealer.outletId, toDepartmentKind: 'sales', ...more })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  return made.body.id
}
const arrives = async (who: Person, more: object = {}): Promise<Lead & { id: string }> => {
  const made = await who.post<{ leadId: string }>('/leads', {
    sourceId: who.dealer.sources.phone,
    interest: 'new_car',
    contact: { fullName: 'Петрова Мария', phones: [newPhone()] },
    ...more,
  })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  return { ...(await who.get<Lead>(`/leads/${made.body.leadId}`)).body, id: made.body.leadId }
}

test('leads go in turn to whoever of the department has the fewest, and each says why', async () => {
  const { anna, vera, boris, gleb } = await office()
  await rule(vera)
  const got = [await arrives(anna), await arrives(anna), await arrives(anna), await arrives(anna)]
  assert.deepEqual(got.map(({ responsibleId }) => responsibleId).sort(), [boris, boris, gleb, gleb].map(({ employeeId }) => employeeId).sort())
  assert.deepEqual(
    got.map(({ assignedBecause }) => readBecause(assignedBecause)),
    [0, 0, 1, 1].map((openLeads) => ({ code: 'rule_least', rule: 'Всё: продажи', openLeads, byId: null })),
  )
})

test('the first rule that fits decides, and the preview tells beforehand what was passed over', async () => {
  const { dealer, anna, vera, boris } = await office()
  await rule(vera, { name: 'Сервис', interest: 'service', toDepartmentKind: 'service' })
  const sleeping = await rule(vera, { name: 'Отпуск', isActive: false })
  const named = await rule(vera, { name: 'Телефон Борису', sourceId: dealer.sources.phone, toEmployeeId: boris.employeeId })
  const rest = await rule(vera)
  const ask = async (query: string) => (await vera.get<Preview>(`/routing-rules/preview?${query}`)).body
  const preview = await ask(`sourceId=${dealer.sources.phone}&interest=new_car`)
  assert.deepEqual([preview.ruleId, preview.because, preview.responsibleId], [named, 'rule_employee|Телефон Борису', boris.employeeId])
  assert.deepEqual(
    preview.passedOver.map(({ name, why }) => [name, why]),
    [
      ['Сервис', 'interest'],
      ['Отпуск', 'inactive'],
    ],
  )
  assert.equal((await arrives(anna)).responsibleId, preview.responsibleId)
  const other = await ask(`sourceId=${dealer.sources.site}&interest=service`)
  assert.deepEqual([other.departmentKind, other.because, other.responsibleId, other.candidates], ['service', 'rule_nobody|Сервис', null, []])
  const { rules } = (await vera.get<{ rules: { id: string; version: number }[] }>('/routing-rules')).body
  assert.equal((await vera.post('/routing-rules/order', { ruleIds: [rest, ...rules.map(({ id }) => id).filter((id) => id !== rest)] })).status, 200)
  assert.equal((await ask(`sourceId=${dealer.sources.phone}&interest=new_car`)).ruleId, rest)
  const lacking = await vera.post<Refused>('/routing-rules/order', { ruleIds: [rest] })
  assert.deepEqual([lacking.status, lacking.body.error], [409, 'stale'])
  assert.equal((await vera.del(`/routing-rules/${sleeping}`, { version: 1 })).status, 200)
  assert.equal((await vera.get<{ rules: unknown[] }>('/routing-rules')).body.rules.length, 3)
  assert.ok((await at.events(dealer, 'routing.edited')).some(({ details }) => details['what'] === 'removed'))
})

test('a client in the middle of something comes back to the same seller; a finished one to whoever is free', async () => {
  const { anna, vera, boris, gleb } = await office()
  await rule(vera, { toEmployeeId: gleb.employeeId, name: 'Глебу', interest: 'used_car' })
  await rule(vera, { toEmployeeId: boris.employeeId, name: 'Борису' })
  const phone = newPhone()
  const contact = { fullName: 'Петрова Мария', phones: [phone] }
  const first = await arrives(anna, { contact })
  const again = await arrives(anna, { contact, interest: 'used_car' })
  assert.deepEqual([again.personId, again.responsibleId, again.assignedBecause], [first.personId, boris.employeeId, 'rule_client|Глебу'])
  for (const lead of [first, again]) assert.equal((await vera.post(`/leads/${lead.id}/close`, { version: lead.version, result: 'answered' })).status, 200)
  const later = await arrives(anna, { contact, interest: 'used_car' })
  assert.deepEqual([later.responsibleId, later.assignedBecause], [gleb.employeeId, 'rule_employee|Глебу'])
  assert.equal((await gleb.get(`/persons/${first.personId}`)).status, 200, 'whoever answers the request sees the client')
})

test('a rule that leads nowhere is refused by the field', async () => {
  const { dealer, anna, vera } = await office()
  const other = await at.dealer()
  const wrong = [
    [{ toOutletId: other.outletId }, 'toOutletId'],
    [{ toDepartmentKind: 'marketing' }, 'toDepartmentKind'],
    [{ toEmployeeId: randomUUID() }, 'toEmployeeId'],
    [{ sourceId: other.sources.phone }, 'sourceId'],
    [{ name: 'с | чертой' }, 'name'],
    [{ interest: 'yacht' }, 'interest'],
  ] as const
  for (const [part, field] of wrong) {
    const refused = await vera.post<Refused>('/routing-rules', { name: 'Правило', toOutletId: dealer.outletId, toDepartmentKind: 'sales', ...part })
    assert.deepEqual([refused.status, refused.body.fields?.[0]?.at], [422, field], JSON.stringify(refused.body))
  }
  const id = await rule(vera)
  assert.equal((await vera.patch(`/routing-rules/${id}`, { version: 1, name: 'Иначе' })).status, 200)
  const lost = await vera.patch<Refused>(`/routing-rules/${id}`, { version: 1, name: 'Ещё иначе' })
  assert.deepEqual([lost.status, lost.body.details.current['name']], [409, 'Иначе'])
  assert.deepEqual([(await anna.get('/routing-rules')).status, (await at.stranger.get('/routing-rules')).status], [403, 401])
  const stranger = await at.hire('head_of_sales', { dealer: other })
  for (const one of [id, randomUUID()]) assert.equal((await stranger.patch(`/routing-rules/${one}`, { version: 1, name: 'Чужое' })).status, 404)
})

test('a rule that is only renamed keeps its conditions, and sleeps on if it slept', async () => {
  const { dealer, vera } = await office()
  const set = { sourceId: dealer.sources.phone, interest: 'service', outletId: dealer.outletId, isActive: false }
  const id = await rule(vera, set)
  assert.equal((await vera.patch(`/routing-rules/${id}`, { version: 1, name: 'Сервис по телефону' })).status, 200)
  const { rules } = (await vera.get<{ rules: ({ id: string; name: string } & typeof set)[] }>('/routing-rules')).body
  const { sourceId, interest, outletId, isActive, name } = rules.find((each) => each.id === id)!
  assert.deepEqual([name, { sourceId, interest, outletId, isActive }], ['Сервис по телефону', set])
})

test('the source and the rule that would not be listed any more are refused, with how many fit', async () => {
  const { dealer, vera } = await office()
  await at.owner.query(
    `insert into lead_sources (tenant_id, id, code, name, channel) select $1, gen_random_uuid(), 's' || n, 'Сайт', 'site'
      from generate_series((select count(*) from lead_sources where tenant_id = $1) + 1, 199) n`,
    [dealer.tenantId],
  )
  await at.owner.query(
    `insert into routing_rules (tenant_id, id, place, name, to_outlet_id, to_department_kind) select $1, gen_random_uuid(), n, 'Всё', $2, 'sales' from generate_series(1, 199) n`,
    [dealer.tenantId, dealer.outletId],
  )
  const source = (code: string) => vera.post<Refused>('/lead-sources', { code, name: 'Ещё', channel: 'site' })
  assert.equal((await source('last')).status, 200)
  await rule(vera)
  for (const { status, body } of [await source('over'), await vera.post<Refused>('/routing-rules', { name: 'Ещё', toOutletId: dealer.outletId, toDepartmentKind: 'sales' })])
    assert.deepEqual([status, body.error, body.details], [409, 'full', { limit: 200 }])
})

test('a source of mail has a secret address that only those who set sources up see and renew', async () => {
  const { dealer, anna, vera } = await office()
  const made = await vera.post<{ id: string }>('/lead-sources', { code: 'adf-2', name: 'Площадка', channel: 'email' })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const read = async (who: Person): Promise<Source | undefined> => (await who.get<{ sources: Source[] }>('/lead-sources')).body.sources.find(({ id }) => id === made.body.id)
  const before = await read(vera)
  assert.match(before?.mailToken ?? '', /^adf-2-[a-z2-9]{20}$/)
  assert.equal((await read(anna))?.mailToken, null)
  assert.equal((await vera.post(`/lead-sources/${made.body.id}/mail-address`, { version: 1 })).status, 200)
  assert.notEqual((await read(vera))?.mailToken, before?.mailToken)
  assert.equal((await vera.patch(`/lead-sources/${made.body.id}`, { version: 1, name: 'Поздно' })).status, 409)
  const silent = await vera.patch<Refused>(`/lead-sources/${made.body.id}`, { version: 2 })
  assert.deepEqual([silent.status, silent.body.fields], [422, [{ at: 'name', why: 'nothing_to_change' }]])
  assert.equal((await vera.patch(`/lead-sources/${made.body.id}`, { version: 2, isActive: false })).status, 200)
  const closed = await anna.post<Refused>('/leads', { sourceId: made.body.id, contact: { phones: [newPhone()] } })
  assert.deepEqual([closed.status, closed.body.fields?.[0]?.at], [422, 'sourceId'])
  assert.deepEqual(
    [
      (await vera.post<Refused>('/lead-sources', { code: 'adf-2', name: 'Ещё', channel: 'site' })).body.error,
      (await anna.post('/lead-sources', { code: 'x', name: 'x', channel: 'site' })).status,
    ],
    ['taken', 403],
  )
  assert.deepEqual(
    (await at.events(dealer, 'source.edited')).map(({ details }) => details['what']),
    ['created', 'mail_renewed', 'closed'],
  )
})

test('the clocks of an interest are set, and leads that lie there are counted by the new ones', async () => {
  const { dealer, anna, vera } = await office()
  const lead = await arrives(anna, { interest: 'callback' })
  assert.equal(lead.clocks.take.leftMinutes, 15)
  const set = { interest: 'callback', version: 0, takeMinutes: 5, firstContactMinutes: 10 }
  assert.equal((await vera.patch('/lead-policies/callback', set)).status, 200)
  assert.equal((await anna.get<Lead>(`/leads/${lead.id}`)).body.clocks.take.leftMinutes, 5)
  assert.equal((await vera.patch<Refused>('/lead-policies/callback', set)).body.error, 'stale')
  const wrong = await vera.patch<Refused>('/lead-policies/callback', { ...set, version: 1, takeMinutes: 20 })
  assert.deepEqual([wrong.status, wrong.body.fields?.[0]?.at], [422, 'firstContactMinutes'])
  const { policies } = (await vera.get<{ policies: { interest: string; takeMinutes: number; version: number }[] }>('/lead-policies')).body
  assert.deepEqual(
    policies.filter(({ version }) => version > 0).map(({ interest, takeMinutes }) => [interest, takeMinutes]),
    [['callback', 5]],
  )
  assert.deepEqual(
    (await at.events(dealer, 'policy.edited')).map(({ details }) => details['takeMinutes']),
    [5],
  )
})
