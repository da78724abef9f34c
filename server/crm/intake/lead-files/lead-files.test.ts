import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import pg from 'pg'
import { openEnds } from '../../../../test/ends.ts'
import { eventually } from '../../../../test/eventually.ts'
import type { Person } from '../../../../test/stage.ts'
import { workerStage, type WorkerStage } from '../../../../test/worker-stage.ts'
import { workbookOf, zipOf } from '../table/zip-fixture.ts'

type Counts = { total: number; good: number; bad: number; known: number; done: number; kept: number; undone: number; failed: number }
type File = { id: string; status: string; rows: Counts; problem: string | null; version: number; mapping: string[] }
type Uploaded = { id: string; version: number; headings: string[]; mapping: string[] }
type Row = { line: number; problems: { column: number | null; code: string }[]; leadId: string | null }

const ends = openEnds()
let cast: WorkerStage
let maria: Person
before(async () => {
  cast = await workerStage(ends)
  maria = await cast.hire('head_of_sales')
})
after(ends.close)

const upload = (csv: string | Buffer, who = maria, more = 'attested=yes&basis=contract', type = 'text/csv') =>
  who.post<Uploaded & { error?: string; fields?: { at: string; why: string }[] }>(`/lead-files?sourceId=${who.dealer.sources.file}&${more}`, Buffer.from(csv as string) as never, {
    'content-type': type,
  })
const fileOf = async (id: string): Promise<File> => (await maria.get<File>(`/lead-files/${id}`)).body
const until = (id: string, status: string): Promise<File> =>
  eventually(async () => {
    const file = await fileOf(id)
    return file.status === status && file
  }, `${status} of the file`)
const rowsOf = async (id: string, status: string): Promise<Row[]> => (await maria.get<{ rows: Row[] }>(`/lead-files/${id}/rows?status=${status}&limit=100`)).body.rows
async function checked(csv: string): Promise<File> {
  const { status, body } = await upload(csv)
  assert.equal(status, 200, JSON.stringify(body))
  const begun = await maria.post(`/lead-files/${body.id}/check`, { version: body.version, mapping: body.mapping, interest: 'callback' })
  assert.equal(begun.status, 200, JSON.stringify(begun.body))
  return until(body.id, 'checked')
}
async function imported(csv: string): Promise<File> {
  const file = await checked(csv)
  assert.equal((await maria.post(`/lead-files/${file.id}/import`, { version: file.version })).status, 200)
  return until(file.id, 'imported')
}
const phone = (): string => `+7 999 ${String(Math.floor(Math.random() * 1e7)).padStart(7, '0')}`

test('Maria uploads a file: headings are understood, bad rows are named by column and code, and nothing is made yet', async () => {
  const [known, one, two] = [phone(), phone(), phone()]
  await maria.post('/persons', { contact: { fullName: 'Знакомый Пётр', phones: [known], emails: [] }, ground: { activityCode: 'lead', basis: 'contract' } })
  const file = await checked(
    [
      'ФИО;Телефон;E-mail;Комментарий;Год выпуска',
      `Иванова Анна;${one};;красную;2020`,
      `Петров;${one};;;`,
      `Сидоров;12;;;`,
      `Кузнецов;${two};не почта;;`,
      `Без связи;;;;`,
      `Знакомый Пётр;${known};;;1700`,
      `Знакомый Пётр;${known};;;2001`,
    ].join('\r\n'),
  )
  assert.deepEqual(file.mapping, ['fullName', 'phone', 'email', 'comment', 'year'])
  assert.deepEqual({ ...file.rows }, { total: 7, good: 2, bad: 5, known: 1, done: 0, kept: 0, undone: 0, failed: 0 })
  assert.deepEqual(
    (await rowsOf(file.id, 'bad')).map(({ line, problems }) => [line, problems[0]?.column, problems[0]?.code]),
    [
      [3, 2, 'duplicate_in_file'],
      [4, 2, 'phone_format'],
      [5, 3, 'email_format'],
      [6, null, 'phone_or_email'],
      [7, 5, 'year_format'],
    ],
  )
  assert.equal((await maria.get<{ rows: unknown[] }>('/leads')).body.rows.length, 0)
  const { rows } = await cast.owner.query<{ text: string }>(
    'select row_to_json(f)::text || (select string_agg(problems::text, $2) from lead_file_rows where file_id = f.id) as text from lead_files f where id = $1',
    [file.id, ''],
  )
  assert.doesNotMatch(rows[0]?.text ?? '', /Иванова|Комментарий/)
})

