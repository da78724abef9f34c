/** Every door by which people come into the system. */
import assert from 'node:assert/strict'
import nodemailer from 'nodemailer'
import ExcelJS from 'exceljs'
import type { Canary } from '../canary.ts'
import type { Speaker } from '../installation.ts'
import { asSuperuser, tried, until, well, type World } from './world.ts'

export const draft = ({ surname, given, patronymic, phoneTyped, email, address, birthDate }: Canary) => ({
  surname,
  given,
  patronymic,
  phones: [phoneTyped],
  emails: [email],
  address,
  birthDate,
})
const car = ({ vin, plate, latin }: Canary) => ({ vin, plate, model: `Неведомая ${latin}`, year: 2020 })

type Door = (world: World, person: Canary) => Promise<unknown>
const machineOf = new WeakMap<World, Promise<Speaker>>()
const machine = (world: World): Promise<Speaker> => {
  const known = machineOf.get(world) ?? world.house.machine()
  machineOf.set(world, known)
  return known
}
const operator = ({ net }: World): Promise<Speaker> => net.at(net.zvezda, 'operator')

export const doors: Record<string, Door> = {
  json: async (world, person) => {
    const body = {
      sourceCode: 'site',
      interest: 'trade_in',
      externalRef: `json-${person.n}`,
      model: person.text,
      contact: draft(person),
      ownCar: car(person),
      comment: person.text,
    }
    await well(world, await machine(world), 'POST', '/intake/leads', body)
  },
  adf: async (world, person) => {
    await well(world, await machine(world), 'POST', '/intake/adf?source=site', Buffer.from(adf(person)), { 'content-type': 'application/x-adf+xml' })
  },
  unparsed: async (world, person) => {
    const broken = Buffer.from(`<adf><prospect>${person.surname} ${person.phone} ${person.email} ${person.plate} ${person.birthDate}`)
    await well(world, await machine(world), 'POST', '/intake/adf?source=site', broken, { 'content-type': 'application/x-adf+xml' })
  },
  hand: async (world, person) => {
    const { dealer } = world.house
    const lead = { sourceId: dealer.sources.phone, interest: 'callback', contact: draft(person), ownCar: car(person), comment: person.text }
    const { personId, leadId } = await well<{ personId: string; leadId: string }>(world, await operator(world), 'POST', '/leads', lead)
    world.known.push({ personId, leadId, person })
  },
  person: async (world, person) => {
    await well(world, await operator(world), 'POST', '/persons', { contact: draft(person), ground: { activityCode: 'lead', basis: 'contract' } })
  },
  mail: (world, person) => mail(world, person, person.text),
  mailOfAdf: (world, person) => mail(world, person, adf(person)),
}

const adf = ({ surname, given, phone, email, vin, text, n, address, latin }: Canary): string => `<?xml version="1.0" encoding="UTF-8"?><?adf version="1.0"?>
<adf><prospect><id source="aggregator">adf-${n}</id><requestdate>2026-01-10T10:00:00+03:00</requestdate>
<vehicle interest="trade-in"><year>2019</year><make>Марка</make><model>Модель ${latin}</model><vin>${vin}</vin></vehicle>
<customer><contact><name part="first">${given}</name><name part="last">${surname}</name><phone>${phone}</phone><email>${email}</email><address><street line="1">${address}</street></address></contact><comments>${text}</comments></customer>
<vendor><contact><name part="full">Дилер</name></contact></vendor></prospect></adf>`

const mailTokens = new WeakMap<World, Promise<string>>()
async function mailToken(world: World): Promise<string> {
  const known =
    mailTokens.get(world) ??
    asSuperuser<{ mail_token: string }>(world, 'select mail_token from lead_sources where tenant_id = $1 and mail_token is not null', [world.house.dealer.tenantId]).then(
      ([row]) => row?.mail_token ?? '',
    )
  mailTokens.set(world, known)
  return known
}

async function mail(world: World, person: Canary, text: string): Promise<void> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: world.house.smtpPort, ignoreTLS: true })
  await transport.sendMail({
    from: `"${person.given} ${person.surname}" <${person.email}>`,
    to: `${await mailToken(world)}@dealer.example`,
    subject: `${person.surname}: ${person.latin}`,
    text,
    attachments: [{ filename: `${person.latin}.txt`, content: person.phone }],
  })
}

const headings = ['Фамилия', 'Имя', 'Отчество', 'Телефон', 'Почта', 'VIN', 'Госномер', 'Комментарий']
const cells = (one: Canary): string[] => [one.surname, one.given, one.patronymic, one.phoneTyped, one.email, one.vin, one.plate, one.text]

/** Rows of a file, one of them wrong. */
export const csvOf = (people: readonly Canary[]): Buffer =>
  Buffer.from([headings.join(';'), ...people.map((one) => cells(one).join(';')), `${people[0]?.surname};;;не телефон;;;;`].join('\r\n'))

export async function xlsxOf(people: readonly Canary[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  const sheet = book.addWorksheet(people[0]?.latin ?? 'Лиды')
  sheet.addRow(headings)
  for (const one of people) sheet.addRow(cells(one))
  sheet.addRow([people[0]?.surname, '', '', 'не телефон'])
  return Buffer.from(await book.xlsx.writeBuffer())
}

type Form = { type: string; ending: string }
export const csv: Form = { type: 'text/csv', ending: 'csv' }
export const xlsx: Form = { type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', ending: 'xlsx' }
type LeadFile = { id: string; version: number; status: string; rows: Record<string, number>; mapping: string[] }

/** A file is uploaded, looked through, checked and imported; answers what it was. */
export async function byFile(world: World, people: readonly Canary[], bytes: Buffer, { type, ending }: Form): Promise<LeadFile> {
  const who = await world.net.at(world.net.zvezda, 'head_of_sales')
  const name = encodeURIComponent(`${people[0]?.surname}.${ending}`)
  const address = `/lead-files?sourceId=${world.house.dealer.sources.file}&basis=consent&attested=yes&fileName=${name}`
  const file = await well<LeadFile>(world, who, 'POST', address, bytes, { 'content-type': type })
  const at = `/lead-files/${file.id}`
  await well(world, who, 'POST', `${at}/check`, { version: file.version, mapping: file.mapping, interest: 'callback' })
  const checked = await ended(world, who, at, 'checked')
  await well(world, who, 'POST', `${at}/errors`, {})
  await well(world, who, 'GET', `${at}/rows?status=good`)
  await well(world, who, 'POST', `${at}/import`, { version: checked.version })
  const imported = await ended(world, who, at, 'imported')
  assert.equal(imported.rows.done, people.length)
  return imported
}

export async function undoFile(world: World, { id, version }: LeadFile): Promise<void> {
  const who = await world.net.at(world.net.zvezda, 'head_of_sales')
  await well(world, who, 'POST', `/lead-files/${id}/undo`, { version })
  await ended(world, who, `/lead-files/${id}`, 'undone')
}

async function ended(world: World, who: Speaker, at: string, status: string): Promise<LeadFile> {
  const file = await until(
    `${at} ${status}`,
    async () => (await tried(world, who, 'GET', at)).body as LeadFile,
    (now) => now.status === status || now.status === 'failed',
  )
  assert.equal(file.status, status, JSON.stringify(file))
  return file
}
