import { RefusedForGood } from '../mail/delivery.ts'

export type ShortMessage = {
  /** E.164. */
  to: string
  text: string
  /** The same for every try at one message: the gateway drops what it has already. */
  reference: string
}
export type Sms = { send: (message: ShortMessage) => Promise<void> }

const ANSWER_MS = 20_000
const e164 = /^\+\d{7,15}$/
/** Refusals that are about us or the moment, not about this message. */
const passing = new Set([401, 403, 407, 408, 421, 425, 429])

/**
 * Sends short messages through a gateway that speaks JSON over HTTP: `POST SMS_URL {to, text, reference}`, any 2xx is taken. Name and password of
 * the address go into the Authorization header. Redirects are not followed: a message goes where the administrator said and nowhere else.
 * Throws RefusedForGood for what the gateway will never take; every other failure may be tried again.
 */
export function openSms(smsUrl: string): Sms {
  const url = new URL(smsUrl)
  const secret = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  url.username = ''
  url.password = ''
  const headers = { 'content-type': 'application/json', ...(secret === ':' ? {} : { authorization: `Basic ${Buffer.from(secret).toString('base64')}` }) }
  return {
    async send({ to, text, reference }) {
      if (!e164.test(to)) throw new RefusedForGood()
      const answer = await fetch(url, { method: 'POST', redirect: 'manual', headers, body: JSON.stringify({ to, text, reference }), signal: AbortSignal.timeout(ANSWER_MS) })
      await answer.body?.cancel()
      if (answer.ok) return
      if (answer.status >= 400 && answer.status < 500 && !passing.has(answer.status)) throw new RefusedForGood()
      throw new Error(`the gateway answered ${answer.status}`)
    },
  }
}
