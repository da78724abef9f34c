/** Who asks badly: a dealer and a distributor in which everything is there, somebody of every role in each, and every way in which an endpoint listens. */
import assert from 'node:assert/strict'
import type { InjectOptions } from 'fastify'
import type { Endpoint } from '../contract/endpoint.ts'
import { errors } from '../contract/errors.ts'
import { allows, staffRoles, type Role } from '../contract/permissions.ts'
import { allActions } from '../server/app.ts'
import { nameOf } from './contract-endpoints.ts'
import { openEnds } from './ends.ts'
import { fingerprint } from './fingerprint.ts'
import { furnish, type Furnished } from './furnish.ts'
import { sampleFor, type Said } from './speak.ts'
import { stage, type Person, type Stage } from './stage.ts'

export const endpoints = allActions.map(({ endpoint }) => endpoint)
export type Answer = { status: number; body: { error?: string; fields?: { at: string; why: string }[] } }
export type BadInput = {
  scene: Stage
  /** Sends bytes as they are. */
  send: (endpoint: Endpoint, path: string, payload: string | Buffer | undefined, headers?: Record<string, string>) => Promise<Answer>
  /** In the way the endpoint listens: query, bytes or JSON. */
  sendInput: (endpoint: Endpoint, path: string, input: unknown) => Promise<Answer>
  /** What would be taken, over rows that are there. */
  sample: (endpoint: Endpoint) => Said
  known: (endpoint: Endpoint) => (name: string) => unknown
  /** Asks every endpoint; when all of it was refused, nothing may be there that was not before. */
  everywhere: (ask: (endpoint: Endpoint, said: Said, check: (what: string, answer: Answer) => void) => Promise<void>, of?: readonly Endpoint[]) => Promise<void>
  close: () => Promise<void>
}
type Caller = { token: string; way: 'cookie' | 'own' | 'bearer' | 'nothing' }
type Side = { furnished: Furnished; staff: Map<Role, Person>; slug: string; subject: Person; leaver: Person; intake: Person; self: Person; signedOut: Person }

/** Never a fault of ours; a refusal has a name of the contract, and an invalid input says where. */
export function assertNamed(what: string, { status, body }: Answer): void {
  assert.ok(status < 500, `${what} answers ${status} ${JSON.stringify(body)}`)
  if (status < 400) return
  assert.ok(body.error !== undefined && body.error in errors, `${what} answers ${status} without a name: ${JSON.stringify(body)}`)
  assert.equal(errors[body.error as keyof typeof errors].status, status, what)
  if (body.error === 'invalid') assert.ok(Array.isArray(body.fields) && body.fields.length > 0, `${what} says invalid and not where`)
}

async function openSide(scene: Stage, name: string, kind: 'dealer' | 'distributor'): Promise<Side> {
  const dealer = await scene.dealer(name)
  await scene.owner.query('update tenants set kind = $2 where tenant_id = $1', [dealer.tenantId, kind])
  const staff = new Map<Role, Person>()
  for (const role of staffRoles) staff.set(role, await scene.hire(role, { dealer, outletId: null }))
  // What somebody does with their own access ends it sooner or later; nobody else's work is to end with it.
  const [self, signedOut] = [await scene.hire('seller', { dealer }), await scene.hire('seller', { dealer })]
  const intake = await scene.machine(dealer)
  const { slug } = await scene.site(dealer)
  const furnished = await furnish(scene, dealer)
  const personId = furnished.idOf({ path: '/persons/:personId' }, 'personId') ?? ''
  return { furnished, staff, slug, intake, self, signedOut, subject: await scene.subject(dealer, [personId]), leaver: await scene.subject(dealer, [personId]) }
}

/** The key of a dealer of the network, which alone may poll. */
async function pollingKey(side: Side): Promise<string> {
  const timur = side.staff.get('regional_manager')
  const made = await timur?.post<{ id: string; version: number }>('/network/dealers', { code: 'polling', name: 'Дон', delivery: 'poll' })
  const keyed = await timur?.post<{ token: string }>(`/network/dealers/${made?.body.id}/key`, { version: made?.body.version })
  assert.equal(keyed?.status, 200, JSON.stringify(keyed?.body))
  return keyed?.body.token ?? ''
}

const isOfTheNetwork = ({ can }: Endpoint): boolean => can.startsWith('network.') || can === 'dispute.decide'

