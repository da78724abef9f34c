import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import { eventually } from '../../../test/eventually.ts'
import type { Person } from '../../../test/stage.ts'
import { workerStage, type WorkerStage } from '../../../test/worker-stage.ts'
import { peopleJobs } from '../../people/index.ts'

type Opened = {
  version: number
  contact: { surname?: string; given?: string; typedName?: string; phones: { typed: string }[] }
  vehicles: { vin?: string; plate?: string; typedVin?: string; typedPlate?: string }[]
}

const ends = openEnds()
let cast: WorkerStage
let anna: Person
let maria: Person
let site: Person
before(async () => {
  cast = await workerStage(ends)
  anna = await cast.hire('operator')
  maria = await cast.hire('head_of_sales')
  site = await cast.machine(anna.dealer)
})
after(ends.close)

const vin = { typed: 'хта 210990-y2766389', kept: 'XTA210990Y2766389' }
const plate = { typed: 'a123bc 777', kept: 'А123ВС777' }
let number = 1_000
const phone = (): string => `8 (999) 555-${String(++number).replace(/(..)(..)/, '$1-$2')}`
const open = async (personId: string): Promise<Opened> => {
  const { status, body } = await anna.post<Opened>(`/persons/${personId}/reveal`, { purpose: 'request_handling' })
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
const personOf = async (leadId: string): Promise<string> => (await cast.owner.query<{ id: string }>('select person_id id from leads where id = $1', [leadId])).rows[0]!.id

/** By every door the name comes in capitals and in another order than it is kept in, VIN and plate with the wrong letters. */
const doors: Record<string, () => Promise<string>> = {
  'by hand': async () => {
    const contact = { fullName: 'аглая ШУБИНА', phones: [phone()] }
    const { body } = await anna.post<{ personId: string }>('/leads', {
      sourceId: anna.dealer.sources.phone,
      contact,
      interest: 'trade_in',
      ownCar: { vin: vin.typed, plate: plate.typed },
    })
    return body.personId
  },
  'as JSON': async () => {
    const contact = { fullName: 'аглая ШУБИНА', phones: [phone()] }
    const { body } = await site.post<{ leadId: string }>('/intake/leads', { sourceCode: 'site', contact, interest: 'trade_in', ownCar: { vin: vin.typed, plate: plate.typed } })
    return personOf(body.leadId)
  },
  'as ADF': async () => {
    const document = `<?xml version="1.0" encoding="UTF-8"?><?ADF VERSION="1.0"?><adf><prospect><id source="site">typed-${++number}</id><requestdate>2027-03-01T10:00:00+03:00</requestdate>
      <vehicle interest="trade-in" status="used"><year>2015</year><make>LADA</make><model>Vesta</model><vin>${vin.typed}</vin></vehicle>
      <customer><contact><name part="full">аглая ШУБИНА</name><phone>${phone()}</phone></contact></customer><vendor><vendorname>Дилер</vendorname></vendor></prospect></adf>`
    const { body } = await site.post<{ results: { leadId: string }[] }>('/intake/adf?source=site', document, { 'content-type': 'application/x-adf+xml' })
    return personOf(body.results[0]!.leadId)
  },
  'in a file': async () => {
    const csv = ['ФИО;Телефон;VIN;Госномер;Интерес', `аглая ШУБИНА;${phone()};${vin.typed};${plate.typed};trade-in`].join('\r\n')
    const { body: file } = await maria.post<{ id: string; version: number; mapping: string[] }>(
      `/lead-files?sourceId=${maria.dealer.sources.file}&attested=yes&basis=contract`,
      Buffer.from(csv) as never,
      { 'content-type': 'text/csv' },
    )
    const until = (status: string) =>
      eventually(async () => {
        const { body } = await maria.get<{ status: string; version: number }>(`/lead-files/${file.id}`)
        return body.status === status && body
      }, `${status} of the file`)
    await maria.post(`/lead-files/${file.id}/check`, { version: file.version, mapping: file.mapping, interest: 'callback' })
    const { version } = await until('checked')
    await maria.post(`/lead-files/${file.id}/import`, { version })
    await until('imported')
    const { body: rows } = await maria.get<{ rows: { leadId: string }[] }>(`/lead-files/${file.id}/rows?status=imported&limit=10`)
    return personOf(rows.rows[0]!.leadId)
  },
}

for (const [door, arrive] of Object.entries(doors))
  test(`Aglaya’s name, VIN and plate come ${door} in her own writing: clean ones are kept, hers beside them, and only whoever opens her reads either`, async () => {
    const personId = await arrive()
    const { contact, vehicles } = await open(personId)
    assert.deepEqual([contact.surname, contact.given, contact.typedName], ['Шубина', 'Аглая', 'аглая ШУБИНА'])
    const [car] = vehicles
    assert.deepEqual([car?.vin, car?.typedVin], [vin.kept, vin.typed])
    // ADF 1.0 has no place for a plate.
    if (door !== 'as ADF') assert.deepEqual([car?.plate, car?.typedPlate], [plate.kept, plate.typed])
    const shown = JSON.stringify([(await anna.get(`/persons/${personId}`)).body, (await anna.get('/persons?limit=100')).body, (await anna.get('/leads?limit=100')).body])
    const { rows } = await cast.owner.query<{ open: string; sealed: string }>(
      `select concat(p::text, l::text, v::text) open, encode(f.payload, 'hex') sealed from persons p left join leads l on l.person_id = p.id
        left join person_vehicles v on v.person_id = p.id join facts f on f.person_id = p.id where p.id = $1`,
      [personId],
    )
    assert.ok(rows.length >= 2, 'a contact and a car lie there, sealed')
    for (const typed of ['ШУБИНА', vin.typed, plate.typed]) {
      assert.ok(!`${shown}${rows.map((row) => row.open).join('')}`.includes(typed), `${typed} stands in no list, on no card and in no row`)
      assert.ok(!rows.some(({ sealed }) => sealed.includes(Buffer.from(typed).toString('hex'))), `${typed} cannot be read in what is sealed`)
    }
  })

test('who corrects a phone leaves the writing of the name alone; who writes the name anew replaces it', async () => {
  const { body: created } = await anna.post<{ id: string }>('/persons', {
    contact: { surname: 'шубина', given: 'ВЕРА', phones: [phone()], emails: [] },
    ground: { activityCode: 'lead', basis: 'contract' },
  })
  const { version, contact } = await open(created.id)
  assert.equal(contact.typedName, 'шубина ВЕРА')
  const { surname, given, typedName } = contact
  assert.equal((await anna.patch(`/persons/${created.id}`, { version, contact: { surname, given, typedName, phones: [phone()] } })).status, 200)
  const after = await open(created.id)
  assert.equal(after.contact.typedName, 'шубина ВЕРА')
  assert.equal((await anna.patch(`/persons/${created.id}`, { version: after.version, contact: { surname: 'Шубина', given: 'Вероника', phones: [phone()] } })).status, 200)
  assert.equal((await open(created.id)).contact.typedName, undefined)
})

test('with Aglaya goes her writing', async () => {
  const personId = await doors['by hand']!()
  await cast.owner.query(`update grounds set ended_at = now(), ended_reason = 'purpose_reached' where person_id = $1`, [personId])
  await cast.owner.query(`update persons set destroy_after = now() - interval '1 hour' where id = $1`, [personId])
  await cast.job(anna.dealer, 'destroy-due', (ctx) => peopleJobs['destroy-due']!(ctx, {}))
  assert.equal((await anna.post(`/persons/${personId}/reveal`, { purpose: 'request_handling' })).status, 404)
  assert.equal((await cast.owner.query('select 1 from facts where person_id = $1', [personId])).rowCount, 0)
})
