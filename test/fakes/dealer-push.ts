import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type Pushed = { body: Record<string, unknown>; deliveryId: string; isSigned: boolean }
export type DealerPush = {
  url: string
  got: Pushed[]
  /** What the next requests are answered with; 200 when none is left. `hang`: never. */
  answers: (number | 'hang')[]
  /** As a receiver checks it: over the time and the very bytes. */
  secret: string
  close: () => Promise<void>
}

/** A dealer's own system that takes requests by HTTP: a real server that checks the signature. */
export async function openDealerPush(): Promise<DealerPush> {
  const fake: DealerPush = { url: '', got: [], answers: [], secret: '', close: () => Promise.resolve() }
  const server: Server = createServer((request, response) => {
    void take(fake, request).then(() => {
      const answer = fake.answers.shift() ?? 200
      if (answer === 'hang') return
      if (answer >= 300 && answer < 400) response.setHeader('location', `${fake.url}/elsewhere`)
      response.writeHead(answer).end('{"success":true}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  fake.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/leads`
  fake.close = () =>
    new Promise((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return fake
}

async function take(fake: DealerPush, request: IncomingMessage): Promise<void> {
  const bytes = await text(request)
  const { t = '', v1 = '' } = Object.fromEntries(
    String(request.headers['infotech-signature'])
      .split(',')
      .map((part) => part.split('=') as [string, string]),
  )
  const wanted = createHmac('sha256', fake.secret).update(`${t}.${bytes}`).digest()
  const given = Buffer.from(v1, 'hex')
  fake.got.push({
    body: JSON.parse(bytes) as Record<string, unknown>,
    deliveryId: String(request.headers['infotech-delivery']),
    isSigned: given.length === wanted.length && timingSafeEqual(given, wanted),
  })
}
