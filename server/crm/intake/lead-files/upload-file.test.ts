import assert from 'node:assert/strict'
import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, readdirSync } from 'node:fs'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { test, type TestContext } from 'node:test'
import { eventually } from '../../../../test/eventually.ts'
import { fakeS3 } from '../../../../test/fakes/s3.ts'
import { fingerprint } from '../../../../test/fingerprint.ts'
import { liveBytes } from '../../../../test/live-bytes.ts'
import { stage, type Person, type Stage } from '../../../../test/stage.ts'
import { workbookOf, zipOf } from '../table/zip-fixture.ts'
import { placeOf } from './open-rows.ts'

type Answer = { status: number; body: { id: string; headings: string[]; error?: string; fields?: { at: string; why: string }[] } }
type House = { scene: Stage; maria: Person; port: number; /** Names of stored objects. */ objects: () => string[]; spooled: () => string[] }

/** A company that really listens: what is streamed is streamed over a socket. */
async function open(t: TestContext, more: { filesUrl?: string } = {}): Promise<House> {
  const scene = await stage(t, more)
  const maria = await scene.hire('head_of_sales')
  await scene.app.http.listen({ host: '127.0.0.1', port: 0 })
  const folder = (name: string): string[] => {
    const at = join(dirname(scene.filesUrl), name)
    return existsSync(at) ? readdirSync(at, { recursive: true, withFileTypes: true }).flatMap((entry) => (entry.isFile() ? [entry.name] : [])) : []
  }
  return { scene, maria, port: (scene.app.http.server.address() as AddressInfo).port, objects: () => folder('files'), spooled: () => folder('spool') }
}

type Sent = { body?: Iterable<Buffer> | AsyncIterable<Buffer> | Buffer; headers?: Record<string, string>; type?: string; fileName?: string; who?: Person }
function begin({ maria, port }: House, { headers = {}, type = 'text/csv', fileName = 'leads.csv', who = maria }: Sent): http.ClientRequest {
  const path = `/api/lead-files?sourceId=${maria.dealer.sources.file}&attested=yes&basis=contract&fileName=${fileName}`
  const own = { 'x-requested-with': 'infotech', ...(who.token ? { cookie: `infotech=${who.token}` } : {}), 'content-type': type, ...headers }
  return http.request({ host: '127.0.0.1', port, method: 'POST', path, headers: own, agent: false })
}
const answerOf = (request: http.ClientRequest): Promise<Answer> =>
  new Promise((resolve, reject) => {
    request.on('error', reject)
    request.on('response', async (response) => {
      const parts: Buffer[] = []
      for await (const part of response) parts.push(part as Buffer)
      resolve({ status: response.statusCode ?? 0, body: JSON.parse(Buffer.concat(parts).toString()) })
    })
  })
function send(house: House, sent: Sent): Promise<Answer> {
  const request = begin(house, sent)
  const answered = answerOf(request)
  if (Buffer.isBuffer(sent.body)) request.end(sent.body)
  else Readable.from(sent.body ?? []).pipe(request)
  return answered
}

const HEADINGS = 'ФИО;Телефон;Комментарий\r\n'
/** A table of so many bytes, a line at a time in pieces of 64 KiB. */
function* table(bytes: number): Generator<Buffer> {
  yield Buffer.from(HEADINGS)
  const piece = Buffer.from(`Иванова Анна;+79990000001;${'красную '.repeat(30)}\r\n`.repeat(120))
  for (let left = bytes; left > 0; left -= piece.length) yield piece
}
async function read({ scene, maria }: House, id: string): Promise<Buffer> {
  const { rows } = await scene.owner.query<{ fileId: string }>('select file_id "fileId" from lead_files where id = $1', [id])
  return scene.job(maria.dealer, 'lead-file-check', async (ctx) => {
    const { fileId } = rows[0]!
    const parts: Buffer[] = []
    for await (const part of await ctx.files.open(await placeOf(ctx, { fileId }))) parts.push(part)
    return Buffer.concat(parts)
  })
}
const countFiles = async ({ scene }: House): Promise<number> => (await scene.owner.query('select 1 from files')).rowCount ?? 0

async function comesBack(house: House): Promise<void> {
  const bytes = Buffer.concat([...table(3_000_000)])
  const cut = Array.from({ length: Math.ceil(bytes.length / 10_007) }, (_, n) => bytes.subarray(n * 10_007, (n + 1) * 10_007))
  for (const body of [bytes, cut]) {
    const { status, body: file } = await send(house, { body })
    assert.equal(status, 200, JSON.stringify(file))
    assert.deepEqual(file.headings, ['ФИО', 'Телефон', 'Комментарий'])
    assert.ok(bytes.equals(await read(house, file.id)))
  }
  assert.deepEqual([await countFiles(house), house.spooled()], [2, []])
}

test('Maria’s table comes back from a folder byte for byte, however it was cut on its way', async (t) => {
  const house = await open(t)
  await comesBack(house)
  assert.equal(house.objects().length, 2)
})

test('and so it does from an S3 store', async (t) => {
  const s3 = await fakeS3()
  const house = await open(t, { filesUrl: s3.url })
  t.after(() => s3.close())
  await comesBack(house)
  assert.deepEqual([s3.objects.size, house.objects()], [2, []])
})

