import { randomUUID } from 'node:crypto'
import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { simpleParser } from 'mailparser'

const KEPT = 200
const nameShape = /^\d{13}-[0-9a-f-]{36}\.eml$/

export const demoMailboxFolder = (dataDir: string): string => join(dataDir, 'demo-mailbox')

export type DemoLetter = { id: string; at: string; to: string; from: string; subject: string }
export type DemoLetterText = DemoLetter & { text: string }

/** Keeps a letter as it came, whole or not at all; the newest two hundred stay. */
export async function keepDemoLetter(folder: string, stream: AsyncIterable<Buffer>): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(chunk)
  const name = `${String(Date.now()).padStart(13, '0')}-${randomUUID()}.eml`
  await writeFile(join(folder, `.${name}`), Buffer.concat(chunks), { mode: 0o600 })
  await rename(join(folder, `.${name}`), join(folder, name))
  for (const old of (await namesIn(folder)).slice(KEPT)) await rm(join(folder, old), { force: true })
}

/** Newest first. */
const namesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => []))
    .filter((name) => nameShape.test(name))
    .toSorted()
    .toReversed()

/** The letters of the demo mailbox, newest first. */
export async function listDemoLetters(folder: string): Promise<DemoLetter[]> {
  const letters = await Promise.all((await namesIn(folder)).slice(0, 50).map((name) => readLetter(folder, name)))
  return letters.flatMap((letter) => (letter ? [{ id: letter.id, at: letter.at, to: letter.to, from: letter.from, subject: letter.subject }] : []))
}

/** One letter, or null. */
export const readDemoLetter = (folder: string, id: string): Promise<DemoLetterText | null> =>
  nameShape.test(`${id}.eml`) ? readLetter(folder, `${id}.eml`) : Promise.resolve(null)

async function readLetter(folder: string, name: string): Promise<DemoLetterText | null> {
  const raw = await readFile(join(folder, name)).catch(() => null)
  if (!raw) return null
  const mail = await simpleParser(raw, { skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true })
  const to = Array.isArray(mail.to) ? mail.to.map(({ text }) => text).join(', ') : (mail.to?.text ?? '')
  return { id: name.slice(0, -4), at: new Date(Number(name.slice(0, 13))).toISOString(), to, from: mail.from?.text ?? '', subject: mail.subject ?? '', text: mail.text ?? '' }
}
