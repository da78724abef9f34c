/** The people at work: so many connections that ask one after another, in a process of its own so that it disturbs neither side. */
import { randomUUID } from 'node:crypto'
import http from 'node:http'
import { benchCases, type BenchCase, type CaseInput, type Side, type Step } from './cases.ts'
import type { DriverOptions, Round, RoundResult } from './driver.ts'

let told: (DriverOptions & CaseInput) | undefined
let counter = 0
const agents = { product: new http.Agent({ keepAlive: true, maxSockets: 64 }), floor: new http.Agent({ keepAlive: true, maxSockets: 64 }) }

process.on('message', (message: (DriverOptions & CaseInput) | Round) => {
  if ('case' in message) void play(message).then((result) => process.send?.(result))
  else {
    told = message
    process.send?.({ ready: true })
  }
})
process.once('disconnect', () => process.exit(0))

async function play(round: Round): Promise<RoundResult> {
  const cases = told ? benchCases(told) : []
  const asked = cases.find(({ name }) => name === round.case)
  if (!asked) return { latenciesMs: [], tookMs: 0, problem: `there is no case ${round.case}`, answersPerOp: 0 }
  const latenciesMs: number[] = []
  let problem: string | undefined
  const startedAt = performance.now()
  const deadline = startedAt + round.ms
  await Promise.all(
    Array.from({ length: round.connections }, async (_, connection) => {
      while (performance.now() < deadline && !problem) {
        const began = performance.now()
        problem = await operate(asked, round.side, connection).catch((error: unknown) => String(error))
        latenciesMs.push(performance.now() - began)
      }
    }),
  )
  return { latenciesMs, tookMs: performance.now() - startedAt, answersPerOp: asked.steps(round.side, 0).length, ...(problem ? { problem } : {}) }
}

async function operate(asked: BenchCase, side: Side, connection: number): Promise<string | undefined> {
  let answer = ''
  for (const step of asked.steps(side, counter++)) {
    const reply = await ask(side, step, connection)
    if (reply.status !== 200) return `${step.method} ${step.path}: ${reply.status} ${reply.text.slice(0, 300)}`
    answer = reply.text
  }
  if (counter % 50 !== 1 || !asked.rows) return undefined
  const { name, least } = asked.rows
  const rows = (JSON.parse(answer) as Record<string, unknown[]>)[name]?.length ?? -1
  return rows >= least ? undefined : `${asked.name}: ${rows} ${name} instead of at least ${least}`
}

function ask(side: Side, { method, path, body, isMachine, isChange }: Step, connection: number): Promise<{ status: number; text: string }> {
  if (!told) throw new Error('the driver was told nothing')
  const payload = body === undefined ? undefined : JSON.stringify(body)
  const identity = isMachine ? { authorization: `Bearer ${told.machineKey}` } : { cookie: `infotech=${told.sessions[connection % told.sessions.length]}` }
  const headers = {
    ...identity,
    'x-requested-with': 'infotech',
    ...(payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
    ...(isChange ? { 'idempotency-key': randomUUID() } : {}),
  }
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port: told?.ports[side], path: `/api${path}`, method, headers, agent: agents[side] }, (response) => {
      let text = ''
      response
        .setEncoding('utf8')
        .on('data', (chunk: string) => (text += chunk))
        .on('end', () => resolve({ status: response.statusCode ?? 0, text }))
        .on('error', reject)
    })
    request.on('error', reject)
    request.end(payload)
  })
}
