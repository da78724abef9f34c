import { consents, type Channel, type VerdictReason } from '../../../../contract/consent/consent.ts'
import { persons } from '../../../../contract/people/person.ts'
import { Button } from '../../../ui/button.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import { usePurposes } from './card-facts.tsx'
import type { Card } from './card-page.tsx'
import type { Opened, useOpened } from './opened.ts'

type Reached = { channel: Channel; addressOf: (opened: Opened) => string | null }
const ways: Record<'call' | 'write', Reached> = {
  call: { channel: 'call', addressOf: ({ facts }) => (facts.contact?.phones[0] ? `tel:${facts.contact.phones[0].e164}` : null) },
  write: { channel: 'email', addressOf: ({ facts }) => (facts.contact?.emails[0] ? `mailto:${facts.contact.emails[0].address}` : null) },
}

/** Calls or writes on business. What may not be done says why; the number is opened, on record, only at the moment it is dialled. */
export function ContactButtons({ card, reveal }: { card: Card; reveal: ReturnType<typeof useOpened> }) {
  const [{ consent: t }, { why, may }, [purpose]] = [useWords(), useRights(), usePurposes(card)]
  const { data, trouble } = useAsk(consents.contacting, { personId: card.id }, { live: ['person'], isOn: may('consent.read') })
  const reasonFor = ({ channel }: Reached): string | null => {
    const verdict = data?.verdicts.find((each) => each.channel === channel && each.messageKind === 'service')
    return why(consents.contacting) ?? why(persons.reveal) ?? trouble?.what ?? (verdict ? sayNo(verdict, channel, t) : t.checking)
  }
  const go = async ({ addressOf }: Reached): Promise<void> => {
    const opened = reveal.opened ?? (purpose ? await reveal.open(purpose) : null)
    const address = opened && addressOf(opened)
    if (address) location.assign(address)
  }
  return (
    <>
      <Button icon="phone" busy={reveal.isBusy} disabledReason={reasonFor(ways.call)} onClick={() => void go(ways.call)}>
        {t.call}
      </Button>
      <Button icon="mail" busy={reveal.isBusy} disabledReason={reasonFor(ways.write)} onClick={() => void go(ways.write)}>
        {t.write}
      </Button>
    </>
  )
}

function sayNo({ may, because }: { may: boolean; because: VerdictReason }, channel: Channel, t: ReturnType<typeof useWords>['consent']): string | null {
  if (may) return null
  if (because === 'no_address') return channel === 'email' ? t.noEmail : t.noPhone
  return t.because[because]
}
