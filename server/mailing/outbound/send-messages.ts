import { mayContact, type Considered } from '../../consent/index.ts'
import { Refusal, refusalOf, type Act, type Ctx } from '../../kernel/index.ts'
import { UnsafeLetter, type Mailer } from '../../platform/mail/mailer.ts'
import { RefusedForGood } from '../../platform/mail/delivery.ts'
import type { Sms } from '../../platform/sms/sms.ts'
import { wordsOf } from '../../platform/words-of.ts'
import { Revealed } from '../../vault/index.ts'
import { finishMailing } from '../mailings/finish.ts'
import { tellOfMailing } from '../mailings/mailing-row.ts'
import { composeMessage, type Ready } from './compose-message.ts'
import { claim, lookAgain, MAX_ATTEMPTS, putBack, sendMailing, sendSingle, settle, type End, type Message, type Which } from './message-row.ts'
import type { ServiceLetters } from './services.ts'

export type Ways = {
  mailer: Mailer | null
  sms: Sms | null
  publicUrl: string
  letters: ServiceLetters
  /** Ids, codes and numbers only. */
  log: (message: string, about: Record<string, unknown>) => void
}

const FIRST_PAUSE_MS = 30_000
const LONGEST_PAUSE_MS = 1_800_000
const TELL_EVERY_MS = 1_000

/**
 * The jobs `outbound` and `outbound-sms`: take a message in hand, ask whether it may be sent, open the address, send, write down what became of it;
 * then the next. Each step is a transaction of its own. Whoever is killed between the sending and its record sends once more under the same
 * Message-ID, by which receivers know it. While anything waits or is in hand there is a job that looks after it, so that everyone gets an answer
 * however this one ends.
 */
export const sendMessages =
  (ways: Ways) =>
  async (act: Act, payload: Record<string, unknown>, { signal }: { signal: AbortSignal }): Promise<void> => {
    const which: Which = typeof payload.messageId === 'string' ? { messageId: payload.messageId } : { mailingId: String(payload.mailingId) }
    let toldAt = 0
    for (;;) {
      if (signal.aborted) throw new Error('the worker is stopping')
      const message = await act((ctx) => claim(ctx, which))
      if (!message) break
      if (await sendOne(act, ways, message)) return
      if ('messageId' in which) break
      if (Date.now() - toldAt < TELL_EVERY_MS) continue
      toldAt = Date.now()
      await act(async (ctx) => tellOfMailing(ctx, which.mailingId))
    }
    await act((ctx) => ('mailingId' in which ? finishMailing(ctx, which.mailingId) : lookAgain(ctx, which.messageId)))
  }

/** True when nothing can be sent now: another job goes on later. */
async function sendOne(act: Act, ways: Ways, message: Message): Promise<boolean> {
  let prepared: Prepared | null
  try {
    prepared = await act((ctx) => prepare(ctx, ways, message))
  } catch (error) {
    return act((ctx) => afterFault(ctx, ways, message, error))
  }
  if (!prepared) return false
  const { ready, verdict } = prepared
  try {
    await deliver(ways, message, ready)
  } catch (error) {
    return act((ctx) => afterFailure(ctx, ways, message, error))
  }
  await act((ctx) => settle(ctx, message, { state: 'sent', because: verdict.because, consentEventId: verdict.consentEventId }))
  return false
}

type Prepared = { ready: Ready; verdict: Considered }

/** Everything that decides, read at the moment of sending. Null: it is not sent, and its row says why. */
async function prepare(ctx: Ctx, ways: Ways, message: Message): Promise<Prepared | null> {
  const stop = async (end: End): Promise<null> => {
    await giveUp(ctx, ways, message, end)
    return null
  }
  const { publicUrl, letters } = ways
  const { personId, channel, kind, purpose } = message
  const verdict = personId === null ? null : await verdictOn(ctx, { personId, channel, messageKind: kind })
  if (personId === null || !verdict) return stop({ state: 'cancelled', because: 'person_gone' })
  // What the law owes an answer goes out whatever else is stopped; it needs an address all the same.
  if (!verdict.may && purpose !== 'rights') return stop({ state: 'refused', because: verdict.because, consentEventId: verdict.consentEventId })
  const at = addressAt(message, verdict)
  if (at === null) return stop({ state: 'refused', because: 'no_address' })
  const [person] = await ctx.vault.reveal(ctx.asker, ctx.tenantId, { purpose, personIds: [personId], classes: ['contact'], masked: false, door: ctx.door })
  if (!person || person.state === 'not_found') return stop({ state: 'cancelled', because: 'person_gone' })
  if (person.state !== 'open') return stop({ state: 'refused', because: person.state })
  const contact = person.facts.find((fact) => fact.class === 'contact')
  const ready = contact?.class === 'contact' ? await composeMessage(ctx, message, { contact: contact.facts, at, verdict }, { publicUrl, letters }) : null
  return ready ? { ready, verdict } : stop({ state: 'cancelled', because: 'nothing_to_say' })
}

