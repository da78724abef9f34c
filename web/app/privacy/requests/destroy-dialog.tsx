import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { requests, type RequestCard } from '../../../../contract/privacy/request.ts'
import { Dialog, DialogActs } from '../../../ui/dialog.tsx'
import { SelectField } from '../../../ui/fields.tsx'
import { Stack } from '../../../ui/layout.ts'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { WhatGoes } from '../destruction/what-goes.tsx'

const reasons = ['consent_withdrawn', 'stop_demand', 'unlawful', 'not_needed'] as const
type Reason = (typeof reasons)[number]

/** The two steps in one place: what would go, then the reason and the act. It cannot be taken back. */
export function DestroyDialog({ card, isOpen, onClose }: { card: RequestCard; isOpen: boolean; onClose: () => void }) {
  const [{ requests: t, destruction }, navigate] = [useWords(), useNavigate()]
  const [reason, setReason] = useState<Reason>(card.kind === 'withdraw' ? 'consent_withdrawn' : 'stop_demand')
  const destroy = useAct(requests.destroy, {
    changes: ['request', 'person'],
    done: ({ actId }) => {
      onClose()
      void navigate({ to: paths.destruction, search: { tab: 'acts', act: actId } })
    },
  })
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.destroyTitle}>
      {isOpen && card.personId && (
        <Stack gap="sm">
          <WhatGoes personId={card.personId} />
          <SelectField
            label={t.destroyReason}
            required
            value={reason}
            onChange={(chosen) => chosen && setReason(chosen)}
            choices={reasons.map((value) => ({ value, label: t.destroyReasons[value] }))}
          />
          <DialogActs
            label={destruction.destroy}
            isDangerous
            focusesCancel
            isBusy={destroy.isBusy}
            onCancel={onClose}
            onRun={() => destroy.fire({ requestId: card.id, version: card.version, reason })}
          />
        </Stack>
      )}
    </Dialog>
  )
}
