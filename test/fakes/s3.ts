import { createHash, createHmac } from 'node:crypto'
import http from 'node:http'
import type { AddressInfo } from 'node:net'

export type FakeS3 = { url: string; objects: Map<string, Buffer>; /** Answers the next so many requests with 503. */ stumble: (times: number) => void; close: () => Promise<void> }

const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** A bucket that checks Signature Version 4 as the real ones do and speaks PUT, GET and DELETE of objects. */
export async function fakeS3({ key = 'AKIDEXAMPLE', secret = 'wJalrXUtnFEMI/K7MDENG', bucket = 'files', region = 'ru-1' } = {}): Promise<FakeS3> {
  const objects = new Map<string, Buffer>()
  let stumbles = 0
  const server = http.createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const path = new URL(request.url ?? '/', 'http://x').pathname
    const name = path.slice(`/${bucket}/`.length)
    if (stumbles > 0) {
      stumbles--
      return void response.writeHead(503).end()
    }
    if (!path.startsWith(`/${bucket}/`) || !isSigned(request, path, { key, secret, region }))
      return void response.writeHead(403).end('<Error><Code>SignatureDoesNotMatch</Code></Error>')
    const body = Buffer.concat(chunks)
    if (request.method === 'PUT') {
      if (Number(request.headers['content-length']) !== body.length) return void response.writeHead(411).end()
      objects.set(name, body)
      return void response.writeHead(200).end()
    }
    const held = objects.get(name)
    if (request.method === 'DELETE') {
      objects.delete(name)
      return void response.writeHead(204).end()
    }
    return held ? void response.writeHead(200, { 'content-length': held.length }).end(held) : void response.writeHead(404).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    objects,
    url: `http://${encodeURIComponent(key)}:${encodeURIComponent(secret)}@127.0.0.1:${port}/${bucket}?region=${region}`,
    stumble: (times) => void (stumbles = times),
    close: () => new Promise((resolve) => void server.close(() => resolve()).closeAllConnections()),
  }
}

function isSigned(request: http.IncomingMessage, path: string, { key, secret, region }: { key: string; secret: string; region: string }): boolean {
  const said = /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
    request.headers.authorization ?? '',
  )
  if (!said || said[1] !== key || said[3] !== region) return false
  const [, , day = '', , signed = '', signature] = said
  const canonicalHeaders = signed
    .split(';')
    .map((name) => `${name}:${String(request.headers[name] ?? '').trim()}\n`)
    .join('')
  const canonical = [request.method, path, '', canonicalHeaders, signed, request.headers['x-amz-content-sha256']].join('\n')
  const text = ['AWS4-HMAC-SHA256', request.headers['x-amz-date'], `${day}/${region}/s3/aws4_request`, sha256(canonical)].join('\n')
  const signing = hmac(hmac(hmac(hmac(`AWS4${secret}`, day), region), 's3'), 'aws4_request')
  return hmac(signing, text).toString('hex') === signature
}
