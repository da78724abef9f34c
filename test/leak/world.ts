/** What the search for leaks moves in: an installation with a network in it, and a note of every act that was carried out there. */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { simpleParser } from 'mailparser'
import pg from 'pg'
import { allActions } from '../../server/app.ts'
import { demoMailboxFolder } from '../../server/platform/mail/demo-mailbox.ts'
import { openBrowser, type Browser, type Page } from '../browser.ts'
import type { Canary } from '../canary.ts'
import { nameOf } from '../contract-endpoints.ts'
import type { DealerPush } from '../fakes/dealer-push.ts'
import type { Answer, Installation, Speaker } from '../installation.ts'
import type { Network } from '../network.ts'

/** Longer than the lease of a message in hand: what another sender left is sent after it. */
const WAIT_MS = 200_000
type Method = Parameters<Speaker['ask']>[0]

export type World = {
  house: Installation
  net: Network
  receiver: DealerPush
  /** Whom the operator has written down by hand at the dealer. */
  known: { personId: string; leadId: string; person: Canary }[]
  /** Names of the endpoints that have answered with a yes. */
  answered: Set<string>
  /** Tokens that were given out: whoever finds one lying about comes in. */
  tokens: Set<string>
}

const addresses = allActions.map(({ endpoint }) => ({ name: nameOf(endpoint), method: endpoint.method, form: new RegExp(`^${endpoint.path.replace(/:\w+/g, '[^/]+')}$`) }))
const byLiteral = addresses.toSorted((one, other) => Number(one.form.source.includes('[^/]+')) - Number(other.form.source.includes('[^/]+')))

/** Which act an address is of. */
const actAt = (method: Method, address: string): string | undefined => byLiteral.find((each) => each.method === method && each.form.test(address.replace(/\?.*$/s, '')))?.name

/** A yes, noted; anything else is the end of the test. */
export async function well<T = Record<string, unknown>>(world: World, who: Speaker, method: Method, address: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
  const answer = await who.ask(method, address, body, headers)
  assert.ok(answer.status === 200, `${method} ${address}: ${answer.status} ${answer.text.slice(0, 300)}\n${world.house.words()}`)
  note(world, method, address, answer)
  return answer.body as T
}

/** A yes or a refusal, never a fault. */
export async function tried(world: World, who: Speaker, method: Method, address: string, body?: unknown, headers?: Record<string, string>): Promise<Answer> {
  const answer = await who.ask(method, address, body, headers)
  assert.ok(answer.status < 500, `${method} ${address}: ${answer.status} ${answer.text.slice(0, 300)}\n${world.house.words()}`)
  note(world, method, address, answer)
  return answer
}

function note({ answered }: World, method: Method, address: string, { status }: Answer): void {
  const name = actAt(method, address)
  if (status === 200 && name !== undefined) answered.add(name)
}

/** The browser of somebody who comes from where they come from. */
export const browserOf = ({ house }: World, { agent, ip }: Canary): Browser => openBrowser(house.origin, { 'user-agent': agent, 'x-forwarded-for': ip, 'accept-language': 'ru' })

export async function page(world: World, asked: Promise<Page>, ...statuses: number[]): Promise<Page> {
  const shown = await asked
  assert.ok((statuses.length > 0 ? statuses : [200]).includes(shown.status), `${shown.status} ${shown.text.replace(/<[^>]*>|\s+/g, ' ').slice(0, 400)}\n${world.house.words()}`)
  return shown
}

export async function until<T>(what: string, look: () => Promise<T>, isThere: (value: T) => boolean): Promise<T> {
  for (const deadline = Date.now() + WAIT_MS; ; await sleep(100)) {
    const value = await look()
    if (isThere(value)) return value
    if (Date.now() > deadline) throw new Error(`${what}: not after ${WAIT_MS / 1000} s, last was ${JSON.stringify(value)}`)
  }
}

export async function asSuperuser<Row extends pg.QueryResultRow>({ house }: Pick<World, 'house'>, text: string, values: unknown[] = []): Promise<Row[]> {
  const client = new pg.Client({ ...house.superuser.main })
  await client.connect()
  try {
    return (await client.query<Row>(text, values)).rows
  } finally {
    await client.end()
  }
}

export type Letter = { text: string; unsubscribe: string | null }

/** The newest letter or message to this address that holds `what`, once the post has it. */
export async function letterTo({ house }: World, address: string, what: RegExp): Promise<Letter> {
  const folder = demoMailboxFolder(house.folder)
  const found = await until(
    `a letter with ${what.source}`,
    async () => {
      for (const name of (await readdir(folder).catch(() => []))
        .filter((each) => /^\d.*\.(?:eml|sms)$/.test(each))
        .toSorted()
        .toReversed()) {
        const raw = await readFile(path.join(folder, name), 'utf8').catch(() => '')
        if (!raw.includes(address)) continue
        const letter = await readLetter(raw, name)
        if (what.test(letter.text)) return letter
      }
      return null
    },
    (letter) => letter !== null,
  )
  return found as Letter
}

async function readLetter(raw: string, name: string): Promise<Letter> {
  if (name.endsWith('.sms')) return { text: (JSON.parse(raw) as { text: string }).text, unsubscribe: null }
  const { text = '', headerLines } = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true })
  const line = headerLines.find(({ key }) => key === 'list-unsubscribe')?.line.replace(/\s+/g, '') ?? ''
  return { text, unsubscribe: /<https?:\/\/[^/]+([^>]+)>/.exec(line)?.[1] ?? null }
}
