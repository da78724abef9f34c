/** Advertising that runs while its sender dies. */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { demoMailboxFolder } from '../../server/platform/mail/demo-mailbox.ts'
import { said } from '../network.ts'
import { PATIENCE_MS, type Scene } from './scene.ts'

type Mailing = { id: string; version: number; state: string }
export type Sent = { to: string; messageId: string; link: string; at: number }

export async function publishTemplate({ net }: Scene): Promise<string> {
  const body = 'Здравствуйте, {name}! Приглашаем посмотреть новые автомобили. {company}, {address}'
  const draft = { code: 'spring', kind: 'advertising', channel: 'email', name: 'Весна', subject: 'Новые автомобили', body }
  return (await said<{ id: string }>(await net.at(net.zvezda, 'marketer'), 'POST', '/mail-templates', draft)).id
}

export async function begin({ net }: Scene, templateId: string): Promise<string> {
  const zhanna = await net.at(net.zvezda, 'marketer')
  const { id, version } = await said<Mailing>(zhanna, 'POST', '/mailings', { name: 'Весна', templateId })
  await said(zhanna, 'POST', `/mailings/${id}/start`, { version })
  return id
}

export async function untilDone(scene: Scene, id: string): Promise<void> {
  const zhanna = await scene.net.at(scene.net.zvezda, 'marketer')
  for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(500)) {
    await hurry(scene)
    const { mailing } = await said<{ mailing: Mailing }>(zhanna, 'GET', `/mailings/${id}`)
    if (mailing.state === 'done') return
    if (Date.now() > deadline) throw new Error(`the mailing is ${mailing.state}`)
  }
}

/** Ten minutes pass: a message in a dead sender's hand is somebody else's. */
export const wait = ({ database }: Scene): Promise<unknown> =>
  database.query(`update outbound_messages set claimed_at = claimed_at - interval '10 minutes' where state = 'sending'`)

/** What is tried again later is tried now. */
const hurry = ({ database }: Scene): Promise<unknown> =>
  database.query(
    `update graphile_worker._private_jobs j set run_at = now() from graphile_worker._private_tasks t where t.id = j.task_id and j.locked_at is null and (t.identifier = 'outbound' or j.attempts > 0)`,
  )

/** What came out of the mail server, oldest first. */
export async function letters({ house }: Pick<Scene, 'house'>): Promise<Sent[]> {
  const folder = demoMailboxFolder(house.folder)
  const names = (await readdir(folder)).filter((name) => /^\d.*\.eml$/.test(name)).toSorted()
  return Promise.all(
    names.map(async (name) => {
      const raw = (await readFile(path.join(folder, name), 'utf8')).replace(/\r?\n[ \t]+/g, ' ')
      const header = (of: RegExp): string => of.exec(raw)?.[1] ?? ''
      return {
        to: header(/^To: (\S+)/im),
        messageId: header(/^Message-ID: (\S+)/im),
        link: header(/^List-Unsubscribe: <https?:\/\/[^/]+([^>]+)>/im),
        at: Number(name.slice(0, 13)),
      }
    }),
  )
}
