import { useState } from 'react'
import type { z } from 'zod'
import { requests, type PackPreview, type RequestCard } from '../../../../contract/privacy/request.ts'
import { Dialog, DialogActs } from '../../../ui/dialog.tsx'
import { CheckField, ChoiceField } from '../../../ui/fields.tsx'
import { Stack } from '../../../ui/layout.ts'
import { useFormat } from '../../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import styles from './requests.module.css'

type Props = { card: RequestCard; isOpen: boolean; onClose: () => void }

/** What the answer will hold, and the notes of staff one by one: each is out until the officer says otherwise. */
export function PackDialog({ card, isOpen, onClose }: Props) {
  const { requests: t } = useWords()
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t.packTitle} size="lg">
      {isOpen && <Preview card={card} onClose={onClose} />}
    </Dialog>
  )
}

function Preview({ card, onClose }: Omit<Props, 'isOpen'>) {
  const { requests: t } = useWords()
  const { data, trouble } = useAsk(requests.previewPack, { requestId: card.id }, { staleMs: 60_000 })
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [language, setLanguage] = useState<'ru' | 'en'>('ru')
  const make = useAct(requests.makePack, {
    changes: ['request'],
    done: () => {
      toast.done(t.packed)
      onClose()
    },
  })
  if (trouble) return <ErrorState {...trouble} />
  if (!data) return <Skeletons lines={8} />
  const run = (): void => make.fire({ requestId: card.id, version: card.version, includeTexts: [...chosen], language })
  return (
    <Stack gap="md">
      <p className={styles.hint}>{t.packHint}</p>
      <Items preview={data} />
      <Notes preview={data} chosen={chosen} onChoose={setChosen} />
      <ChoiceField
        label={t.packLanguage}
        value={language}
        onChange={setLanguage}
        choices={[
          { value: 'ru', label: 'Русский' },
          { value: 'en', label: 'English' },
        ]}
      />
      <DialogActs label={t.make} onRun={run} onCancel={onClose} isBusy={make.isBusy} />
    </Stack>
  )
}

type Shown = z.output<typeof PackPreview>

function Items({ preview }: { preview: Shown }) {
  const { requests: t } = useWords()
  return (
    <dl className={styles.items} aria-label={t.packItems}>
      {preview.items.map(({ code, title, lines }) => [<dt key={`${code}-title`}>{title}</dt>, <dd key={`${code}-lines`}>{t.lines(lines)}</dd>])}
    </dl>
  )
}

function Notes({ preview, chosen, onChoose }: { preview: Shown; chosen: readonly string[]; onChoose: (ids: readonly string[]) => void }) {
  const [{ requests: t }, format] = [useWords(), useFormat()]
  if (preview.staffTexts.length === 0) return <p className={styles.hint}>{t.noStaffTexts}</p>
  return (
    <Stack gap="xs">
      <strong>{t.staffTexts}</strong>
      {preview.staffTexts.map(({ recordId, at, text }) => (
        <div key={recordId} className={styles.note}>
          <CheckField
            label={text}
            hint={format.dateTime(at)}
            value={chosen.includes(recordId)}
            onChange={(isIn) => onChoose(isIn ? [...chosen, recordId] : chosen.filter((id) => id !== recordId))}
          />
        </div>
      ))}
    </Stack>
  )
}
