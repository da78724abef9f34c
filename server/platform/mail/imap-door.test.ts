import assert from 'node:assert/strict'
import { test } from 'node:test'
import { eventually } from '../../../test/eventually.ts'
import { fakeImap } from '../../../test/fakes/imap.ts'
import { openImapDoor } from './imap-door.ts'

const letter = (text: string): string => `To: leads+secret-of-a-source@dealer.example\r\nSubject: lead\r\n\r\n${text}`

test('a letter that cannot be taken in holds up no other, and is taken when it can be', async (t) => {
  const imap = await fakeImap()
  const [kept, said]: [string[], string[]] = [[], []]
  let isWell = false
  const poisoned = imap.put(letter('яд'))
  const good = imap.put(letter('хорошее'))
  const door = openImapDoor({
    url: `imap://leads:a-mailbox-password@127.0.0.1:${imap.port}/INBOX`,
    everyMs: 50,
    find: async (local) => (local === 'secret-of-a-source' ? 'source' : null),
    deliver: async (_place, raw) => {
      if (raw.includes('яд') && !isWell) throw new Error(`cannot parse ${raw.toString()}`)
      kept.push(raw.toString().split('\r\n').at(-1) ?? '')
    },
    log: (message, about) => said.push(`${message} ${JSON.stringify(about)}`),
  })
  t.after(async () => [await door.stop(), await imap.close()])
  await eventually(async () => good.flags.has('\\Seen'), 'the good letter')
  assert.equal(poisoned.flags.size, 0, 'it waits as it was')
  assert.ok(said.some((sentence) => sentence.startsWith('a message in the mailbox could not be taken in')))
  assert.ok(!said.join().includes('яд'), 'the log has none of its words')
  isWell = true
  await eventually(async () => poisoned.flags.has('\\Seen'), 'the other one')
  assert.deepEqual(kept, ['хорошее', 'яд'])
})

test('where the server can tell of news a letter is there at once, over the same line', async (t) => {
  const imap = await fakeImap({ idle: true })
  const kept: string[] = []
  const door = openImapDoor({
    url: `imap://leads:a-mailbox-password@127.0.0.1:${imap.port}/INBOX`,
    everyMs: 3_600_000,
    find: async () => 'source',
    deliver: async (_place, raw) => void kept.push(raw.toString().split('\r\n').at(-1) ?? ''),
    log: () => {},
  })
  t.after(async () => [await door.stop(), await imap.close()])
  for (const text of ['первое', 'второе']) {
    const message = imap.put(letter(text))
    await eventually(async () => message.flags.has('\\Seen'), text)
  }
  assert.deepEqual([kept, imap.logins], [['первое', 'второе'], 1])
})
