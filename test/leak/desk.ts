/** A dealer's day over people who are known: the operator, the seller's work, the officer's desk, the administrator. */
import type { Canary } from '../canary.ts'
import type { Speaker } from '../installation.ts'
import { draft } from './doors.ts'
import { asSuperuser, letterTo, tried, until, well, type Letter, type World } from './world.ts'

type Row = { id: string; version: number }
type Known = World['known'][number]
const HOUR_MS = 3_600_000

/** A call, its correction, a look and a comment: what an operator does with everybody. */
export async function handle(world: World, { personId, leadId, person }: Known): Promise<void> {
  const anna = await world.net.at(world.net.zvezda, 'operator')
  const { version } = await well<Row>(world, anna, 'GET', `/persons/${personId}`)
  const next = { kind: 'call', dueAt: '2031-01-01T10:00:00Z' }
  await well(world, anna, 'POST', '/interactions', { personId, kind: 'call_out', result: 'talked', text: person.text, next })
  await well(world, anna, 'PATCH', `/persons/${personId}`, { version, contact: { ...draft(person), address: `${person.address} корп. 2` } })
  await well(world, anna, 'POST', `/persons/${personId}/reveal`, { purpose: 'request_handling' })
  await well(world, anna, 'POST', `/persons/${personId}/open`, { limit: 50 })
  await well(world, anna, 'GET', `/persons/${personId}/timeline`)
  await well(world, anna, 'POST', `/leads/${leadId}/comment`, {})
}

/** From a lead to a sold car, with everything that is written down on the way. */
export async function sell(world: World, { personId, leadId, person }: Known): Promise<void> {
  const zoya = await world.net.at(world.net.zvezda, 'head_of_sales')
  const lead = await well<Row>(world, zoya, 'GET', `/leads/${leadId}`)
  const deal = await well<Row & { number: number }>(world, zoya, 'POST', '/deals', { leadId, leadVersion: lead.version, modelId: world.house.dealer.modelId })
  await well(world, zoya, 'GET', `/deals/numbers/${deal.number}`)
  const priced = await well<Row>(world, zoya, 'PATCH', `/deals/${deal.id}`, { version: deal.version, amountKopecks: 250_000_000 })
  await bookDrive(world, zoya, personId, deal.id)
  const moved = await well<Row>(world, zoya, 'POST', `/deals/${deal.id}/move`, { version: priced.version, stage: 'test_drive' })
  const back = await well<Row>(world, zoya, 'POST', `/deals/${deal.id}/undo`, { version: moved.version })
  const given = await well<Row>(world, zoya, 'POST', `/deals/${deal.id}/assign`, { version: back.version, employeeId: (await world.net.at(world.net.zvezda, 'seller')).employeeId })
  const { employeeId } = await world.net.at(world.net.zvezda, 'credit_specialist')
  await well(world, zoya, 'POST', `/deals/${deal.id}/specialist`, { version: given.version, employeeId })
  await well(world, zoya, 'POST', '/deals/names', { dealIds: [deal.id] })
  await well(world, zoya, 'GET', `/deals/${deal.id}`)
  const task = await well<Row>(world, zoya, 'POST', '/tasks', { personId, dealId: deal.id, kind: 'call', dueAt: new Date(Date.now() + HOUR_MS).toISOString() })
  const put = await well<Row>(world, zoya, 'PATCH', `/tasks/${task.id}`, { version: task.version, dueAt: new Date(Date.now() + 2 * HOUR_MS).toISOString() })
  const done = await well<Row>(world, zoya, 'POST', `/tasks/${task.id}/done`, { version: put.version })
  await well(world, zoya, 'POST', `/tasks/${task.id}/undo`, { version: done.version })
  const call = await well<{ id: string }>(world, zoya, 'POST', '/interactions', { personId, kind: 'note', result: 'done', text: person.text })
  await well(world, zoya, 'POST', `/interactions/${call.id}/undo`, {})
}

/** A car of the dealer's to drive, put there as a stock-taking would. */
export async function addDemoCar(world: World): Promise<string> {
  const { tenantId, outletId, modelId } = world.house.dealer
  const [car] = await asSuperuser<{ id: string }>(
    world,
    `insert into stock_vehicles (tenant_id, id, outlet_id, model_id, vin, condition, role, status, year, colour, trim, price_kopecks) values ($1, gen_random_uuid(), $2, $3, 'XTA00000000000001', 'new', 'demo', 'in_stock', 2026, 'белый', 'Старт', 100) returning id`,
    [tenantId, outletId, modelId],
  )
  return car?.id ?? ''
}

