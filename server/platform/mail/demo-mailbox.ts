import { randomUUID } from 'node:crypto'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'
import { z } from 'zod'

const KEPT = 200
const nameShape = /^\d{13}-[0-9a-f-]{36}\.(?:eml|sms)$/
const idShape = /^\d{13}-[0-9a-f-]{36}$/
/** Headers that people want to see when they try out how a letter says no. */
const shownHeaders = ['message-id', 'list-unsubscribe', 'list-unsubscribe-post', 'auto-submitted']
const MAX_HEADER = 1_000

export const demoMailboxFolder = (dataDir: string): string => join(dataDir, 'demo-mailbox')

export type DemoLetter = { id: string; kind: 'email' | 'sms'; at: string; to: string; from: string; subject: string }
export type DemoLetterText = DemoLetter & { text: string; headers: { name: string; value: string }[]; unsubscribe: string | null }

/** Keeps a letter as it came. */
export async function keepDemoLetter(folder: string, stream: AsyncIterable<Buffer>): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  await keepDemoMessage(folder, 'eml', Buffer.concat(chunks))
}

/** Keeps a message whole or not at all; the newest two hundred stay. */
export async function keepDemoMessage(folder: string, form: 'eml' | 'sms', bytes: Buffer): Promise<void> {
  const name = `${String(Date.now()).padStart(13, '0')}-${randomUUID()}.${form}`
  await writeFile(join(folder, `.${name}`), bytes, { mode: 0o600 })
  await rename(join(folder, `.${name}`), join(folder, name))
  for (const old of (await namesIn(folder)).slice(KEPT)) await rm(join(folder, old), { force: true })
}

/** Newest first. */
const namesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => []))
    .filter((name) => nameShape.test(name))
    .toSorted()
    .toReversed()

/** The messages of the demo mailbox, newest first. */
export async function listDemoLetters(folder: string): Promise<DemoLetter[]> {
  const letters = await Promise.all((await namesIn(folder)).slice(0, 50).map((name) => readMessage(folder, name)))
  return letters.flatMap((letter) => {
    if (!letter) return []
    const { text: _text, headers: _headers, unsubscribe: _unsubscribe, ...row } = letter
    return [row]
  })
}

/** One message, or null. */
export async function readDemoLetter(folder: string, id: string): Promise<DemoLetterText | null> {
  if (!idShape.test(id)) return null
  return (await readMessage(folder, `${id}.eml`)) ?? readMessage(folder, `${id}.sms`)
}

async function readMessage(folder: string, name: string): Promise<DemoLetterText | null> {
  const raw = await readFile(join(folder, name)).catch(() => null)
  if (!raw) return null
  const place = { id: name.slice(0, -4), at: new Date(Number(name.slice(0, 13))).toISOString() }
  return name.endsWith('.sms') ? { ...place, ...readSms(raw) } : { ...place, ...(await readLetter(raw)) }
}

const Sms = z.object({ to: z.string(), text: z.string(), reference: z.string() })
function readSms(raw: Buffer): Omit<DemoLetterText, 'id' | 'at'> {
  const { to, text, reference } = Sms.parse(JSON.parse(raw.toString('utf8')))
  return { kind: 'sms', to, from: '', subject: text.slice(0, 80), text, headers: [{ name: 'reference', value: reference }], unsubscribe: null }
}

async function readLetter(raw: Buffer): Promise<Omit<DemoLetterText, 'id' | 'at'>> {
  const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true })
  const to = Array.isArray(mail.to) ? mail.to.map(({ text }) => text).join(', ') : (mail.to?.text ?? '')
  const headers = mail.headerLines.flatMap(({ key, line }) =>
    shownHeaders.includes(key)
      ? [
          {
            name: key,
            value: line
              .slice(line.indexOf(':') + 1)
              .replace(/\s+/g, ' ')
              .trim()
              .slice(0, MAX_HEADER),
          },
        ]
      : [],
  )
  const link = /<(https?:[^<>\s]+)>/.exec(headers.find(({ name }) => name === 'list-unsubscribe')?.value ?? '')?.[1] ?? null
  return { kind: 'email', to, from: mail.from?.text ?? '', subject: mail.subject ?? '', text: mail.text ?? '', headers, unsubscribe: link }
}
