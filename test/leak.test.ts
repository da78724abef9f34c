/**
 * Two hundred people (LEAK_PEOPLE=1000 for the full number) every field of whom carries a mark go through every door; then everything that lies on
 * the disk is searched: both databases row by row, the clusters' files with their logs ahead, files, heads, logs, and what the processes were started with.
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import nodemailer from 'nodemailer'
import pg from 'pg'
import { canary, dumpTables, found, needles, readFolder, type Canary } from './canary.ts'
import { insist, installation, type Answer, type Installation, type Speaker } from './installation.ts'

const PEOPLE = Number(process.env.LEAK_PEOPLE ?? 200)
const FILE_SHARE = 0.25
const WAIT_MS = 60_000
const all = needles()
const closers: (() => unknown)[] = []
let house: Installation
let [operator, head, machine, administrator]: Speaker[] = []
const known: string[] = []

before(async () => {
  house = await installation({ after: (close: unknown) => void closers.push(close as () => unknown) } as Parameters<typeof installation>[0])
  ;[operator, head, administrator] = [await house.hire('operator'), await house.hire('head_of_sales'), await house.hire('administrator')]
  machine = await house.machine()
  await house.ready()
})
after(async () => {
  for (const close of closers.toReversed()) await close()
})

const speaker = (one: Speaker | undefined): Speaker => {
  assert.ok(one)
  return insist(one)
}
const draft = ({ surname, given, patronymic, phoneTyped, email, address }: Canary) => ({
  surname,
  given,
  patronymic,
  phones: [phoneTyped],
  emails: [email],
  address,
  birthDate: '1987-03-14',
})

async function well(asked: Promise<Answer>): Promise<Answer> {
  const answer = await asked
  const { status, text } = answer
  assert.ok(status === 200, `${status} ${text.slice(0, 300)}\n${house.words()}`)
  return answer
}

const doors: Record<string, (person: Canary) => Promise<unknown>> = {
  json: (person) =>
    well(
      speaker(machine).ask('POST', '/intake/leads', {
        sourceCode: 'site',
        interest: 'trade_in',
        externalRef: `json-${person.n}`,
        contact: draft(person),
        ownCar: { vin: person.vin, plate: 'А123ВС77', year: 2020 },
        comment: person.text,
      }),
    ),
  adf: (person) => well(speaker(machine).ask('POST', '/intake/adf?source=site', Buffer.from(adf(person)), { 'content-type': 'application/x-adf+xml' })),
  unparsed: (person) =>
    well(
      speaker(machine).ask('POST', '/intake/adf?source=site', Buffer.from(`<adf><prospect>${person.surname} ${person.phone} ${person.email}`), {
        'content-type': 'application/x-adf+xml',
      }),
    ),
  hand: async (person) => {
    const { body } = await well(
      speaker(operator).ask('POST', '/leads', { sourceId: house.dealer.sources.phone, interest: 'callback', contact: draft(person), comment: person.text }),
    )
    const personId = String(body.personId)
    known.push(personId)
    const { body: card } = await well(speaker(operator).ask('GET', `/persons/${personId}`))
    await well(
      speaker(operator).ask('POST', '/interactions', { personId, kind: 'call_out', result: 'talked', text: person.text, next: { kind: 'call', dueAt: '2031-01-01T10:00:00Z' } }),
    )
    await well(speaker(operator).ask('PATCH', `/persons/${personId}`, { version: card.version, contact: { ...draft(person), address: `${person.address} корп. 2` } }))
    await well(speaker(operator).ask('POST', `/persons/${personId}/reveal`, { purpose: 'request_handling' }))
    await well(speaker(operator).ask('POST', `/persons/${personId}/timeline`, { limit: 50 }))
  },
  person: (person) => well(speaker(operator).ask('POST', '/persons', { contact: draft(person), ground: { activityCode: 'lead', basis: 'contract' } })),
  mail: (person) => mail(person, person.text),
  mailOfAdf: (person) => mail(person, adf(person)),
}

const adf = ({ surname, given, phone, email, vin, text, n, address }: Canary): string => `<?xml version="1.0" encoding="UTF-8"?><?adf version="1.0"?>
<adf><prospect><id source="aggregator">adf-${n}</id><requestdate>2026-01-10T10:00:00+03:00</requestdate>
<vehicle interest="trade-in"><year>2019</year><make>Марка</make><model>Модель</model><vin>${vin}</vin></vehicle>
<customer><contact><name part="first">${given}</name><name part="last">${surname}</name><phone>${phone}</phone><email>${email}</email><address><street line="1">${address}</street></address></contact><comments>${text}</comments></customer>
<vendor><contact><name part="full">Дилер</name></contact></vendor></prospect></adf>`

async function mail(person: Canary, text: string): Promise<void> {
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: house.smtpPort, ignoreTLS: true })
  const { rows } = await asSuperuser<{ mail_token: string }>('select mail_token from lead_sources where tenant_id = $1 and mail_token is not null', [house.dealer.tenantId])
  await transport.sendMail({
    from: `"${person.given} ${person.surname}" <${person.email}>`,
    to: `${rows[0]?.mail_token}@dealer.example`,
    subject: `${person.surname}: ${person.latin}`,
    text,
    attachments: [{ filename: `${person.latin}.txt`, content: person.phone }],
  })
}

async function asSuperuser<Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<pg.QueryResult<Row>> {
  const client = new pg.Client({ ...house.superuser.main })
  await client.connect()
  try {
    return await client.query<Row>(text, values)
  } finally {
    await client.end()
  }
}

async function byFile(people: Canary[]): Promise<void> {
  const csv = [
    'Фамилия;Имя;Отчество;Телефон;Почта;VIN;Комментарий',
    ...people.map((one) => [one.surname, one.given, one.patronymic, one.phoneTyped, one.email, one.vin, one.text].join(';')),
    `${people[0]?.surname};;;не телефон;;;`,
  ].join('\r\n')
  const who = speaker(head)
  const { body: file } = await well(
    who.ask('POST', `/lead-files?sourceId=${house.dealer.sources.file}&basis=consent&attested=yes&fileName=${encodeURIComponent(`${people[0]?.surname}.csv`)}`, Buffer.from(csv), {
      'content-type': 'text/csv',
    }),
  )
  const at = `/lead-files/${String(file.id)}`
  await well(who.ask('POST', `${at}/check`, { version: file.version, mapping: file.mapping, interest: 'callback' }))
  const checked = await until(
    `${at} checked`,
    async () => (await who.ask('GET', at)).body,
    ({ status }) => status === 'checked' || status === 'failed',
  )
  assert.equal(checked.status, 'checked', JSON.stringify(checked))
  await well(who.ask('POST', `${at}/errors`, {}))
  await well(who.ask('POST', `${at}/import`, { version: checked.version }))
  const imported = await until(
    `${at} imported`,
    async () => (await who.ask('GET', at)).body,
    ({ status }) => status === 'imported' || status === 'failed',
  )
  assert.equal((imported.rows as Record<string, number>).done, people.length)
}

async function until<T>(what: string, look: () => Promise<T>, isThere: (value: T) => boolean): Promise<T> {
  for (const deadline = Date.now() + WAIT_MS; ; await sleep(100)) {
    const value = await look()
    if (isThere(value)) return value
    if (Date.now() > deadline) throw new Error(`${what}: not after ${WAIT_MS / 1000} s, last was ${JSON.stringify(value)}`)
  }
}

/** What people do wrong: refusals are where values slip into words. */
async function mistakes(person: Canary): Promise<void> {
  const one = speaker(operator)
  await one.ask('POST', '/persons', { contact: { ...draft(person), phones: [person.text] }, ground: { activityCode: person.latin, basis: 'contract' } })
  await one.ask('POST', '/persons', { contact: draft(person), ground: { activityCode: person.surname, basis: person.latin }, [person.surname]: person.phone })
  await one.ask('POST', '/persons', `{"contact": {"surname": "${person.surname}", ${person.phone}`, { 'content-type': 'application/json' })
  await one.ask('POST', '/leads', { sourceId: person.surname, contact: draft(person) })
  await one.ask('GET', `/persons/${encodeURIComponent(person.surname)}?${person.latin}=${person.phone}`)
  await one.ask('GET', `/persons?cursor=${person.latin}`)
  await one.ask('POST', '/persons/search', { query: person.surname })
  await one.ask('POST', '/persons/search', { query: person.phone })
  await one.ask('POST', '/persons/duplicates', { phones: [person.phone], emails: [person.email] })
  await speaker(machine).ask(
    'POST',
    '/intake/leads',
    { sourceCode: person.latin, externalRef: `wrong-${person.n}`, contact: draft(person) },
    { 'idempotency-key': `wrong-${person.n}` },
  )
  await one.ask('POST', '/sessions', { email: person.email, password: person.latin })
}

