import { setTimeout as sleep } from 'node:timers/promises'
import { ImapFlow } from 'imapflow'
import { wordsOf } from '../words-of.ts'
import { MAX_MAIL_BYTES, type MailDoorOptions } from './smtp-door.ts'

export type ImapDoorOptions<Place> = Pick<MailDoorOptions<Place>, 'find' | 'deliver' | 'log'> & {
  /** `imaps://user:password@host:993/INBOX?source=<secret local part of a source's address>`: whose mail it is that names no source itself. */
  url: string
  everyMs?: number
}
const EVERY_MS = 20_000
const ANSWER_MS = 30_000
/** How long news is waited for before the mailbox is looked through all the same. */
const IDLE_MS = 5 * 60_000
const MAX_AT_ONCE = 200

/**
 * Collects unread messages of a mailbox until stopped, at once when the server tells of new ones (IDLE, RFC 2177), else every twenty seconds. A message is
 * marked as read only after it is kept for good, so nothing is lost when either side dies in between; what is then read twice is known by the receiver.
 * A message of no source of ours is flagged and left. One that cannot be taken in waits for the next time, behind all others.
 */
export function openImapDoor<Place>(options: ImapDoorOptions<Place>): { stop: () => Promise<void> } {
  const stopping = new AbortController()
  const failures: Failures = new Map()
  const running = (async () => {
    while (!stopping.signal.aborted) {
      await collect(options, failures, stopping.signal).catch((error: unknown) =>
        options.log('the mailbox could not be read and will be asked again', { error: (error as { code?: string }).code ?? (error as Error).name }),
      )
      await sleep(options.everyMs ?? EVERY_MS, undefined, { signal: stopping.signal }).catch(() => {})
    }
  })()
  return {
    stop: async () => {
      stopping.abort()
      await running
    },
  }
}

/** How often a message could not be taken in, by its uid. */
type Failures = Map<number, number>

async function collect<Place>(options: ImapDoorOptions<Place>, failures: Failures, signal: AbortSignal): Promise<void> {
  const url = new URL(options.url)
  const isSecure = url.protocol === 'imaps:'
  const client = new ImapFlow({
    host: url.hostname,
    port: Number(url.port) || (isSecure ? 993 : 143),
    secure: isSecure,
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
    greetingTimeout: ANSWER_MS,
    socketTimeout: ANSWER_MS,
    disableAutoIdle: true,
  })
  client.on('error', () => {})
  await client.connect()
  try {
    const lock = await client.getMailboxLock(decodeURIComponent(url.pathname.slice(1)) || 'INBOX')
    try {
      const news = hearNews(client)
      do {
        news.isThere = false
        await takeAll(client, url.searchParams.get('source'), options, failures, signal)
      } while (client.capabilities.has('IDLE') && (await waitForNews(client, news, signal)))
    } finally {
      lock.release()
    }
  } finally {
    await client.logout().catch(() => client.close())
  }
}

type News = { isThere: boolean; wake: () => void }

/** Servers tell of a message with the answer to any command, not only while they are waited for. */
function hearNews(client: ImapFlow): News {
  const news: News = { isThere: false, wake: () => {} }
  const hear = (): void => {
    news.isThere = true
    news.wake()
  }
  client.on('exists', hear)
  client.on('close', hear)
  return news
}

/** Waits until the server tells of a message, or for some minutes. False: the line is cut, or we are to stop. */
async function waitForNews(client: ImapFlow, news: News, signal: AbortSignal): Promise<boolean> {
  if (!news.isThere) {
    const enough = new AbortController()
    news.wake = () => enough.abort()
    // It ends when the next command goes out.
    void client.idle().catch(news.wake)
    await sleep(IDLE_MS, undefined, { signal: AbortSignal.any([signal, enough.signal]) }).catch(() => {})
  }
  return client.usable && !signal.aborted
}

async function takeAll<Place>(client: ImapFlow, fallback: string | null, options: ImapDoorOptions<Place>, failures: Failures, signal: AbortSignal): Promise<void> {
  const unread = (await client.search({ seen: false, flagged: false }, { uid: true })) || []
  for (const uid of failures.keys()) if (!unread.includes(uid)) failures.delete(uid)
  const inTurn = unread.toSorted((a, b) => (failures.get(a) ?? 0) - (failures.get(b) ?? 0))
  for (const uid of inTurn.slice(0, MAX_AT_ONCE)) {
    if (signal.aborted) return
    try {
      await take(client, uid, fallback, options)
    } catch (error) {
      if (!client.usable) throw error
      failures.set(uid, (failures.get(uid) ?? 0) + 1)
      options.log('a message in the mailbox could not be taken in and will be tried again', { uid, error: wordsOf(error) })
    }
  }
}

async function take<Place>(client: ImapFlow, uid: number, fallback: string | null, { find, deliver, log }: ImapDoorOptions<Place>): Promise<void> {
  const asked = { uid: true }
  const about = await client.fetchOne(uid, { size: true }, asked)
  if (!about || (about.size ?? 0) > MAX_MAIL_BYTES) {
    log('a message in the mailbox is too large and was flagged', { bytes: about ? about.size : 0 })
    return void (await client.messageFlagsAdd(uid, ['\\Flagged'], asked))
  }
  const message = await client.fetchOne(uid, { source: true }, asked)
  if (!message || !message.source) return
  const place = await firstPlace([...addressedTo(message.source), ...(fallback ? [fallback.toLowerCase()] : [])], find)
  if (place === null) {
    log('a message in the mailbox belongs to no source and was flagged')
    return void (await client.messageFlagsAdd(uid, ['\\Flagged'], asked))
  }
  await deliver(place, message.source)
  await client.messageFlagsAdd(uid, ['\\Seen'], asked)
}

async function firstPlace<Place>(localParts: string[], find: (localPart: string) => Promise<Place | null>): Promise<Place | null> {
  for (const local of localParts) {
    const place = await find(local)
    if (place !== null) return place
  }
  return null
}

const HEADER_BYTES = 64 * 1024
const MAX_ADDRESSES = 40

/** Local parts to which a message says it was sent, and what stands after a plus in them (`leads+secret@…`, RFC 5233). */
export function addressedTo(raw: Buffer): string[] {
  const end = raw.indexOf('\r\n\r\n')
  const headers = raw
    .subarray(0, end === -1 ? HEADER_BYTES : Math.min(end, HEADER_BYTES))
    .toString('latin1')
    .replace(/\r\n[ \t]+/g, ' ')
  const lines = headers.split('\r\n').filter((line) => /^(?:to|cc|delivered-to|x-original-to|envelope-to):/i.test(line))
  const locals = lines.flatMap((line) => [...line.matchAll(/([\w.+-]{1,64})@[\w.-]{1,255}/g)].map(([, local = '']) => local.toLowerCase()))
  return [...new Set(locals.flatMap((local) => (local.includes('+') ? [local, local.slice(local.indexOf('+') + 1)] : [local])))].slice(0, MAX_ADDRESSES)
}
