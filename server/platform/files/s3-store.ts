import http from 'node:http'
import https from 'node:https'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AwsV4Signer } from 'aws4fetch'
import { ObjectMissing, type ObjectStore } from './object-store.ts'

const ANSWER_MS = 60_000
const TRIES = 3
const PAUSE_MS = 300

type Place = { accessKeyId: string; secretAccessKey: string; region: string; base: string; send: typeof http.request }

/** The address of a bucket: `s3://KEY:SECRET@host[:port]/bucket[/prefix]?region=ru-1`. */
function readPlace(filesUrl: string): Place {
  const url = new URL(filesUrl.replace(/^s3:/, 'https:'))
  if (!url.username || !url.password || url.pathname === '/') throw new Error('FILES_URL: an S3 store needs key, secret and bucket, as in s3://KEY:SECRET@host/bucket?region=ru-1')
  return {
    accessKeyId: decodeURIComponent(url.username),
    secretAccessKey: decodeURIComponent(url.password),
    region: url.searchParams.get('region') ?? 'us-east-1',
    base: `${url.protocol}//${url.host}${url.pathname.replace(/\/$/, '')}`,
    send: url.protocol === 'http:' ? http.request : (https.request as typeof http.request),
  }
}

/** Any store that speaks the S3 protocol, with path-style addresses and Signature Version 4. The body is not hashed for the signature: it is sealed and has a hash of its own. */
export function s3Store(filesUrl: string): ObjectStore {
  const place = readPlace(filesUrl)
  return {
    async put(name, bytes, content) {
      // A stream cannot be sent twice: the caller's job or person tries again.
      const answer = await ask(place, 'PUT', name, { bytes, content })
      await refuseUnless(answer, 200)
    },
    async get(name) {
      const answer = await retried(() => ask(place, 'GET', name))
      if (answer.statusCode === 404) {
        answer.resume()
        throw new ObjectMissing()
      }
      await refuseUnless(answer, 200, true)
      return answer
    },
    async remove(name) {
      const answer = await retried(() => ask(place, 'DELETE', name))
      if (answer.statusCode === 404) return void answer.resume()
      await refuseUnless(answer, 204)
    },
  }
}

async function ask(
  { base, send, ...keys }: Place,
  method: 'PUT' | 'GET' | 'DELETE',
  name: string,
  body?: { bytes: number; content: AsyncIterable<Uint8Array> },
): Promise<http.IncomingMessage> {
  const signer = new AwsV4Signer({ ...keys, service: 's3', method, url: `${base}/${name}`, headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } })
  const { url, headers } = await signer.sign()
  const request = send(url, { method, headers: { ...Object.fromEntries(headers), ...(body ? { 'content-length': body.bytes } : {}) }, timeout: ANSWER_MS })
  request.on('timeout', () => request.destroy(new Error('the file store does not answer')))
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => request.once('response', resolve).once('error', reject))
  // A refusal may come before the body has left; it is the answer that counts then.
  if (body) pipeline(Readable.from(body.content), request).catch((error: unknown) => request.destroy(error as Error))
  else request.end()
  return answered
}

async function retried(run: () => Promise<http.IncomingMessage>): Promise<http.IncomingMessage> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await run()
      if ((answer.statusCode ?? 500) < 500 || attempt >= TRIES) return answer
      answer.resume()
    } catch (error) {
      if (attempt >= TRIES) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS * attempt))
  }
}

async function refuseUnless(answer: http.IncomingMessage, wanted: number, keepsBody = false): Promise<void> {
  const status = answer.statusCode ?? 0
  const isGood = status === wanted || (wanted === 204 && status === 200)
  if (!isGood || !keepsBody) answer.resume()
  if (!isGood) throw new Error(`the file store answered ${status}`)
}