async function verdictOn(ctx: Ctx, asked: Parameters<typeof mayContact>[1]): Promise<Considered | null> {
  return mayContact(ctx, asked).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'not_found') return null
    throw error
  })
}

/** Which of the addresses: the one it was queued for. An advertisement whose address was corrected since goes to the first; an answer goes where it was asked. */
function addressAt({ channel, kind, addressToken }: Message, { tokens }: Considered): number | null {
  const all = channel === 'email' ? tokens.emails : tokens.phones
  if (all.length === 0) return null
  const at = addressToken ? all.indexOf(addressToken.toString('base64')) : 0
  return at >= 0 ? at : kind === 'advertising' ? 0 : null
}

// The only place where an address of a client leaves the process, and only to the mail server or the gateway.
async function deliver({ mailer, sms }: Ways, { id, channel }: Message, { to, subject, text, sender, unsubscribe }: Ready): Promise<void> {
  const way = { to: Revealed.open(to), text: Revealed.open(text), reference: `message-${id}` }
  if (channel === 'sms') return sms?.send(way)
  const by = sender.replace(/\s+/g, ' ').trim().slice(0, 120)
  return mailer?.send({ ...way, subject: Revealed.open(subject), sender: by, ...(unsubscribe === null ? {} : { unsubscribe }) })
}

/** It will never be sent: its row says why, and whoever counted on it hears. */
async function giveUp(ctx: Ctx, { letters }: Ways, message: Message, end: End): Promise<void> {
  await settle(ctx, message, end)
  const letter = message.letter !== null && Object.hasOwn(letters, message.letter) ? letters[message.letter] : undefined
  await letter?.unsent?.(ctx, message.payload)
}

/** Refusals that are about the moment: they end no message, however often they come. */
const passing = new Set(['unavailable', 'too_many', 'quota'])

/** The message could not be made. Of the moment: all wait. Of this message: it stays in hand for its lease, and the others get theirs meanwhile. */
async function afterFault(ctx: Ctx, ways: Ways, message: Message, error: unknown): Promise<boolean> {
  ways.log('a message could not be made', { messageId: message.id, attempt: message.attempts, error: wordsOf(error) })
  if (passing.has(refusalOf(error)?.code ?? '')) return setAside(ctx, message)
  if (message.attempts >= MAX_ATTEMPTS) await giveUp(ctx, ways, message, { state: 'failed', because: 'not_composed' })
  return false
}

async function afterFailure(ctx: Ctx, ways: Ways, message: Message, error: unknown): Promise<boolean> {
  const isUnreadable = error instanceof UnsafeLetter
  if (isUnreadable || error instanceof RefusedForGood) {
    await giveUp(ctx, ways, message, { state: 'failed', because: isUnreadable ? 'address_unreadable' : 'refused_by_server' })
    return false
  }
  ways.log('a message was not taken', { messageId: message.id, channel: message.channel, attempt: message.attempts, error: wordsOf(error) })
  if (message.attempts < MAX_ATTEMPTS) return setAside(ctx, message)
  await giveUp(ctx, ways, message, { state: 'failed', because: 'unreachable' })
  return false
}

/** Nobody took it: it waits, and so does everyone behind it. */
async function setAside(ctx: Ctx, message: Message): Promise<true> {
  const { id, mailingId, channel, attempts } = message
  const runAt = new Date(ctx.now().getTime() + Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS))
  await putBack(ctx, message)
  if (mailingId === null) sendSingle(ctx, { id, channel }, runAt)
  else {
    sendMailing(ctx, { id: mailingId, channel }, runAt)
    tellOfMailing(ctx, mailingId)
  }
  return true
}
