import http from 'node:http'
import type { AddressInfo } from 'node:net'

export type FakeSms = {
  url: string
  /** What came, in order; each try is here. */
  taken: { to: string; text: string; reference: string; authorization: string | undefined }[]
  /** Answers the next requests so, one status each; then 200 again. */
  answer: (...statuses: number[]) => void
  /** Done once, before the next request is answered. */
  meanwhile: (act: () => Promise<void>) => void
  close: () => Promise<void>
}

/** A gateway of short messages: takes JSON by POST, wants the name and password of its address. */
export async function fakeSms({ user = 'dealer', password = 'gateway-secret' } = {}): Promise<FakeSms> {
  const taken: FakeSms['taken'] = []
  const answers: number[] = []
  let meanwhile: (() => Promise<void>) | null = null
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const act = meanwhile
    meanwhile = null
    await act?.()
    const status = answers.shift() ?? 200
    if (status >= 300 && status < 400) return void response.writeHead(status, { location: '/elsewhere' }).end()
    if (status !== 200) return void response.writeHead(status).end('{}')
    if (request.headers.authorization !== `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`) return void response.writeHead(401).end()
    taken.push({ ...(JSON.parse(Buffer.concat(chunks).toString()) as { to: string; text: string; reference: string }), authorization: request.headers.authorization })
    response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    taken,
    url: `http://${user}:${password}@127.0.0.1:${port}/send`,
    answer: (...statuses) => void answers.push(...statuses),
    meanwhile: (act) => void (meanwhile = act),
    close: () => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()),
  }
}
