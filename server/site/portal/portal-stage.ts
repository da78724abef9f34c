/** Stories of people on their own page: a company with a site, clients, and the code that reaches them or does not. */
import type { PoolClient } from 'pg'
import { stage, type Person, type Reply, type Stage, type Visitor } from '../../../test/stage.ts'
import type { Dealer } from '../../../test/dealer.ts'
import { Revealed } from '../../vault/index.ts'
import { codeLetter, codeMessage, portalJobs } from './index.ts'
import type { Ending } from '../../../test/ends.ts'

export type Waiting = { task: string; payload: { letter?: string; challengeId?: string; language?: string } & Record<string, unknown> }
export type Contact = { fullName: string; phones?: string[]; emails?: string[] }
export type Letter = { to: string; text: string; code: string }
export type PortalStage = Stage & {
  home: Dealer
  anna: Person
  visitor: Visitor
  /** A client held on a ground; the id. */
  client: (contact: Contact, by?: Person) => Promise<string>
  ask: (address: string, at?: Visitor) => Promise<Reply<{ challengeId: string; expiresAt: string; error?: string }>>
  /** What the worker does with a challenge: looks up, and sends or does not. */
  post: (challengeId: string, dealer?: Dealer) => Promise<Letter | null>
  enter: (challengeId: string, code: string, at?: Visitor) => Promise<Reply<{ entered: boolean }>>
  /** The whole way in by code. */
  come: (address: string) => Promise<Person>
  /** Whoever received this answer and its cookie. */
  holder: (reply: Reply<unknown>) => Person
  jobs: () => Promise<Waiting[]>
  /** Texts of every statement that the application has sent so far. */
  statements: () => readonly string[]
}

export const cookieOf = (reply: Reply<unknown>): string => /^(infotech_own=[^;]*)/.exec(String(reply.headers['set-cookie'] ?? ''))?.[1] ?? ''

export async function portalStage(t: Ending): Promise<PortalStage> {
  const scene = await stage(t)
  const home = await scene.dealer()
  const anna = await scene.hire('operator', { dealer: home })
  const visitor = await scene.site(home)
  const jobs = async (): Promise<Waiting[]> =>
    (
      await scene.owner.query<Waiting>(
        `select t.identifier task, j.payload from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id where j.payload ->> 'challengeId' is not null order by j.id`,
      )
    ).rows
  const ask: PortalStage['ask'] = (address, at = visitor) => at.post(`/sites/${at.slug}/portal/code`, { address })
  const enter: PortalStage['enter'] = (challengeId, code, at = visitor) => at.post(`/sites/${at.slug}/portal/enter`, { challengeId, code })
  const post: PortalStage['post'] = async (challengeId, dealer = home) => {
    await scene.job(dealer, 'portal-code', (ctx) => portalJobs['portal-code']!(ctx, { challengeId, language: 'ru' }))
    const waiting = (await jobs()).find(({ task, payload }) => task !== 'portal-code' && payload.challengeId === challengeId)
    if (!waiting) return null
    const sent = await scene.job(dealer, 'mail', (ctx) => (waiting.task === 'mail' ? codeLetter(ctx, waiting.payload) : codeMessage(ctx, waiting.payload)))
    return sent && { to: Revealed.open(sent.to), text: sent.text, code: /\d{6}/.exec(sent.text)?.[0] ?? '' }
  }
  const statements = follow(scene)
  const holder = (reply: Reply<unknown>): Person => scene.withCookie(home, cookieOf(reply))
  return {
    ...scene,
    home,
    anna,
    visitor,
    jobs,
    statements: () => statements,
    ask,
    enter,
    post,
    holder,
    client: async (contact, by = anna) => {
      const made = await by.post<{ id: string }>('/persons', { contact, ground: { activityCode: 'lead', basis: 'contract' } })
      if (made.status !== 200) throw new Error(JSON.stringify(made.body))
      return made.body.id
    },
    come: async (address) => {
      const { body } = await ask(address)
      const letter = await post(body.challengeId)
      return holder(await enter(body.challengeId, letter?.code ?? ''))
    },
  }
}

/** Notes each statement of the application's connections, in their order. */
function follow({ app }: Stage): string[] {
  const said: string[] = []
  const { pool } = app.deps
  const connect = pool.connect.bind(pool) as () => Promise<PoolClient>
  const followed = new WeakSet<PoolClient>()
  pool.connect = (async () => {
    const client = await connect()
    if (followed.has(client)) return client
    followed.add(client)
    const query = client.query.bind(client) as (...asked: unknown[]) => unknown
    client.query = ((...asked: [string | { text: string }, ...unknown[]]) => {
      said.push((typeof asked[0] === 'string' ? asked[0] : asked[0].text).replace(/'[0-9a-f-]{36}'/g, "'tenant'"))
      return query(...asked)
    }) as typeof client.query
    return client
  }) as typeof pool.connect
  return said
}
