import { SMTPServer } from 'smtp-server'
import type { AddressInfo } from 'node:net'

export type FakeSmtp = {
  url: string
  /** Every letter whose last byte came, also those that were then refused. */
  letters: { to: string; raw: string }[]
  /** What the next letters are told after their last byte: 250, 451, or `cut`: the line is cut without a word. */
  afterData: (...answers: (250 | 451 | 'cut')[]) => void
  /** Nobody of these is here. */
  unknown: Set<string>
  close: () => Promise<void>
}

/** A mail server that can forget to say that it took a letter, as the real ones sometimes do. */
export async function fakeSmtp(): Promise<FakeSmtp> {
  const letters: FakeSmtp['letters'] = []
  const answers: (250 | 451 | 'cut')[] = []
  const unknown = new Set<string>()
  const refusal = (responseCode: number): Error => Object.assign(new Error('no'), { responseCode })
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 500,
    onRcptTo: ({ address }, _session, done) => done(unknown.has(address) ? refusal(550) : null),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        letters.push({ to: session.envelope.rcptTo.map(({ address }) => address).join(','), raw: Buffer.concat(chunks).toString('utf8') })
        const answer = answers.shift() ?? 250
        if (answer === 'cut') for (const connection of server.connections as Set<{ close: () => void }>) connection.close()
        else done(answer === 250 ? null : refusal(answer))
      })
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return {
    letters,
    unknown,
    url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`,
    afterData: (...next) => void answers.push(...next),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** Headers of a letter by name in lower case, unfolded. */
export const headersOf = (raw: string): Map<string, string[]> => {
  const lines = (raw.split('\r\n\r\n')[0] ?? '').replace(/\r\n[ \t]+/g, ' ').split('\r\n')
  return Map.groupBy(lines, (line) => line.slice(0, line.indexOf(':')).toLowerCase())
}
