/** The floor: node:http, the same driver with the same pool and named statements, and nothing else. A process of its own, told its options by IPC. */
import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type pg from 'pg'
import { timelineOf } from '../server/crm/interactions/timeline-rows.ts'
import { openPool } from '../server/platform/db/pool.ts'
import { Html } from '../server/platform/html/html.ts'
import { newId } from '../server/platform/ids.ts'
import type { FloorOptions } from './floor.ts'
import { formAnswers } from './floor-form.ts'
import { networkAnswers } from './floor-network.ts'
import { clear, runOn, type Answer, type Body, type Run } from './floor-run.ts'
import { siteAnswers } from './floor-site.ts'
import * as sql from './floor-statements.ts'
import type { TokensOfQueries } from './queries.ts'

const POOL_SIZE = 12
const PAGE = 50

process.once('message', (options: FloorOptions) => {
  const pool = openPool(options.database, POOL_SIZE)
  const routes = { ...answers(pool, options), ...networkAnswers(pool, options), ...siteAnswers(pool, options), ...formAnswers(pool, options) }
  const server = createServer((request, response) => void serve(routes, request, response))
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    process.send?.({ port: typeof address === 'object' ? address?.port : 0 })
  })
  process.once('disconnect', () => process.exit(0))
})

async function serve(routes: Record<string, Answer>, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const path = (request.url ?? '').split('?')[0]?.split('/').slice(2) ?? []
    const name = `${request.method} ${path.map((part) => (/^[0-9a-f-]{36}$/.test(part) ? ':id' : part)).join('/')}`
    const answer = routes[name]
    if (!answer) throw new Error(`the floor has no ${name}`)
    const asked = chunks.length > 0 ? (JSON.parse(Buffer.concat(chunks).toString()) as Body) : Object.fromEntries(new URLSearchParams((request.url ?? '').split('?')[1]))
    const told = await answer(path, asked, String(request.headers['idempotency-key']))
    if (told instanceof Html) response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(told.text)
    else response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(told))
  } catch (error) {
    response.writeHead(500, { 'content-type': 'application/json' }).end(JSON.stringify({ error: String(error) }))
  }
}

function answers(pool: pg.Pool, { tenantId, operatorId, leadActivityId }: FloorOptions): Record<string, Answer> {
  const on = (client: pg.PoolClient): Run => runOn(client, tenantId)
  const run = runOn(pool, tenantId)
  const everything = [null, true, null]
  const timeline = (id: string) => run(timelineOf, [id, ...everything, true, null, null, PAGE + 1, true, true, true, true])
  return {
    'GET persons/:id': async ([, id]) => {
      const [[person], grounds, cars, facts] = await Promise.all([
        run(sql.person, [id]),
        run(sql.grounds, [id]),
        run(sql.cars, [id]),
        run(sql.facts, [[id], ['contact', 'vehicle']]),
      ])
      return { ...person, grounds, cars, facts: facts.map(clear) }
    },
    'POST persons/:id/open': async ([, id = '']) => {
      const [[person], facts, found] = await Promise.all([run(sql.person, [id]), run(sql.facts, [[id], ['contact', 'vehicle']]), timeline(id)])
      const rows = found.slice(0, PAGE)
      const texts = new Map((await run(sql.factsOfRecords, [id, rows.flatMap((row) => (row.hasText ? [row.id] : []))])).map((row) => [row.record_id, clear(row).payload]))
      return { ...person, facts: facts.map(clear), rows: rows.map((row) => ({ ...row, text: texts.get(row.id) ?? null })) }
    },
    'GET persons': async (_path, { at, id }) => {
      const rows = await run(sql.personList, [at ?? null, id ?? null, PAGE + 1])
      const facts = new Map((await run(sql.facts, [rows.map((row) => row.id), ['contact']])).map((row) => [row.person_id, clear(row).payload]))
      return { rows: rows.slice(0, PAGE).map((row) => ({ ...row, contact: facts.get(row.id) })) }
    },
    'POST persons/search': async (_path, { tokens, limit }) => {
      const contacts = new Map<string, unknown>()
      for (const group of tokens as TokensOfQueries[string]) {
        for (const row of await run(group.isOneValue ? sql.candidates : sql.candidatesOfMany, [group.tokens])) contacts.set(row.person_id as string, clear(row).payload)
        if (contacts.size >= (limit as number)) break
      }
      const shown = [...contacts].slice(0, limit as number)
      const rows = await run(sql.personsByIds, [shown.map(([id]) => id)])
      return { hits: rows.map((row) => ({ ...row, contact: contacts.get(row.id as string) })) }
    },
    'POST intake/leads': (_path, body, key) => once(pool, on, { operatorId, key, body }, (run) => lead(run, leadActivityId, body)),
    'POST interactions': (_path, body, key) => once(pool, on, { operatorId, key, body }, (run) => interaction(run, operatorId, body)),
  }
}

type Asked = { operatorId: string; key: string; body: Body }

/** One transaction; the answer is kept under the caller's key, so that a repeat is carried out once. */
async function once(pool: pg.Pool, on: (client: pg.PoolClient) => Run, { operatorId, key, body }: Asked, act: (run: Run) => Promise<unknown>): Promise<unknown> {
  const client = await pool.connect()
  const run = on(client)
  try {
    const [, [kept]] = await Promise.all([client.query('begin'), run(sql.findReply, [key])])
    const result = kept?.response ?? (await act(run))
    const requestHash = createHash('sha256').update(JSON.stringify(body)).digest()
    await Promise.all([kept ? undefined : run(sql.keepReply, [operatorId, key, requestHash, JSON.stringify(result)]), client.query('commit')])
    client.release()
    return result
  } catch (error) {
    client.release(true)
    throw error
  }
}

async function lead(run: Run, activityId: string, body: Body): Promise<unknown> {
  const [[source], [place]] = await Promise.all([run(sql.source, [body.sourceCode]), run(sql.choose, [body.sourceId, body.interest])])
  const [[known]] = await Promise.all([run(sql.repeated, [source?.id, body.externalRef]), run(sql.match, [(body.tokens as string[]).slice(0, 2)])])
  if (known) return known
  const [now, personId, leadId] = [new Date(), newId(), newId()]
  const texts = [Buffer.from(JSON.stringify(body.contact)), Buffer.from(JSON.stringify({ text: body.comment }))]
  const [, [added]] = await Promise.all([
    run(sql.addPerson, [personId, place?.outletId, now, newId(), activityId, ['contact', 'communication'], [personId, leadId], texts, body.tokens]),
    run(sql.addLead, [leadId, personId, source?.id, place?.outletId, place?.departmentKind, place?.responsibleId, body.interest, body.externalRef, now]),
    run(sql.addMessage, [newId(), source?.id, body.externalRef, leadId, personId, Buffer.from(JSON.stringify(body)), now]),
    run(sql.addJob, [leadId]),
    run(sql.notify, []),
  ])
  return { leadId, number: added?.number }
}

async function interaction(run: Run, operatorId: string, body: Body): Promise<unknown> {
  const [id, now] = [newId(), new Date()]
  await Promise.all([run(sql.person, [body.personId]), run(sql.leadOfContact, [body.personId])])
  await Promise.all([
    run(sql.addInteraction, [id, body.personId, now, body.kind, body.result, operatorId]),
    run(sql.addFact, [body.personId, id, Buffer.from(JSON.stringify({ text: body.text }))]),
    run(sql.notify, []),
  ])
  return { id }
}
