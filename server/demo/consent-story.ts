/**
 * What people said about being kept and written to: consents given, refused, withdrawn and run out, and the objections that come with a "no".
 * The grounds on consent (`relations`, `marketing` of the register) are made here together with the words they rest on.
 */
import { channels, consentOfChannel, type Channel, type ConsentKind } from '../../contract/consent/consent.ts'
import { textAt } from './consent-texts.ts'
import type { DemoEmployee } from './network.ts'
import { weighted } from './random.ts'
import { type Dealership, hold, type Person, put, someone, touch } from './telling.ts'
import { DAY } from './working-time.ts'

type How = 'site' | 'portal' | 'staff_call' | 'staff_paper' | 'unsubscribe_link' | 'clock'
/** `under`: the moment whose text counts, when it is not the moment of the word. */
type Word = { kind: ConsentKind; state: 'given' | 'refused' | 'withdrawn' | 'expired'; how: How; at: number; under?: number }

const givenHow = weighted<How>([
  ['site', 50],
  ['staff_paper', 32],
  ['staff_call', 18],
])
const withdrawnHow = weighted<How>([
  ['staff_call', 60],
  ['portal', 25],
  ['staff_paper', 15],
])
const tickChance: Record<Channel, number> = { email: 0.8, sms: 0.45, call: 0.55 }
/** Of those who agreed to a channel, how many said no later. */
const LEAVES = 0.09
/** Of those who were asked for advertising and did not agree: an explicit "no", or a "yes" taken back wholly. The rest said nothing. */
const REFUSES = 0.09
const TOOK_BACK = 0.03

/**
 * Consent to be kept in touch with, and to advertising: separate ticks (152-ФЗ art. 9 ч.1), each with its own text and term. A ground lasts as long as
 * its text says; advertising on a channel needs a tick of its own (38-ФЗ art. 18).
 */
export function consent(shop: Dealership, person: Person, at: number, codes: readonly ('relations' | 'marketing')[]): void {
  const how = givenHow(shop.sayings)
  for (const code of codes) {
    const eventId = say(shop, person, { kind: code === 'relations' ? 'request' : 'advertising_data', state: 'given', how, at })
    hold(shop, person, code, at, at, { consentEventId: eventId })
    if (code === 'marketing') tickChannels(shop, person, how, at)
  }
}

function tickChannels(shop: Dealership, person: Person, how: How, at: number): void {
  const { sayings, now } = shop
  for (const channel of channels) {
    if (addressesOf(person, channel).length === 0 || !sayings.chance(tickChance[channel])) continue
    const kind = consentOfChannel[channel]
    say(shop, person, { kind, state: 'given', how, at })
    const endsAt = at + textAt(shop.company.texts, kind, at).validDays * DAY
    const leftAt = at + (1 + sayings.exponential(120)) * DAY
    if (sayings.chance(LEAVES) && leftAt < Math.min(now, endsAt)) {
      const by = channel === 'email' && sayings.chance(0.7) ? 'unsubscribe_link' : withdrawnHow(sayings)
      say(shop, person, { kind, state: 'withdrawn', how: by, at: leftAt })
      object(shop, person, channel, by, leftAt)
    } else if (endsAt <= now) say(shop, person, { kind, state: 'expired', how: 'clock', at: endsAt, under: at })
  }
}

/** Who has no ground for advertising may have said so aloud; and a few had agreed and took it all back, so that ground is gone. */
export function sayNo(shop: Dealership, person: Person): void {
  if (person.holds.some(({ activity }) => activity.code === 'marketing')) return
  const { sayings, now } = shop
  const chance = sayings.next()
  if (chance > REFUSES + TOOK_BACK) return
  const refuses = chance <= REFUSES
  const reached = channels.filter((channel) => addressesOf(person, channel).length > 0)
  if (!refuses) say(shop, person, { kind: 'advertising_data', state: 'given', how: givenHow(sayings), at: person.createdAt })
  const [how, at] = [withdrawnHow(sayings), refuses ? person.createdAt : person.createdAt + sayings.next() * (now - person.createdAt)]
  say(shop, person, { kind: 'advertising_data', state: refuses ? 'refused' : 'withdrawn', how, at })
  for (const channel of reached) object(shop, person, channel, how, at)
}

const hands: readonly How[] = ['staff_call', 'staff_paper']
const writer = (shop: Dealership, person: Person, how: How): DemoEmployee | null =>
  hands.includes(how) ? (someone(shop, 'operator', person.outlet, shop.sayings) ?? person.responsible) : null

function say(shop: Dealership, person: Person, { kind, state, how, at, under = at }: Word): string {
  const id = shop.sayings.uuid(at)
  const text = textAt(shop.company.texts, kind, under)
  put(shop, 'consentEvents', {
    tenantId: shop.batch.tenantId,
    id,
    personId: person.id,
    textId: text.id,
    kind,
    state,
    how,
    byId: writer(shop, person, how)?.id ?? null,
    at: new Date(at),
    validUntil: state === 'given' ? new Date(at + text.validDays * DAY) : null,
  })
  if (state !== 'expired') touch(person, at)
  return id
}

const addressesOf = ({ contact }: Person, channel: Channel): string[] =>
  channel === 'email' ? contact.emails.map(({ address }) => address) : contact.phones.map(({ e164 }) => e164)

/** A "no" for every address of the person on a channel; the hash of it is made when the batch is sealed. */
function object(shop: Dealership, person: Person, channel: Channel, how: How, at: number): void {
  const byId = writer(shop, person, how)?.id ?? null
  for (const address of addressesOf(person, channel)) {
    const name = `${channel} ${address}`
    if (shop.objected.has(name)) continue
    shop.objected.add(name)
    shop.batch.objections.push({ id: shop.sayings.uuid(at), address, channel, how, byId, at: new Date(at) })
  }
}