test('the search finds a mark in every writing, so finding nothing means something', () => {
  const person = canary(7)
  for (const word of [person.surname, person.email, person.vin, person.text]) {
    const writings = [
      Buffer.from(word),
      Buffer.from(word, 'utf16le'),
      ...['hex', 'base64', 'base64url'].map((form) => Buffer.from(Buffer.from(word).toString(form as BufferEncoding))),
      Buffer.from(encodeURIComponent(word)),
      Buffer.from(word.toUpperCase()),
    ]
    for (const bytes of writings) assert.notDeepEqual(found(Buffer.concat([Buffer.alloc(5), bytes, Buffer.alloc(3)]), all), [], `${word} as ${bytes.toString('latin1')}`)
  }
  for (const phone of [person.phone, person.phone.slice(1), person.phone.slice(2), person.phoneTyped, Buffer.from(person.phone).toString('base64')])
    assert.notDeepEqual(found(Buffer.from(`(${phone})`), all), [], phone)
  assert.deepEqual(found(Buffer.from('1234976555012345 сказал, что перезвонит завтра'), all), [])
})

test('two hundred people come through every door', async () => {
  const entries = Object.entries(doors)
  const byHand = Array.from({ length: Math.ceil(PEOPLE * (1 - FILE_SHARE)) }, (_, n) => canary(n))
  await Promise.all(
    Array.from({ length: 8 }, async (_, lane) => {
      for (const person of byHand.filter(({ n }) => n % 8 === lane)) {
        const [name, door] = entries[Math.floor(person.n / 8) % entries.length] ?? []
        await door?.(person).catch((error: unknown) => assert.fail(`the door ${name}: ${String(error)}`))
      }
    }),
  )
  await byFile(Array.from({ length: PEOPLE - byHand.length }, (_, i) => canary(byHand.length + i)))
  for (const n of [1, 2, 3]) await mistakes(canary(n))
  const staff = canary(999)
  await well(
    speaker(administrator).ask('POST', '/staff', {
      surname: staff.surname,
      given: staff.given,
      patronymic: staff.patronymic,
      email: staff.email,
      role: 'seller',
      position: 'Продавец',
      outletId: house.dealer.outletId,
      departmentId: house.dealer.departments.sales,
    }),
  )
  const { rows } = await asSuperuser<{ people: number; messages: number }>(
    `select (select count(*)::int from persons where kind = 'customer') people, (select count(*)::int from intake_messages) messages`,
  )
  assert.ok((rows[0]?.people ?? 0) >= PEOPLE * 0.7, `only ${rows[0]?.people} people came in`)
  const { body } = await well(speaker(operator).ask('POST', `/persons/${known[0]}/reveal`, { purpose: 'request_handling' }))
  assert.notDeepEqual(found(Buffer.from(JSON.stringify(body)), all), [], 'who may see them sees them')
})

