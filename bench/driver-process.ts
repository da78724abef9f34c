/** The people at work: so many connections that ask one after another, in a process of its own so that it disturbs neither side. */
import { randomUUID } from 'node:crypto'
import http from 'node:http'
import type { BenchCase, Side, Step } from './case.ts'
import { benchCases, type CaseInput } from './cases.ts'
import type { DriverOptions, Round, RoundResult } from './driver.ts'
import { unpack } from './unpack.ts'

let told: (DriverOptions & CaseInput) | undefined
let counter = 0
const agents = { product: new http.Agent({ keepAlive: true, maxSockets: 128 }), floor: new http.Agent({ keepAlive: true, maxSockets: 128 }) }

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
  return counter % 50 === 1 ? missing(asked, answer) : undefined
}

function missing({ name: title, rows, says }: BenchCase, answer: string): string | undefined {
  if (says !== undefined && !answer.includes(says)) return `${title}: the answer has no ${says}`
  if (!rows) return undefined
  const { name, least } = rows
  const parsed = JSON.parse(answer) as unknown[] & Record<string, unknown[]>
  const found = (name === '' ? parsed : parsed[name])?.length ?? -1
  return found >= least ? undefined : `${title}: ${found} ${name} instead of at least ${least}`
}

function identityOf({ as }: Step, { machineKey, pollKeys, sessions }: DriverOptions, connection: number): Record<string, string> {
  if (as === 'visitor') return { 'accept-encoding': 'gzip, br' }
  if (as === 'machine') return { authorization: `Bearer ${machineKey}` }
  return as ? { authorization: `Bearer ${pollKeys[as.dealer]}` } : { cookie: `infotech=${sessions[connection % sessions.length]}` }
}

function ask(side: Side, step: Step, connection: number): Promise<{ status: number; text: string }> {
  if (!told) throw new Error('the driver was told nothing')
  const { method, path, body, isChange, as } = step
  const payload = body === undefined ? undefined : JSON.stringify(body)
  const headers = {
    ...identityOf(step, told, connection),
    'x-requested-with': 'infotech',
    ...(payload === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(payload) }),
    ...(isChange ? { 'idempotency-key': randomUUID() } : {}),
  }
  const address = as === 'visitor' ? path : `/api${path}`
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port: told?.ports[side], path: address, method, headers, agent: agents[side] }, (response) => {
      const parts: Buffer[] = []
      response
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => resolve({ status: response.statusCode ?? 0, text: unpack(Buffer.concat(parts), response.headers['content-encoding']) }))
        .on('error', reject)
    })
    request.on('error', reject)
    request.end(payload)
  })
}
