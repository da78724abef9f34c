/** Every page that the server writes, with two companies to look at: ours, and another one with everything in it that ours has. */
import { randomUUID } from 'node:crypto'
import type { InjectOptions } from 'fastify'
import { allActions } from '../server/app.ts'
import { publishTexts, showModelOf } from '../server/site/browser-stage.ts'
import { portalLink } from '../server/site/portal/index.ts'
import { doorsOf, type Door } from './doors.ts'
import { addressWith } from './sample.ts'
import type { Dealer } from './dealer.ts'
import type { Person, Stage } from './stage.ts'

export type Page = { status: number; text: string; location: string; headers: Record<string, unknown>; cookies: string[] }
/** A company with a site on which something can be done, and a person with their page open. */
export type Company = {
  dealer: Dealer
  slug: string
  subject: Person
  /** What the names in an address stand for. */
  known: Record<string, string>
  /** Somebody else of the same company, and what they have asked for. */
  neighbour: Record<string, string>
}

const acts = new Set(allActions.map(({ endpoint }) => `${endpoint.method} /api${endpoint.path}`))
/** The addresses of the server that are no act of the contract. */
export const otherDoors = (scene: Stage): Door[] => doorsOf(scene.app.http).filter(({ method, path }) => !acts.has(`${method} ${path}`))
export const pagesOf = (scene: Stage): Door[] => otherDoors(scene).filter(({ path }) => path.startsWith('/site/:site') || path === '/policy')

export async function openCompany(scene: Stage, name: string): Promise<Company> {
  const dealer = await scene.dealer(name)
  const texts = await publishTexts(scene, dealer)
  await showModelOf(scene, dealer)
  const { slug } = await scene.site(dealer)
  await scene.owner.query(
    `insert into policy_versions (tenant_id, id, version, facts, facts_sha256, body_ru, body_en, page_ru, page_en, sha256_ru, sha256_en, published_at) values ($1, gen_random_uuid(), 1, '{}', $2, 'Политика', 'Policy', 'Политика', 'Policy', $2, $2, now())`,
    [dealer.tenantId, Buffer.alloc(32, 7)],
  )
  const anna = await scene.hire('operator', { dealer })
  const vera = await openPerson(scene, anna, { fullName: `${name} Вера`, emails: ['vera@mail.example'] })
  const boris = await openPerson(scene, anna, { fullName: `${name} Борис`, emails: ['boris@mail.example'] })
  const link = await scene.job(dealer, 'service-letter', (ctx) => portalLink(ctx, { personId: vera.personId }))
  const visitor = await scene.site(dealer)
  const asked = await visitor.post<{ challengeId: string }>(`/sites/${slug}/portal/code`, { address: 'vera@mail.example' })
  const known = {
    site: slug,
    modelId: dealer.modelId,
    textId: texts.advertising_email,
    version: '1',
    personId: vera.personId,
    requestId: vera.requestId,
    challengeId: asked.body.challengeId,
    token: link?.path.split('/').at(-1) ?? '',
    kind: '',
    ref: randomUUID(),
  }
  return { dealer, slug, subject: vera.subject, known, neighbour: { personId: boris.personId, requestId: boris.requestId } }
}

/** Somebody with consents and a request of their own, and their page open. */
async function openPerson(scene: Stage, anna: Person, contact: object): Promise<{ personId: string; requestId: string; subject: Person }> {
  const { body: made } = await anna.post<{ id: string }>('/persons', { contact, ground: { activityCode: 'lead', basis: 'contract' } })
  const subject = await scene.subject(anna.dealer, [made.id])
  for (const kind of ['request', 'advertising_data', 'advertising_email']) await anna.post(`/persons/${made.id}/consents`, { kind, state: 'given', how: 'staff_call' })
  const { body: filed } = await subject.post<{ id: string }>('/own/requests', { personId: made.id, kind: 'access', words: 'Прошу ответить' })
  return { personId: made.id, requestId: filed.id, subject }
}

/** What a name of an address stands for: `kind` is a consent here and a demand there. */
export const nameAt = (company: Company, path: string, more: Record<string, string> = {}): string =>
  addressWith(path, (name) => more[name] ?? (name === 'kind' ? (path.includes('/consents/') ? 'advertising_email' : 'stop') : (company.known[name] ?? 'x')))

type Sent = { cookies?: Record<string, string>; headers?: Record<string, string>; payload?: string | Buffer }

let visitors = 0
/** Every request comes from an address of its own: nobody is held for a machine. */
const nextAddress = (): string => `10.${(visitors += 1) >> 16}.${(visitors >> 8) & 255}.${visitors & 255}`

/** A browser's request: the cookies of whoever has the page open, and of the form. A header that is empty is not sent. */
export async function ask(scene: Stage, method: Door['method'], url: string, { cookies = {}, headers = {}, payload }: Sent = {}): Promise<Page> {
  const cookie = Object.entries(cookies)
    .map(([name, value]) => `${name}=${value}`)
    .join('; ')
  const form = method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost' } : {}
  const said = Object.entries({ ...form, cookie, ...headers }).filter(([, value]) => value !== '')
  const request: InjectOptions = { method, url, remoteAddress: nextAddress(), headers: Object.fromEntries(said), ...(payload === undefined ? {} : { payload }) }
  const reply = await scene.app.http.inject(request)
  return {
    status: reply.statusCode,
    text: reply.body,
    location: String(reply.headers.location ?? ''),
    headers: reply.headers,
    cookies: [reply.headers['set-cookie'] ?? []].flat(),
  }
}

/** The cookie of a form and what a page of ours wrote into it. */
export async function formKeyOf(scene: Stage, { slug }: Company): Promise<{ cookie: string; key: string }> {
  const { text, cookies } = await ask(scene, 'GET', `/site/${slug}/my`)
  const cookie = cookies.flatMap((line) => /^infotech_form=([^;]+)/.exec(line)?.[1] ?? [])[0] ?? ''
  return { cookie, key: /name="key" value="([^"]+)"/.exec(text)?.[1] ?? '' }
}
