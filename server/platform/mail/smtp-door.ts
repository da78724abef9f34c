import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'

export const MAX_MAIL_BYTES = 10 * 1024 * 1024
const MAX_CLIENTS = 50
const MAX_RECIPIENTS = 10
/** Whoever guesses addresses is sent away after so many. */
const MAX_WRONG = 5
const SOCKET_MS = 60_000
const CLOSE_MS = 5_000

/** Whoever a secret address belongs to; opaque here. */
export type MailDoorOptions<Place> = {
  host: string
  port: number
  /** The place of a local part, or null: nobody has this address. A throw means: later. */
  find: (localPart: string) => Promise<Place | null>
  /** Resolves when the message is kept for good; only then is the sender told so. */
  deliver: (place: Place, raw: Buffer) => Promise<void>
  log: (message: string, about?: Record<string, unknown>) => void
}

/** A refusal in SMTP's own words (RFC 5321 §4.2.3). */
const refusal = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code })
const later = (): Error => refusal(451, 'Temporary failure, please try again later')

/**
 * Receives mail for secret addresses. An address that nobody has is refused (550); what was accepted is durable before we answer 250, and
 * when it cannot be made so the sender is told to try again (451). No passwords are asked, and none are given: the address is the secret.
 */
export async function openSmtpDoor<Place>({ host, port, find, deliver, log }: MailDoorOptions<Place>): Promise<{ port: number; close: () => Promise<void> }> {
  const places = new WeakMap<SMTPServerSession, Map<string, Place>>()
  const wrong = new WeakMap<SMTPServerSession, number>()
  const server = new SMTPServer({
    size: MAX_MAIL_BYTES,
    maxClients: MAX_CLIENTS,
    socketTimeout: SOCKET_MS,
    closeTimeout: CLOSE_MS,
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    banner: 'ready',
    logger: false,
    onMailFrom: (_address, session, done) => {
      places.set(session, new Map())
      done()
    },
    onRcptTo: (address, session, done) => {
      const known = places.get(session) ?? new Map<string, Place>()
      if (known.size >= MAX_RECIPIENTS) return done(refusal(452, 'Too many recipients'))
      if ((wrong.get(session) ?? 0) >= MAX_WRONG) return done(refusal(421, 'Too many unknown addresses'))
      const local = localPartOf(address.address)
      find(local).then(
        (place) => {
          if (place === null) {
            wrong.set(session, (wrong.get(session) ?? 0) + 1)
            return done(refusal(550, 'No such address'))
          }
          places.set(session, known.set(local, place))
          done()
        },
        () => done(later()),
      )
    },
    onData: (stream, session, done) => {
      receive(stream, [...(places.get(session)?.values() ?? [])], deliver).then(
        () => done(null, 'Kept'),
        (error: Error) => {
          if ('responseCode' in error) return done(error)
          log('a message could not be kept; its sender will try again', { error: error.name })
          done(later())
        },
      )
    },
  })
  server.on('error', (error) => log('the mail door complains', { error: (error as { code?: string }).code ?? error.name }))
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.server.address()
  return { port: typeof address === 'object' && address ? address.port : port, close: () => new Promise((resolve) => server.close(() => resolve())) }
}

const localPartOf = (address: string): string => address.slice(0, address.lastIndexOf('@')).toLowerCase()

async function receive<Place>(stream: SMTPServerDataStream, places: Place[], deliver: (place: Place, raw: Buffer) => Promise<void>): Promise<void> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length
    // Read to the end, kept no further.
    if (bytes <= MAX_MAIL_BYTES) chunks.push(chunk)
  }
  if (bytes > MAX_MAIL_BYTES || stream.sizeExceeded) throw refusal(552, 'The message is too large')
  const raw = Buffer.concat(chunks)
  for (const place of places) await deliver(place, raw)
}