async function bookDrive(world: World, zoya: Speaker, personId: string, dealId: string): Promise<void> {
  const date = new Date(Date.now() + 48 * HOUR_MS).toISOString().slice(0, 10)
  const day = `/test-drives/day?date=${date}&outletId=${world.house.dealer.outletId}`
  const { slots, cars } = await well<{ slots: string[]; cars: { vehicleId: string }[] }>(world, zoya, 'GET', day)
  const booked = await well<Row>(world, zoya, 'POST', '/test-drives', { vehicleId: cars[0]?.vehicleId, startsAt: slots[0], personId, dealId })
  const cancelled = await well<Row>(world, zoya, 'POST', `/test-drives/${booked.id}/cancel`, { version: booked.version })
  const again = await well<Row>(world, zoya, 'POST', `/test-drives/${booked.id}/restore`, { version: cancelled.version })
  // Three days pass.
  await asSuperuser(world, `update test_drives set starts_at = starts_at - interval '72 hours' where id = $1`, [booked.id])
  const missed = await well<Row>(world, zoya, 'POST', `/test-drives/${booked.id}/no-show`, { version: again.version })
  const came = await well<Row>(world, zoya, 'POST', `/test-drives/${booked.id}/restore`, { version: missed.version })
  await well(world, zoya, 'POST', `/test-drives/${booked.id}/done`, { version: came.version })
}

/** Takes, hands on, closes and opens again, each with its undo. */
export async function pass(world: World, { leadId }: Known): Promise<void> {
  const [anna, zoya] = [await world.net.at(world.net.zvezda, 'operator'), await world.net.at(world.net.zvezda, 'head_of_sales')]
  let { version } = await well<Row>(world, anna, 'GET', `/leads/${leadId}`)
  const act = async (who: Speaker, what: string, more: object = {}): Promise<void> => {
    version = (await well<Row>(world, who, 'POST', `/leads/${leadId}/${what}`, { version, ...more })).version
  }
  await act(anna, 'take')
  await act(anna, 'undo')
  await act(anna, 'assign', { employeeId: anna.employeeId })
  await act(anna, 'escalate')
  await act(anna, 'close', { result: 'refused' })
  await act(anna, 'reopen')
  await act(zoya, 'assign', { employeeId: zoya.employeeId })
  await well(world, zoya, 'POST', '/leads/assign', { leads: [{ id: leadId, version }], employeeId: anna.employeeId })
}

/** What waits because nobody could read it is opened, put aside, taken up again and made a lead. */
export async function fixMessages(world: World, person: Canary): Promise<void> {
  const anna = await world.net.at(world.net.zvezda, 'operator')
  const { rows } = await well<{ rows: Row[] }>(world, anna, 'GET', '/intake/messages')
  const [first] = rows
  if (!first) throw new Error('nothing waits to be read')
  const at = `/intake/messages/${first.id}`
  await well(world, anna, 'POST', `${at}/open`, {})
  const aside = await well<Row>(world, anna, 'POST', `${at}/discard`, { version: first.version, reason: 'test' })
  const back = await well<Row>(world, anna, 'POST', `${at}/restore`, { version: aside.version })
  await well(world, anna, 'POST', `${at}/resubmit`, { version: back.version, intake: { contact: draft(person), comment: person.text } })
}

/** A colleague is invited, comes by the letter, signs in and is sent home. */
export async function hireByLetter(world: World, person: Canary): Promise<void> {
  const konstantin = await world.net.at(world.net.zvezda, 'administrator')
  const { dealer } = world.house
  const place = { role: 'seller', position: 'Продавец', outletId: dealer.outletId, departmentId: dealer.departments.sales }
  const name = { surname: person.surname, given: person.given, patronymic: person.patronymic, email: person.email }
  const { id, version } = await well<Row>(world, konstantin, 'POST', '/staff', { ...name, ...place })
  const first = tokenOf(await letterTo(world, person.email, /[\w-]{40,}/))
  const again = await well<Row>(world, konstantin, 'POST', `/staff/${id}/invite`, { version })
  const letter = await until(
    'the second letter',
    () => letterTo(world, person.email, /[\w-]{40,}/),
    (newest) => tokenOf(newest) !== first,
  )
  const token = tokenOf(letter)
  for (const each of [first, token]) world.tokens.add(each)
  const password = `Пароль ${person.text}`
  const came = await tried(world, konstantin, 'POST', '/invitations/accept', { token, password })
  await tried(world, konstantin, 'POST', '/sign-in', { email: person.email, password: person.latin })
  if (came.status === 200) await well(world, konstantin, 'POST', '/sign-in', { email: person.email, password })
  const now = await well<{ rows: (Row & { version: number })[] }>(world, konstantin, 'GET', '/staff?limit=100')
  const row = now.rows.find((each) => each.id === id)
  const { surname, given, email } = name
  const named = await well<Row>(world, konstantin, 'PATCH', `/staff/${id}/person`, { version: row?.version ?? again.version, surname: `${surname}а`, given, email })
  const edited = await well<Row>(world, konstantin, 'PATCH', `/staff/${id}`, { version: named.version, ...place, position: 'Старший продавец' })
  await well(world, konstantin, 'POST', `/staff/${id}/deactivate`, { version: edited.version })
}

const tokenOf = ({ text }: Letter): string => /[\w-]{40,}/.exec(text)?.[0] ?? ''