export async function badInput(): Promise<BadInput> {
  const ends = openEnds()
  const scene = await stage(ends)
  const [dealer, distributor] = [await openSide(scene, 'Дилер', 'dealer'), await openSide(scene, 'Вельтара', 'distributor')]
  const polling = await pollingKey(distributor)
  const sideOf = (endpoint: Endpoint): Side => (isOfTheNetwork(endpoint) ? distributor : dealer)
  const callerOf = (endpoint: Endpoint): Caller => {
    const { can, path } = endpoint
    const side = sideOf(endpoint)
    if (can === 'anyone' || can === 'site.visit') return { token: '', way: 'nothing' }
    // Whoever leaves is out for the rest of the story.
    if (can === 'own.data') return { token: (path === '/own/leave' ? side.leaver : side.subject).token, way: 'own' }
    if (can === 'network.poll') return { token: polling, way: 'bearer' }
    if (can === 'lead.intake') return { token: side.intake.token, way: 'bearer' }
    if (can === 'signed_in') return { token: (path === '/sign-out' ? side.signedOut : side.self).token, way: 'cookie' }
    const role = staffRoles.find((each) => allows(each, can))
    assert.ok(role, nameOf(endpoint))
    return { token: side.staff.get(role)?.token ?? '', way: 'cookie' }
  }
  const send: BadInput['send'] = async (endpoint, path, payload, headers = {}) => {
    const request: InjectOptions = { method: endpoint.method, url: `/api${path}`, headers: { 'x-requested-with': 'infotech', ...identityOf(callerOf(endpoint)), ...headers } }
    const reply = await scene.app.http.inject(payload === undefined ? request : { ...request, payload })
    return { status: reply.statusCode, body: reply.headers['content-type']?.toString().startsWith('application/json') ? (reply.json() as Answer['body']) : {} }
  }
  const known: BadInput['known'] = (endpoint) => (name) => (name === 'site' ? sideOf(endpoint).slug : sideOf(endpoint).furnished.idOf(endpoint, name))
  const sample: BadInput['sample'] = (endpoint) => sampleFor(endpoint, known(endpoint))
  return { scene, send, sendInput: inItsWay(send), sample, known, everywhere: asking(scene, sample), close: ends.close }
}

function identityOf({ token, way }: Caller): Record<string, string> {
  switch (way) {
    case 'nothing':
      return {}
    case 'bearer':
      return { authorization: `Bearer ${token}` }
    case 'own':
      return { cookie: `infotech_own=${token}` }
    case 'cookie':
      return { cookie: `infotech=${token}` }
  }
}

const inItsWay =
  (send: BadInput['send']): BadInput['sendInput'] =>
  (endpoint, path, input) => {
    if (endpoint.method !== 'GET' && !endpoint.accepts) return send(endpoint, path, JSON.stringify(input) ?? '', { 'content-type': 'application/json' })
    const entries = Object.entries((input ?? {}) as object).map(([name, value]): [string, string] => [
      name,
      typeof value === 'string' ? value.toWellFormed() : (JSON.stringify(value)?.toWellFormed() ?? ''),
    ])
    const url = `${path}?${new URLSearchParams(entries)}`.slice(0, 15_000)
    return endpoint.accepts ? send(endpoint, url, Buffer.from('<adf>'), { 'content-type': endpoint.accepts.types[0] ?? '' }) : send(endpoint, url, undefined)
  }

/** The doors for leads keep what they cannot read: that is their work. A guess at a code is counted whatever it was; to be there at all moves the hour of a page or a key. */
const movesOf = ({ can, path }: Endpoint): string[] => [
  ...(path.startsWith('/intake/') ? ['intake_messages'] : []),
  ...(can === 'site.visit' ? ['portal_challenges'] : []),
  ...(can === 'own.data' ? ['portal_sessions'] : []),
  ...(can === 'lead.intake' || can === 'network.poll' ? ['integration_keys'] : []),
]

function asking(scene: Stage, sample: BadInput['sample']): BadInput['everywhere'] {
  return async (ask, of = endpoints) => {
    let now = { text: '', of: '' }
    for (const endpoint of of) {
      const except = movesOf(endpoint)
      const look = async (): Promise<typeof now> => ({ text: await fingerprint(scene.owner, { except }), of: except.join() })
      // What the one before has left is what this one finds.
      const before = now.of === except.join() && now.text !== '' ? now : await look()
      let accepted = false
      await ask(endpoint, sample(endpoint), (what, answer) => {
        accepted ||= answer.status < 400
        assertNamed(what, answer)
      })
      // Of an act that only looks nothing is taken: tested by those who look.
      now = endpoint.method === 'GET' && accepted ? before : await look()
      if (!accepted) assert.equal(now.text, before.text, `${nameOf(endpoint)} refused and still changed something`)
    }
  }
}