test('the bad rows come back as a table that says why, and opening it is on the record', async () => {
  const file = await checked(['Имя;Телефон', `Анна;${phone()}`, '=cmd;12'].join('\n'))
  const errors = await maria.post<{ csv: string; rows: number }>(`/lead-files/${file.id}/errors`)
  assert.equal(errors.body.rows, 1)
  assert.match(errors.body.csv, /Имя;Телефон;№;!\r\n'=cmd;12;3;"?(?:Имя: name_format, )?Телефон: phone_format/)
  assert.ok((await cast.events(maria.dealer, 'message.opened')).length > 0)
})

test('good rows become leads of people who are held on the attested basis; pressing twice imports once', async () => {
  const file = await imported(['ФИО;Телефон;VIN;Интерес;id', `Шубина Вера;${phone()};XTAGFL110FY000001;trade-in;A1`, `Гусев Глеб;${phone()};;кредит;A2`].join('\n'))
  assert.deepEqual([file.rows.done, file.rows.good], [2, 2])
  const leads = (await maria.get<{ rows: { id: string; interest: string; assignedBecause: string; masked: { name: string } }[] }>('/leads?limit=100')).body.rows
  const rows = await rowsOf(file.id, 'imported')
  const mine = leads.filter(({ id }) => rows.some(({ leadId }) => leadId === id))
  assert.deepEqual(mine.map(({ interest }) => interest).toSorted(), ['credit', 'trade_in'])
  assert.ok(mine.every(({ masked }) => /^(?:Шубина|Гусев)/.test(masked.name)))
  const again = await maria.post<{ error: string }>(`/lead-files/${file.id}/import`, { version: file.version })
  assert.deepEqual([again.status, again.body.error], [409, 'wrong_state'])
  const found = await maria.post<{ hits: unknown[] }>('/persons/search', { query: 'Шубина' })
  assert.equal(found.body.hits.length, 1)
  const second = await checked(['ФИО;Телефон;id', `Другая Вера;${phone()};A1`].join('\n'))
  assert.deepEqual((await rowsOf(second.id, 'bad'))[0]?.problems, [{ column: 3, code: 'known_request' }])
})

test('the clocks of imported leads run like any: when nobody takes them they are escalated, and every outlet hears of its own', async () => {
  const { tenantId } = maria.dealer
  const outletId = randomUUID()
  await cast.owner.query(
    `insert into outlets (tenant_id, id, name, address, time_zone, hours) select tenant_id, $2, 'Второй салон', address, time_zone, hours from outlets where tenant_id = $1 limit 1`,
    [tenantId, outletId],
  )
  await cast.owner.query(
    `insert into routing_rules (tenant_id, id, place, name, interest, to_outlet_id, to_department_kind, is_active) values ($1, $2, 1, 'Кредит во второй', 'credit', $3, 'sales', true)`,
    [tenantId, randomUUID(), outletId],
  )
  const listening = new pg.Client(cast.database.owner)
  const heard = new Set<string>()
  await listening.connect()
  listening.on('notification', ({ payload }) => {
    const { kind, outletId: at } = JSON.parse(payload ?? '{}') as { kind: string; outletId: string }
    if (kind === 'lead') heard.add(at)
  })
  await listening.query('listen live')
  const file = await imported(['ФИО;Телефон;Интерес', `Первая Ия;${phone()};кредит`, `Вторая Ия;${phone()};кредит`, `Третья Ия;${phone()};вопрос`].join('\n'))
  await eventually(async () => heard.size === 2, 'both outlets')
  await listening.end()
  await cast.owner.query('delete from routing_rules where tenant_id = $1', [tenantId])
  cast.clock.forward(30 * 86_400_000)
  await cast.owner.query(
    `update graphile_worker._private_jobs set run_at = now() where task_id = (select id from graphile_worker._private_tasks where identifier = 'lead-deadline')`,
  )
  const escalated = () => cast.owner.query<{ n: number }>('select count(*)::int n from leads where external_ref like $1 and escalated_at is not null', [`file:${file.id}:%`])
  await eventually(async () => (await escalated()).rows[0]?.n === 3, 'three escalations')
  cast.clock.forward(-30 * 86_400_000)
})

test('an import that was killed in the middle goes on where it stopped, and no row is there twice', async () => {
  const lines = Array.from({ length: 1_200 }, (_, i) => `Клиент;+7 998 ${String(1_000_000 + i)}`)
  const file = await checked(['ФИО;Телефон', ...lines].join('\n'))
  // What a killed worker leaves: the first batch is there, the job is not done.
  await cast.owner.query(`create function stumble() returns trigger language plpgsql as $$ begin
    if (select count(*) from lead_file_rows where file_id = new.file_id and status = 'imported') >= 500 and not exists (select from stumbled) then raise exception 'stumble' using errcode = '57P01'; end if; return new; end $$`)
  await cast.owner.query('create table stumbled (x int); grant select on stumbled to infotech_app')
  await cast.owner.query(`create trigger stumble before update on lead_file_rows for each row when (new.status = 'imported' and new.line > 900) execute function stumble()`)
  await maria.post(`/lead-files/${file.id}/import`, { version: file.version })
  await eventually(async () => (await fileOf(file.id)).rows.done === 500 && cast.said.some(({ about }) => about.task === 'lead-import'))
  await cast.owner.query('insert into stumbled values (1)')
  await cast.owner.query('update graphile_worker._private_jobs set run_at = now()')
  const done = await until(file.id, 'imported')
  await cast.owner.query('drop trigger stumble on lead_file_rows; drop function stumble; drop table stumbled')
  assert.equal(done.rows.done, 1_200)
  const { rows } = await cast.owner.query<{ leads: number; people: number }>(
    'select count(*)::int leads, count(distinct person_id)::int people from leads where external_ref like $1',
    [`file:${file.id}:%`],
  )
  assert.deepEqual(rows[0], { leads: 1_200, people: 1_200 })
})

test('an undo puts every row into one of three buckets: gone, kept because somebody worked with it, failed', async () => {
  const known = phone()
  const { body: person } = await maria.post<{ id: string }>('/persons', {
    contact: { fullName: 'Давний Клиент', phones: [known], emails: [] },
    ground: { activityCode: 'lead', basis: 'contract' },
  })
  const file = await imported(['ФИО;Телефон;Комментарий', `Новая Ирина;${phone()};`, `Занятой Олег;${phone()};`, `Давний Клиент;${known};снова хочет`].join('\n'))
  const rows = await rowsOf(file.id, 'imported')
  const leadOf = async (line: number) => (await maria.get<{ id: string; version: number; personId: string }>(`/leads/${rows.find((row) => row.line === line)?.leadId}`)).body
  const [irina, oleg] = [await leadOf(2), await leadOf(3)]
  assert.equal((await maria.post(`/leads/${oleg.id}/take`, { version: oleg.version })).status, 200)
  assert.equal((await maria.post(`/lead-files/${file.id}/undo`, { version: file.version })).status, 200)
  const undone = await until(file.id, 'undone')
  assert.deepEqual([undone.rows.undone, undone.rows.kept, undone.rows.failed], [2, 1, 0])
  assert.equal((await maria.get(`/leads/${oleg.id}`)).status, 200)
  assert.equal((await maria.get(`/leads/${irina.id}`)).status, 404)
  assert.equal((await maria.get(`/persons/${irina.personId}`)).status, 404)
  assert.equal((await maria.get(`/persons/${person.id}`)).status, 200)
  const left = await cast.owner.query('select 1 from facts where person_id = $1', [irina.personId])
  assert.equal(left.rowCount, 0)
  assert.ok((await cast.events(maria.dealer, 'person.destroyed')).some(({ personIds }) => personIds.includes(irina.personId)))
})

test('an XLSX is read as well, and what is no table is refused by name', async () => {
  const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`
  const xlsx = zipOf(workbookOf(`<row r="1">${cell('ФИО')}${cell('Телефон')}</row><row r="2">${cell('Табличная Нина')}${cell(phone())}</row>`))
  const { body } = await upload(xlsx, maria, 'attested=yes&basis=consent', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
  assert.deepEqual(body.mapping, ['fullName', 'phone'])
  const cases: [string | Buffer, string][] = [
    ['', 'empty'],
    [Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'xls_or_encrypted'],
    [Buffer.from('a\0b'), 'binary'],
  ]
  for (const [bytes, code] of cases) {
    const refused = await upload(bytes)
    assert.deepEqual([refused.status, refused.body.fields?.[0]], [422, { at: 'body', why: code }])
  }
  const broken = await upload(`ФИО;Телефон\nа;${phone()}\n"б;${phone()}`)
  await maria.post(`/lead-files/${broken.body.id}/check`, { version: 1, mapping: broken.body.mapping, interest: 'callback' })
  assert.equal((await until(broken.body.id, 'failed')).problem, 'quote_not_closed|3')
})

test('without an attestation, a right or a company there is no file', async () => {
  const csv = `ФИО;Телефон\nИван;${phone()}`
  const silent = await upload(csv, maria, 'basis=contract')
  assert.deepEqual([silent.status, silent.body.fields?.[0]?.at], [422, 'attested'])
  const unknown = await upload(csv, maria, 'attested=yes&basis=because')
  assert.equal(unknown.body.fields?.[0]?.at, 'basis')
  const seller = await cast.hire('seller')
  assert.equal((await upload(csv, seller)).status, 403)
  assert.equal((await cast.stranger.get('/lead-files')).status, 401)
  const boris = await cast.hire('head_of_sales', { dealer: await cast.dealer() })
  const { body } = await upload(csv)
  for (const act of ['check', 'import', 'undo', 'errors']) {
    const draft = act === 'errors' ? {} : act === 'check' ? { version: 1, mapping: body.mapping, interest: 'callback' } : { version: 1 }
    const [his, nothing] = [
      await boris.post<{ requestId: string }>(`/lead-files/${body.id}/${act}`, draft),
      await boris.post<{ requestId: string }>(`/lead-files/${randomUUID()}/${act}`, draft),
    ]
    assert.equal(his.status, 404, act)
    assert.deepEqual({ ...his.body, requestId: '' }, { ...nothing.body, requestId: '' })
  }
  const wrong = await maria.post<{ fields: { at: string }[] }>(`/lead-files/${body.id}/check`, { version: 1, mapping: ['fullName', 'skip'], interest: 'callback' })
  assert.deepEqual([wrong.status, wrong.body.fields[0]?.at], [422, 'mapping'])
})

test('a basis that the register does not know for enquiries is refused before anything is stored', async () => {
  const dealer = await cast.dealer()
  await cast.owner.query(`update activities set bases = '{contract}' where tenant_id = $1 and code = 'lead'`, [dealer.tenantId])
  const zoya = await cast.hire('head_of_sales', { dealer })
  const { status, body } = await upload(`Имя;Телефон\nАнна;${phone()}`, zoya, 'attested=yes&basis=consent')
  assert.deepEqual([status, body.error], [403, 'no_ground'])
  assert.deepEqual((await zoya.get<{ rows: unknown[] }>('/lead-files')).body.rows, [])
})

test('after thirty days the uploaded original is destroyed, key and object', async () => {
  const { body } = await upload(`ФИО;Телефон\nИван;${phone()}`)
  const { rows } = await cast.owner.query<{ file_id: string }>('select file_id from lead_files where id = $1', [body.id])
  await cast.owner.query(`update lead_files set created_at = now() - interval '31 days' where id = $1`, [body.id])
  await cast.owner.query(`select jobs_add('sweep-files', $1)`, [JSON.stringify({ tenantId: maria.dealer.tenantId })])
  assert.equal((await until(body.id, 'failed')).problem, 'expired')
  assert.equal((await cast.owner.query('select 1 from files where id = $1', [rows[0]?.file_id])).rowCount, 0)
})
