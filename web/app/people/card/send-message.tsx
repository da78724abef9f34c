import { useState } from 'react'
import { consents } from '../../../../contract/consent/consent.ts'
import { serviceMessages } from '../../../../contract/mailing/mailing.ts'
import type { Template } from '../../../../contract/mailing/template.ts'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActs } from '../../../ui/dialog.tsx'
import { SelectField } from '../../../ui/fields.tsx'
import { Stack } from '../../../ui/layout.ts'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { TemplateText } from '../../mailing/template-text.tsx'
import { useRights } from '../../session/session.tsx'
import styles from './consents.module.css'

/** A service message from a template: nobody's address is opened for it by a human. */
export function SendMessage({ personId }: { personId: string }) {
  const [{ mailing: t }, { why }] = [useWords(), useRights()]
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button icon="inbox" disabledReason={why(serviceMessages.send)} onClick={() => setOpen(true)}>
        {t.message}
      </Button>
      <Dialog isOpen={isOpen} onClose={() => setOpen(false)} title={t.messageTitle}>
        {isOpen && <Body personId={personId} onClose={() => setOpen(false)} />}
      </Dialog>
    </>
  )
}

function Body({ personId, onClose }: { personId: string; onClose: () => void }) {
  const { mailing: t } = useWords()
  const { data, trouble } = useAsk(serviceMessages.templates, {})
  const [chosenId, setChosen] = useState<string | null>(null)
  const send = useAct(serviceMessages.send, { changes: ['person'], done: () => (onClose(), toast.done(t.queued)) })
  const chosen = data?.rows.find(({ id }) => id === chosenId) ?? data?.rows[0] ?? null
  const reason = useReason(personId, chosen)
  if (trouble) return <ErrorState {...trouble} />
  if (!data) return <Skeletons lines={4} />
  return (
    <Stack gap="sm">
      <p className={styles.dim}>{t.messageHint}</p>
      <SelectField
        label={t.template}
        value={chosen?.id ?? null}
        onChange={setChosen}
        choices={data.rows.map(({ id, name, channel }) => ({ value: id, label: `${name} · ${t.channels[channel]}` }))}
      />
      {chosen && <TemplateText template={chosen} />}
      <DialogActs
        label={t.send}
        isBusy={send.isBusy}
        disabledReason={reason ?? (chosen ? null : t.noServiceTemplates)}
        onRun={() => chosen && send.fire({ personId, templateId: chosen.id })}
        onCancel={onClose}
      />
    </Stack>
  )
}

/** Why it may not be sent on the template's channel; the server asks the same function. */
function useReason(personId: string, chosen: Template | null): string | null {
  const [{ consent: t }, { may }] = [useWords(), useRights()]
  const { data } = useAsk(consents.contacting, { personId }, { live: ['person'], isOn: may('consent.read') })
  const verdict = data?.verdicts.find(({ channel, messageKind }) => channel === chosen?.channel && messageKind === 'service')
  return verdict && !verdict.may ? t.because[verdict.because] : null
}
