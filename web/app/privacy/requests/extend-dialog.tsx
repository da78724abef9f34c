import { z } from 'zod'
import { extensionReasons, requests, type ExtensionReason, type RequestCard } from '../../../../contract/privacy/request.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { ChoiceField, DateField, NumberField, SelectField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { Stack } from '../../../ui/layout.ts'
import { useFormat } from '../../../ui/provider.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import shapes from '../../shared.module.css'
import styles from './requests.module.css'

const MOST = 5
const Draft = z.object({ days: z.number().int().min(1).max(MOST), reason: z.enum(extensionReasons), by: z.enum(['email', 'post']), sentOn: z.iso.date().nullable() })
type Props = { card: RequestCard; isOpen: boolean; onClose: () => void }

/** Asks by how much, why, and how the notice went; without the notice there is no extension. */
export function ExtendDialog({ card, isOpen, onClose }: Props) {
  const { requests: t } = useWords()
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.extendTitle}>
      <p className={styles.hint}>{t.extendHint}</p>
      {card.extension.because ? <div className={shapes.warning}>{t.noExtension[card.extension.because]}</div> : isOpen && <Fields card={card} onClose={onClose} />}
    </Dialog>
  )
}

function Fields({ card, onClose }: Omit<Props, 'isOpen'>) {
  const [{ requests: t }, format] = [useWords(), useFormat()]
  const extend = useAct(requests.extend, { isQuiet: true, changes: ['request'] })
  const save = async ({ days, reason, by, sentOn }: z.output<typeof Draft>): Promise<void> => {
    const notice = by === 'post' && sentOn ? { by, sentOn } : { by: 'email' as const }
    const { extendedTo } = await extend.run({ requestId: card.id, version: card.version, days, reason, notice })
    toast.done(t.extended(format.calendarDate(extendedTo)))
    onClose()
  }
  const { hasEmail } = card.extension
  const initial = { days: MOST as number | null, reason: null as ExtensionReason | null, by: hasEmail ? ('email' as const) : ('post' as const), sentOn: null as string | null }
  return (
    <Form schema={Draft} initial={initial as z.input<typeof Draft>} onSubmit={save} onCancel={onClose} submitLabel={t.extend}>
      {(form) => (
        <Stack gap="sm">
          <NumberField label={t.extendDays} required min={1} max={MOST} {...form.field('days')} onChange={(days) => form.set({ days: days ?? 0 })} />
          <SelectField
            label={t.extendReason}
            required
            choices={extensionReasons.map((value) => ({ value, label: t.extendReasons[value] }))}
            {...form.field('reason')}
            onChange={(reason) => reason && form.set({ reason })}
          />
          <ChoiceField
            label={t.notice}
            choices={[
              { value: 'email', label: t.noticeByEmail, disabled: !hasEmail },
              { value: 'post', label: t.noticeByPost },
            ]}
            {...form.field('by')}
          />
          {!hasEmail && <p className={styles.hint}>{t.noEmail}</p>}
          {form.draft.by === 'post' && <DateField label={t.noticeSentOn} required {...form.field('sentOn')} />}
        </Stack>
      )}
    </Form>
  )
}
