import type { z } from 'zod'
import { destructions, type DestructionAct } from '../../../../contract/privacy/destruction.ts'
import { Button } from '../../../ui/button.tsx'
import { Stack } from '../../../ui/layout.ts'
import { useFormat } from '../../../ui/provider.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import styles from '../requests/requests.module.css'

/** Who had been given the data and whether they have heard; whom no message reaches the officer tells otherwise and records it. */
export function Recipients({ act }: { act: z.output<typeof DestructionAct> }) {
  const [{ destruction: t }, format] = [useWords(), useFormat()]
  const tell = useAct(destructions.tell, { changes: ['person'], done: () => toast.done(t.tellDone) })
  return (
    <Stack gap="xs">
      <strong>{t.recipientsTitle}</strong>
      {act.recipients.length === 0 && <span className={styles.dim}>{t.recipientsNone}</span>}
      <ul className={styles.terms}>
        {act.recipients.map(({ id, name, number, queuedAt, toldAt, how }) => (
          <li key={id} className={styles.term}>
            <span>{number === null ? name : `${name}, ${t.lead(number)}`}</span>
            <span className={styles.dim}>{toldAt && how ? t.told(t.heard[how], format.dateTime(toldAt)) : t.notTold(format.dateTime(queuedAt))}</span>
            {!toldAt && (
              <div className={styles.acts}>
                <Button busy={tell.isBusy} onClick={() => tell.fire({ actId: act.id, recipientNoticeId: id })}>
                  {t.tell}
                </Button>
              </div>
            )}
          </li>
        ))}
      </ul>
    </Stack>
  )
}
