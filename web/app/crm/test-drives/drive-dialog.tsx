import { Link } from '@tanstack/react-router'
import { type GridCar, type GridDrive, testDrives } from '../../../../contract/crm/test-drive.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { useNow } from '../../../ui/clock.tsx'
import { Dialog, confirm } from '../../../ui/dialog.tsx'
import { Stack } from '../../../ui/layout.ts'
import { Facts } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useStaffNames } from '../../people/card/staff-names.ts'
import { useRights, useSession } from '../../session/session.tsx'
import styles from '../deals/deals.module.css'

/** One booking: who, in which car, and what became of it. */
export function DriveDialog({ car, drive, onClose }: { car: GridCar; drive: GridDrive; onClose: () => void }) {
  const [{ drives: t, deals }, format, { employeeId }, nameOf, { may }] = [useWords(), useFormat(), useSession(), useStaffNames(), useRights()]
  const responsible = drive.responsibleId === employeeId ? deals.you : drive.responsibleId ? (nameOf(drive.responsibleId) ?? deals.colleague) : deals.colleague
  return (
    <Dialog isOpen onClose={onClose} title={`${t.one}, ${format.dateTime(drive.startsAt)}`} size="md">
      <Stack gap="md">
        <Facts
          facts={[
            [
              t.client,
              drive.personId ? (
                <Link key="client" className={styles.link} to={paths.person} params={{ personId: drive.personId }}>
                  {drive.masked?.name ?? t.hidden}
                </Link>
              ) : (
                t.hidden
              ),
            ],
            [t.car, `${car.model} ${car.trim}, ${car.colour}`],
            [t.responsible, responsible],
            [
              t.status,
              <Badge key="status" tone={drive.status === 'done' ? 'good' : drive.status === 'booked' ? 'info' : 'warn'}>
                {t.statuses[drive.status]}
              </Badge>,
            ],
          ]}
        />
        {drive.dealId && may('deal.read') && (
          <Link className={styles.link} to={paths.deal} params={{ dealId: drive.dealId }}>
            {t.openDeal}
          </Link>
        )}
        <Acts drive={drive} onClose={onClose} />
      </Stack>
    </Dialog>
  )
}

function Acts({ drive, onClose }: { drive: GridDrive; onClose: () => void }) {
  const [{ drives: t, ui }, { why }, nowMs] = [useWords(), useRights(), useNow()]
  const changes = ['test_drive', 'deal', 'person'] as const
  const restore = useAct(testDrives.restore, { changes, done: () => toast.done(t.restored) })
  const takeBack = (after: { id: string; version: number }) => ({ label: ui.undo, run: () => restore.fire({ testDriveId: after.id, version: after.version }) })
  const cancel = useAct(testDrives.cancel, { changes, done: (after) => (toast.done(t.cancelled, takeBack(after)), onClose()) })
  const miss = useAct(testDrives.noShow, { changes, done: (after) => (toast.done(t.missed, takeBack(after)), onClose()) })
  const finish = useAct(testDrives.done, { changes, done: () => (toast.done(t.finished), onClose()) })
  const { id, version, status } = drive
  if (id === null || version === null) return null
  const one = { testDriveId: id, version }
  const over = status === 'booked' ? null : t.finishedAlready
  const early = Date.parse(drive.startsAt) > nowMs ? t.tooEarly : null
  const askAndFinish = async (): Promise<void> => {
    if (await confirm({ title: t.finish, text: t.finishText, confirm: t.done })) finish.fire(one)
  }
  return (
    <div className={styles.buttons}>
      <Button icon="check" kind="primary" busy={finish.isBusy} disabledReason={why(testDrives.done) ?? over ?? early} onClick={() => void askAndFinish()}>
        {t.done}
      </Button>
      <Button busy={miss.isBusy} disabledReason={why(testDrives.noShow) ?? over ?? early} onClick={() => miss.fire(one)}>
        {t.noShow}
      </Button>
      {status === 'no_show' && (
        <Button busy={restore.isBusy} disabledReason={why(testDrives.restore)} onClick={() => restore.fire(one)}>
          {ui.undo}
        </Button>
      )}
      <Button icon="close" busy={cancel.isBusy} disabledReason={why(testDrives.cancel) ?? over} onClick={() => cancel.fire(one)}>
        {t.cancel}
      </Button>
    </div>
  )
}
