import net from 'node:net'
import type { AddressInfo } from 'node:net'

/** `idling`: under which tag each client waits. */
type State = { dies: boolean; idling: Map<net.Socket, string>; words: string }
type Message = { uid: number; raw: Buffer; flags: Set<string> }
export type FakeImap = {
  port: number
  messages: Message[]
  put: (raw: string | Buffer) => Message
  /** Cuts the line when the next flags are set, as a server that dies at that moment. */
  dieAtNextStore: () => void
  logins: number
  close: () => Promise<void>
}

/** A small IMAP4rev1 server (RFC 3501) with one mailbox: what a client needs to search, fetch and flag, and with `idle` to be told of news (RFC 2177). */
export async function fakeImap({ user = 'leads', password = 'a-mailbox-password', idle = false } = {}): Promise<FakeImap> {
  const messages: Message[] = []
  let nextUid = 1
  const fake: FakeImap = {
    port: 0,
    messages,
    logins: 0,
    put: (raw) => {
      const message = { uid: nextUid++, raw: Buffer.from(raw as string), flags: new Set<string>() }
      messages.push(message)
      for (const socket of state.idling.keys()) socket.write(`* ${messages.length} EXISTS\r\n`)
      return message
    },
    dieAtNextStore: () => void (state.dies = true),
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
  const state: State = { dies: false, idling: new Map(), words: idle ? 'IMAP4rev1 IDLE' : 'IMAP4rev1' }
  const sockets = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => [sockets.delete(socket), state.idling.delete(socket)])
    socket.on('error', () => {})
    socket.write(`* OK [CAPABILITY ${state.words}] ready\r\n`)
    let text = ''
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      for (let end = text.indexOf('\r\n'); end !== -1; end = text.indexOf('\r\n')) {
        const line = text.slice(0, end)
        text = text.slice(end + 2)
        answer(fake, state, socket, line, { user, password })
      }
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  fake.port = (server.address() as AddressInfo).port
  return fake
}

const unquote = (text: string): string => text.replace(/^"(.*)"$/, '$1').replace(/\\(["\\])/g, '$1')

function answer(fake: FakeImap, state: State, socket: net.Socket, line: string, account: { user: string; password: string }): void {
  const waiting = state.idling.get(socket)
  if (waiting !== undefined && line.toUpperCase() === 'DONE') {
    state.idling.delete(socket)
    return void socket.write(`${waiting} OK done\r\n`)
  }
  const [tag = '', verb = '', ...rest] = line.split(' ')
  const say = (...lines: string[]): void => void socket.write(lines.map((each) => `${each}\r\n`).join(''))
  const ok = (text = 'done'): void => say(`${tag} OK ${text}`)
  const command = verb.toUpperCase()
  const sub = command === 'UID' ? (rest.shift() ?? '').toUpperCase() : command
  switch (sub) {
    case 'CAPABILITY':
      say(`* CAPABILITY ${state.words}`)
      return ok()
    case 'IDLE':
      state.idling.set(socket, tag)
      // What came while the client was busy.
      return say('+ idling', `* ${fake.messages.length} EXISTS`)
    case 'LOGIN': {
      const isKnown = unquote(rest[0] ?? '') === account.user && unquote(rest[1] ?? '') === account.password
      if (isKnown) fake.logins++
      return isKnown ? ok() : say(`${tag} NO [AUTHENTICATIONFAILED] wrong`)
    }
    case 'LIST':
    case 'LSUB':
      say('* LIST (\\HasNoChildren) "/" "INBOX"')
      return ok()
    case 'SELECT':
    case 'EXAMINE':
      say(
        '* FLAGS (\\Seen \\Flagged)',
        '* OK [PERMANENTFLAGS (\\Seen \\Flagged \\*)] ok',
        `* ${fake.messages.length} EXISTS`,
        '* 0 RECENT',
        '* OK [UIDVALIDITY 1] ok',
        `* OK [UIDNEXT ${fake.messages.length + 1}] ok`,
      )
      return ok('[READ-WRITE] selected')
    case 'SEARCH': {
      const found = fake.messages.filter(({ flags }) => !(line.includes('UNSEEN') && flags.has('\\Seen')) && !(line.includes('UNFLAGGED') && flags.has('\\Flagged')))
      say(`* SEARCH${found.map(({ uid }) => ` ${uid}`).join('')}`)
      return ok()
    }
    case 'FETCH':
      return fetch(fake, socket, rest, line, ok)
    case 'STORE':
      if (state.dies) {
        state.dies = false
        return void socket.destroy()
      }
      return store(fake, rest, line, say, ok)
    case 'LOGOUT':
      say('* BYE')
      ok()
      return void socket.end()
    default:
      return ok()
  }
}

const wanted = (fake: FakeImap, range = ''): [number, Message][] =>
  fake.messages.map((message, index): [number, Message] => [index + 1, message]).filter(([, { uid }]) => range.split(',').includes(String(uid)))

function fetch(fake: FakeImap, socket: net.Socket, rest: string[], line: string, ok: () => void): void {
  for (const [sequence, { uid, raw, flags }] of wanted(fake, rest[0])) {
    socket.write(`* ${sequence} FETCH (UID ${uid} FLAGS (${[...flags].join(' ')}) RFC822.SIZE ${raw.length}`)
    if (/BODY\.PEEK\[\]/i.test(line)) {
      socket.write(` BODY[] {${raw.length}}\r\n`)
      socket.write(raw)
    }
    socket.write(')\r\n')
  }
  ok()
}

function store(fake: FakeImap, rest: string[], line: string, say: (...lines: string[]) => void, ok: () => void): void {
  const flags = /\(([^)]*)\)/.exec(line)?.[1]?.split(' ') ?? []
  for (const [sequence, message] of wanted(fake, rest[0])) {
    for (const flag of flags) message.flags.add(flag)
    say(`* ${sequence} FETCH (UID ${message.uid} FLAGS (${[...message.flags].join(' ')}))`)
  }
  ok()
}
