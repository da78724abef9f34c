import { Representative, requests, type RequestCard } from '../../../../contract/privacy/request.ts'
import { Dialog } from '../../../ui/dialog.tsx'
import { TextField } from '../../../ui/fields.tsx'
import { Form } from '../../../ui/form.tsx'
import { Stack } from '../../../ui/layout.ts'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import styles from './requests.module.css'

/** Whoever asks for somebody else shows two papers; both are written down, sealed with the person. */
export function RepresentativeDialog({ card, isOpen, onClose }: { card: RequestCard; isOpen: boolean; onClose: () => void }) {
  const { requests: t } = useWords()
  const identify = useAct(requests.identify, { isQuiet: true, changes: ['request', 'person'] })
  const save = async (representative: Representative): Promise<void> => {
    await identify.run({ requestId: card.id, version: card.version, how: 'document', representative })
    toast.done(t.identified)
    onClose()
  }
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.representativeTitle}>
      {isOpen && (
        <Form schema={Representative} initial={{ name: '', document: '', powers: '' }} onSubmit={save} onCancel={onClose} submitLabel={t.identify}>
          {(form) => (
            <Stack gap="sm">
              <p className={styles.hint}>{t.representativeHint}</p>
              <TextField label={t.representativeName} required autoFocus {...form.field('name')} />
              <TextField label={t.representativeDocument} required {...form.field('document')} />
              <TextField label={t.representativePowers} required {...form.field('powers')} />
            </Stack>
          )}
        </Form>
      )}
    </Dialog>
  )
}
