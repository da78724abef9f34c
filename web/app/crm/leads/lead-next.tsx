import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { deals } from '../../../../contract/crm/deal.ts'
import { interactions } from '../../../../contract/crm/interaction.ts'
import type { LeadCard } from '../../../../contract/crm/lead.ts'
import { testDrives } from '../../../../contract/crm/test-drive.ts'
import { Button } from '../../../ui/button.tsx'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { LogContact } from '../../people/card/log-contact.tsx'
import { useRights } from '../../session/session.tsx'
import { OpenDeal } from '../deals/open-deal.tsx'
import { BookTestDrive } from '../test-drives/book-test-drive.tsx'
import shapes from '../../shared.module.css'

type Step = 'contact' | 'drive' | 'deal'

/** What comes of a lead: a contact written down, a test drive, a working list, the client's card. */
export function LeadNext({ lead }: { lead: LeadCard }) {
  const [{ leads: t, people, deals: d, drives }, { why }, navigate] = [useWords(), useRights(), useNavigate()]
  const [step, setStep] = useState<Step | null>(null)
  const { personId } = lead
  const hidden = lead.masked ? null : personId ? t.hiddenClient : t.reasons.destroyed
  const close = (): void => setStep(null)
  const person = personId ? { id: personId, name: lead.masked?.name ?? null } : null
  return (
    <div className={shapes.acts}>
      <Button icon="phone" disabledReason={why(interactions.log) ?? hidden} onClick={() => setStep('contact')}>
        {people.log}
      </Button>
      <Button icon="wheel" disabledReason={why(testDrives.book) ?? hidden} onClick={() => setStep('drive')}>
        {drives.book}
      </Button>
      <Button icon="deals" disabledReason={why(deals.open) ?? hidden ?? (lead.status === 'closed' ? t.reasons.isClosed : null)} onClick={() => setStep('deal')}>
        {d.open}
      </Button>
      <Button icon="person" disabledReason={hidden} onClick={() => personId && void navigate({ to: paths.person, params: { personId } })}>
        {t.openCard}
      </Button>
      {person && <LogContact personId={person.id} isOpen={step === 'contact'} onClose={close} />}
      {person && <BookTestDrive person={person} leadId={lead.id} isOpen={step === 'drive'} onClose={close} />}
      {person && (
        <OpenDeal
          lead={{ id: lead.id, version: lead.version, name: person.name, outletId: lead.outletId }}
          person={person}
          isOpen={step === 'deal'}
          onClose={close}
          onOpened={(dealId) => void navigate({ to: paths.deal, params: { dealId } })}
        />
      )}
    </div>
  )
}
