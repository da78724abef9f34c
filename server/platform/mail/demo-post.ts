import { mkdir } from 'node:fs/promises'
import { SMTPServer } from 'smtp-server'
import { keepDemoLetter } from './demo-mailbox.ts'

/**
 * The demo's post office: a real SMTP server on this machine only, which delivers every letter, whoever it is to, into one folder. So the
 * demo sends mail the way production does. The newest two hundred are kept.
 */
export async function openDemoPost(folder: string): Promise<{ url: string; close: () => Promise<void> }> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    closeTimeout: 2_000,
    onData: (stream, _session, done) => {
      keepDemoLetter(folder, stream as AsyncIterable<Buffer>).then(
        () => done(),
        (error: Error) => done(error),
      )
    },
  })
  server.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.server.address()
  return { url: `smtp://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`, close: () => new Promise((resolve) => server.close(() => resolve())) }
}
