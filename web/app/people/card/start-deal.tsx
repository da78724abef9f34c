import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { deals } from '../../../../contract/crm/deal.ts'
import { Button } from '../../../ui/button.tsx'
import { OpenDeal } from '../../crm/deals/open-deal.tsx'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useRights } from '../../session/session.tsx'
import type { Card } from './card-page.tsx'

/** Opens a working list for the client of this card and goes there. */
export function StartDeal({ card }: { card: Card }) {
  const [{ people: t, deals: d }, { why }, navigate] = [useWords(), useRights(), useNavigate()]
  const [isOpen, setOpen] = useState(false)
  const cannot = why(deals.open) ?? (card.state === 'open' ? null : t[card.state === 'restricted' ? 'restricted' : 'noGround'])
  return (
    <>
      <Button icon="deals" disabledReason={cannot} onClick={() => setOpen(true)}>
        {d.open}
      </Button>
      {card.state === 'open' && (
        <OpenDeal
          person={{ id: card.id, name: card.masked.name || null }}
          isOpen={isOpen}
          onClose={() => setOpen(false)}
          onOpened={(dealId) => void navigate({ to: paths.deal, params: { dealId } })}
        />
      )}
    </>
  )
}
