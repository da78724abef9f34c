import { z } from 'zod'
import { refusalReasons, refusals, requests, type RequestCard } from '../../../../contract/privacy/request.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { SelectField, TextAreaField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { Stack } from '../../../ui/layout.ts'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'

const Draft = z.object({ reason: z.enum(refusalReasons), words: z.string().trim().min(10).max(5_000) })

/** Only the reasons that the law knows for this request, each with its article; the explanation goes to the person. */
export function RefuseDialog({ card, isOpen, onClose }: { card: RequestCard; isOpen: boolean; onClose: () => void }) {
  const { requests: t } = useWords()
  const refuse = useAct(requests.refuse, { isQuiet: true, changes: ['request'] })
  const save = async (draft: z.output<typeof Draft>): Promise<void> => {
    await refuse.run({ requestId: card.id, version: card.version, ...draft })
    toast.done(t.refused)
    onClose()
  }
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.refuseTitle}>
      {isOpen && (
        <Form schema={Draft} initial={{ reason: null, words: '' } as unknown as z.input<typeof Draft>} onSubmit={save} onCancel={onClose} submitLabel={t.refuse}>
          {(form) => (
            <Stack gap="sm">
              <SelectField
                label={t.refuseReason}
                required
                choices={card.refusalsNow.map((value) => ({ value, label: `${t.refusals[value]} (${refusals[value].article})` }))}
                {...form.field('reason')}
                onChange={(reason) => reason && form.set({ reason })}
              />
              <TextAreaField label={t.refuseWords} required rows={5} {...form.field('words')} />
            </Stack>
          )}
        </Form>
      )}
    </Dialog>
  )
}
