import { useState } from 'react'
import { type Assignee, type LeadRow, leads } from '../../../../contract/crm/lead.ts'
import { Dialog, DialogActs } from '../../../ui/dialog.tsx'
import { Stack, Text } from '../../../ui/layout.ts'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useAssign } from './lead-acts.ts'
import styles from './leads.module.css'
import { useLeadWords } from './lead-words.ts'

type AssignProps = { rows: readonly LeadRow[] | null; onClose: () => void; onDone: () => void }

/** To whom: everyone with what they have in hand, and what they will have then. Nothing is changed before the button is pressed. */
export function AssignDialog({ rows, onClose, onDone }: AssignProps) {
  const { leads: t } = useWords()
  return (
    <Dialog isOpen={rows !== null} onClose={onClose} title={rows ? t.assignMany(rows.length) : t.assign}>
      {rows && <Body rows={rows} onClose={onClose} onDone={onDone} />}
    </Dialog>
  )
}

const nobody = ''

function Body({ rows, onClose, onDone }: AssignProps & { rows: readonly LeadRow[] }) {
  const [{ leads: t }, assign] = [useWords(), useAssign()]
  const { data, trouble } = useAsk(leads.assignees, {}, { live: ['lead'] })
  const [chosen, setChosen] = useState<string | null>(null)
  const open = rows.filter(({ status, personId }) => status !== 'closed' && personId !== null)
  const name = chosen === nobody ? t.everyone : (data?.assignees.find(({ employeeId }) => employeeId === chosen)?.name ?? '')
  const save = async (): Promise<void> => {
    try {
      await assign.run(open, chosen === nobody ? null : chosen, name)
      onDone()
    } catch {
      // The refusal is told by its toast; the choice stays for another try.
    }
  }
  if (trouble) return <ErrorState {...trouble} />
  if (!data) return <Skeletons />
  return (
    <Stack gap="sm">
      {open.length < rows.length && <Text size="sm">{t.skipped(rows.length - open.length)}</Text>}
      <fieldset className={styles.people}>
        <legend className="it-hidden">{t.colleague}</legend>
        {data.assignees.map((person) => (
          <Line key={person.employeeId} person={person} rows={open} isChosen={chosen === person.employeeId} onChoose={() => setChosen(person.employeeId)} />
        ))}
        <label className={styles.person}>
          <input type="radio" name="assignee" checked={chosen === nobody} onChange={() => setChosen(nobody)} />
          <span>{t.giveBack}</span>
        </label>
      </fieldset>
      <DialogActs
        label={t.assignMany(open.length)}
        isBusy={assign.isBusy}
        disabledReason={open.length > 100 ? t.reasons.tooMany : open.length === 0 ? t.reasons.isClosed : chosen === null ? t.reasons.chooseWho : null}
        onRun={() => void save()}
        onCancel={onClose}
      />
    </Stack>
  )
}

function Line({ person, rows, isChosen, onChoose }: { person: Assignee; rows: readonly LeadRow[]; isChosen: boolean; onChoose: () => void }) {
  const [{ leads: t }, { outlet }] = [useWords(), useLeadWords()]
  const after = person.openLeads + rows.filter(({ responsibleId }) => responsibleId !== person.employeeId).length
  const place = [person.departmentKind && t.departments[person.departmentKind], person.outletId && outlet(person.outletId)].filter(Boolean).join(' · ')
  return (
    <label className={styles.person}>
      <input type="radio" name="assignee" checked={isChosen} onChange={onChoose} />
      <span>
        {person.name} <span className={styles.dim}>{place}</span>
      </span>
      <span className={styles.number} title={t.preview}>
        {isChosen ? t.willHave(person.openLeads, after) : person.openLeads} {person.overdueLeads > 0 && <span className={styles.dim}>{t.nowOverdue(person.overdueLeads)}</span>}
      </span>
    </label>
  )
}
