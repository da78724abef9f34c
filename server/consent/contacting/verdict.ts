import type { z } from 'zod'
import { consentOfChannel, type Channel, type ConsentKind, type MessageKind, type Verdict, type VerdictReason } from '../../../contract/consent/consent.ts'
import type { Purpose } from '../../../contract/purposes.ts'
import { stateOf, type Now, type Said } from '../events/state-of.ts'

export type Answer = z.output<typeof Verdict>
/** All that is known of a person when somebody wants to write or call, read in one moment. */
export type ContactFile = {
  isRestricted: boolean
  /** Named by the activities of live grounds. */
  purposes: ReadonlySet<Purpose>
  /** Channels on which there is an address at all. */
  reachable: ReadonlySet<Channel>
  /** Channels on which anyone with one of these addresses said no. */
  objected: ReadonlySet<Channel>
  events: readonly Said[]
  now: Date
}

export const contactConsents: readonly ConsentKind[] = ['advertising_data', ...Object.values(consentOfChannel)]
const serving: readonly Purpose[] = ['request_handling', 'sale', 'service']

/**
 * The answer itself, a pure function. Service (an answer, an appointment, a recall) needs a live ground and no restriction. Advertising needs two
 * consents beside each other: to the processing for it (152-ФЗ art. 15), which holds the person for advertising, and to receiving it on this channel
 * (38-ФЗ art. 18); and no objection.
 */
export function verdictOf(file: ContactFile, channel: Channel, messageKind: MessageKind): Answer {
  if (file.isRestricted) return no('restricted')
  const enough = messageKind === 'service' ? serving : [...serving, 'marketing' as const]
  if (!enough.some((purpose) => file.purposes.has(purpose))) return no('no_ground')
  if (!file.reachable.has(channel)) return no('no_address')
  if (messageKind === 'service') return { may: true, because: 'service_ground', consentEventId: null, textVersion: null }
  const [processing, receiving] = [stateOf('advertising_data', file.events, file.now), stateOf(consentOfChannel[channel], file.events, file.now)]
  if (file.objected.has(channel)) return no('objection', receiving)
  if (processing.state !== 'given') return no(`data_consent_${processing.state}`, processing)
  if (receiving.state !== 'given') return no(`channel_consent_${receiving.state}`, receiving)
  // Held for something else only: the consent's own ground was ended, so the vault would not open an address for advertising either.
  if (!file.purposes.has('marketing')) return no('no_ground', receiving)
  return { may: true, because: 'consents', consentEventId: receiving.eventId, textVersion: receiving.textVersion }
}

const no = (because: VerdictReason, proof?: Now): Answer => ({ may: false, because, consentEventId: proof?.eventId ?? null, textVersion: proof?.textVersion ?? null })
