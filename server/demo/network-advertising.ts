/** What people who asked on the importer's site said of its advertising: ticks beside the request, and a later "no" by the link in a letter. */
import type { DemoCompany } from './network.ts'
import { textAt } from './consent-texts.ts'
import type { Told } from './network-told.ts'
import type { Random } from './random.ts'
import type { Row } from './rows.ts'
import type { OpenObjection } from './telling.ts'
import { DAY } from './working-time.ts'

const TICKS = 0.62
const TICKS_EMAIL = 0.85
const TICKS_SMS = 0.4
const LEAVES = 0.18

export type Sayings = {
  words: Row<'consentEvents'>[]
  objections: OpenObjection[]
  /** Who agreed, with the consent that holds them for advertising until its term. */
  holds: { one: Told; consentEventId: string; until: Date }[]
}

/** The same words as a visitor's form leaves: a consent to the processing, and one more for every channel that was ticked (152-ФЗ art. 15, 38-ФЗ art. 18). */
export function tellAdvertising(random: Random, importer: DemoCompany, told: readonly Told[], now: Date): Sayings {
  const said: Sayings = { words: [], objections: [], holds: [] }
  for (const one of told) {
    if (!random.chance(TICKS)) continue
    const data = wordOf(random, importer, one, 'advertising_data', 'given', one.at)
    said.words.push(data)
    said.holds.push({ one, consentEventId: data.id, until: data.validUntil ?? one.at })
    if (random.chance(TICKS_SMS)) said.words.push(wordOf(random, importer, one, 'advertising_sms', 'given', one.at))
    const [email] = one.contact.emails
    if (!email || !random.chance(TICKS_EMAIL)) continue
    said.words.push(wordOf(random, importer, one, 'advertising_email', 'given', one.at))
    if (!random.chance(LEAVES)) continue
    const at = new Date(one.at.getTime() + random.next() * (now.getTime() - one.at.getTime()))
    said.words.push(wordOf(random, importer, one, 'advertising_email', 'withdrawn', at))
    said.objections.push({ id: random.uuid(at), address: email.address, channel: 'email', how: 'unsubscribe_link', byId: null, at })
  }
  return said
}

type Kind = 'advertising_data' | 'advertising_email' | 'advertising_sms'
function wordOf(random: Random, importer: DemoCompany, { ids, at: asked }: Told, kind: Kind, state: 'given' | 'withdrawn', at: Date): Row<'consentEvents'> {
  const text = textAt(importer.texts, kind, asked.getTime())
  return {
    tenantId: importer.tenant.tenantId,
    id: random.uuid(at),
    personId: ids.ownPerson,
    textId: text.id,
    kind,
    state,
    how: state === 'given' ? 'site' : 'unsubscribe_link',
    byId: null,
    at,
    validUntil: state === 'given' ? new Date(at.getTime() + text.validDays * DAY) : null,
  }
}