test('neither database holds a word of them in any row', async () => {
  for (const [name, superuser] of [
    ['main', house.superuser.main],
    ['key store', house.superuser.keys],
  ] as const) {
    const leaks: string[] = []
    const rows = await dumpTables(superuser, (where, bytes) => leaks.push(...found(bytes, all).map((needle) => `${where}: ${needle}`)))
    assert.ok(rows > (name === 'main' ? PEOPLE * 10 : PEOPLE), `only ${rows} rows of ${name} were read`)
    assert.deepEqual(leaks, [], name)
  }
})

test('nothing a process was started with names them', () => {
  for (const name of ['web', 'worker', 'vault', 'postgres', 'keystore'] as const) {
    const pid = house.pidOf(name)
    for (const file of ['environ', 'cmdline']) assert.deepEqual(found(readFileSync(`/proc/${pid}/${file}`), all), [], `${name} ${file}`)
  }
})

test('no file of the installation holds them: rows, write-ahead log, heads, sealed files, what the processes said', async () => {
  await asSuperuser('checkpoint')
  await house.stop()
  const leaks: string[] = []
  // The demo mailbox is the outside world of a demo: what is sent to people lies there in clear.
  const inspect = (where: string, bytes: Buffer): void => void (where.includes('demo-mailbox/') || leaks.push(...found(bytes, all).map((needle) => `${where}: ${needle}`)))
  const folders = new Set([house.folder, house.homes.main, house.homes.keys])
  const files = [...folders].reduce((sum, folder) => sum + readFolder(folder, inspect), 0)
  assert.ok(files > 500, `only ${files} files were read`)
  assert.deepEqual([...new Set(leaks)], [])
})