test('of a workbook the parts are read where they lie', async (t) => {
  const house = await open(t)
  const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`
  const pictures = { name: 'xl/media/car.png', content: randomBytes(5_000_000), store: true }
  const bytes = zipOf([pictures, ...workbookOf(`<row r="1">${cell('ФИО')}${cell('Телефон')}</row><row r="2">${cell('Анна')}${cell('+79990000001')}</row>`)])
  const { status, body } = await send(house, { body: bytes, fileName: 'leads.xlsx', type: 'application/octet-stream' })
  assert.deepEqual([status, body.headings], [200, ['ФИО', 'Телефон']])
  assert.ok(bytes.equals(await read(house, body.id)))
})

test('a client who goes away in the middle leaves no object, no row and no file', async (t) => {
  const house = await open(t)
  const before = await fingerprint(house.scene.owner)
  const request = begin(house, { headers: { 'content-length': String(40_000_000) } })
  request.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => house.scene.app.http.server.once('connection', (socket) => void socket.once('close', () => resolve())))
  const [first] = table(1)
  request.write(first)
  // The server has begun to take it in: bytes of it have left.
  await eventually(async () => (request.socket?.bytesWritten ?? 0) > 100 && request.writableLength === 0, 'the beginning of the body')
  request.destroy()
  await ended
  await eventually(async () => (await fingerprint(house.scene.owner)) === before && house.spooled().length === 0, 'the end of it')
  assert.deepEqual([house.objects(), house.spooled(), await countFiles(house)], [[], [], 0])
  assert.equal((await send(house, { body: Buffer.from(`${HEADINGS}Анна;+79990000001;\r\n`) })).status, 200, 'and the next one is taken in')
})

test('what is no table is refused by name, what is too long is refused while it comes, and neither leaves anything', async (t) => {
  const house = await open(t)
  const before = await fingerprint(house.scene.owner)
  const wrong = await send(house, { body: Buffer.from('d0cf11e0a1b11ae1', 'hex'), fileName: 'leads.xlsx', type: 'application/octet-stream' })
  assert.deepEqual([wrong.status, wrong.body.fields], [422, [{ at: 'body', why: 'xls_or_encrypted' }]])
  const image = await send(house, { body: randomBytes(100), type: 'image/png' })
  assert.deepEqual([image.status, image.body.error], [415, 'unsupported_media'])
  const request = begin(house, { headers: { 'transfer-encoding': 'chunked' } })
  const answered = answerOf(request)
  Readable.from(table(60 * 1024 * 1024)).pipe(request)
  const long = await answered
  assert.deepEqual([long.status, long.body.error], [413, 'too_large'])
  assert.deepEqual([house.objects(), house.spooled(), await fingerprint(house.scene.owner)], [[], [], before])
})

test('who may not upload is told so before they have sent a byte, and so is who says that it will be too long', async (t) => {
  const house = await open(t)
  const seller = await house.scene.hire('seller')
  const announced = (sent: Sent, bytes = 1_000_000): Promise<Answer> => {
    const request = begin(house, { ...sent, headers: { 'content-length': String(bytes) } })
    const answered = answerOf(request)
    request.flushHeaders()
    return answered.finally(() => request.destroy())
  }
  assert.deepEqual((await announced({ who: seller })).body.error, 'forbidden')
  assert.deepEqual((await announced({ who: house.scene.stranger })).body.error, 'not_signed_in')
  assert.deepEqual((await announced({}, 51 * 1024 * 1024)).body.error, 'too_large')
  assert.ok((await house.scene.events(house.maria.dealer, 'act.refused')).some(({ actorId, details }) => actorId === seller.employeeId && details.code === 'forbidden'))
})

test('who sends without end gets the answer, and then the line is cut', async (t) => {
  const house = await open(t)
  const request = begin(house, { headers: { 'transfer-encoding': 'chunked' } })
  const answered = answerOf(request)
  const cut = new Promise<void>((resolve) => request.on('close', resolve))
  function* endless(): Generator<Buffer> {
    for (;;) yield* table(1_000_000)
  }
  const source = Readable.from(endless())
  request.on('close', () => source.destroy())
  source.pipe(request)
  assert.equal((await answered).body.error, 'too_large')
  request.on('error', () => undefined)
  await cut
})

test('the same file under the same key is one file with one answer, also twice at once; another file under it is refused', async (t) => {
  const house = await open(t)
  const headers = { 'idempotency-key': randomUUID() }
  const body = Buffer.from(`${HEADINGS}Анна;+79990000001;\r\n`)
  const both = await Promise.all([send(house, { body, headers }), send(house, { body, headers })])
  assert.deepEqual(
    both.map(({ status }) => status),
    [200, 200],
    JSON.stringify(both),
  )
  const again = await send(house, { body: [body.subarray(0, 5), body.subarray(5)], headers })
  for (const { body: answer } of [...both, again]) assert.deepEqual(answer, both[0]!.body)
  assert.deepEqual([await countFiles(house), house.objects().length], [1, 1], 'of the one that came second nothing is kept')
  const other = await send(house, { body: Buffer.concat([body, Buffer.from('Вера;+79990000002;\r\n')]), headers })
  assert.deepEqual([other.status, other.body.error], [422, 'idempotency_reused'])
  assert.deepEqual([await countFiles(house), house.objects().length, house.spooled()], [1, 1, []])
})

test('fifty megabytes pass through the process without being held by it', async (t) => {
  const house = await open(t)
  const base = await liveBytes()
  let [sent, most, looks] = [0, 0, 0]
  async function* watched(): AsyncGenerator<Buffer> {
    for (const piece of table(49 * 1024 * 1024)) {
      yield piece
      sent += piece.length
      if (sent < (looks + 1) * 12_000_000) continue
      looks++
      most = Math.max(most, (await liveBytes()) - base)
    }
  }
  const { status, body } = await send(house, { body: watched() })
  assert.equal(status, 200, JSON.stringify(body))
  assert.ok(looks === 4 && sent > 49 * 1024 * 1024)
  // Sender and server are one process here: what waits in the sockets of both is counted too.
  assert.ok(most < 8 * 1024 * 1024, `${most} bytes were held`)
})
