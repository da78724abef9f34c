import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { call } from '../../../../contract/call.ts'
import { type Deal, dealStages, deals, isOpenStage } from '../../../../contract/crm/deal.ts'
import { testDrives } from '../../../../contract/crm/test-drive.ts'
import { persons } from '../../../../contract/people/person.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { useNow } from '../../../ui/clock.tsx'
import { formatPhone } from '../../../ui/format.ts'
import { MaskedValue } from '../../../ui/masked-value.tsx'
import { Facts, Section } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { paths } from '../../paths.ts'
import { useStaffNames } from '../../people/card/staff-names.ts'
import { useRights, useSession } from '../../session/session.tsx'
import { BookTestDrive } from '../test-drives/book-test-drive.tsx'
import { AssignDeal } from './assign-deal.tsx'
import styles from './deals.module.css'
import { DealSteps } from './deal-steps.tsx'
import { EditDeal } from './edit-deal.tsx'
import { HandToSpecialist } from './hand-to-specialist.tsx'
import { useMove, useUndoMove } from './use-move.tsx'

/** A working list from the first talk to the delivery: in the drawer of the board (`isPeek`) and on its own page. */
export function DealView({ dealId, isPeek = false }: { dealId: string; isPeek?: boolean }) {
  const { data, trouble } = useAsk(deals.get, { dealId }, { live: ['deal', 'test_drive'] })
  if (trouble && !data) return <ErrorState {...trouble} />
  if (!data) return <Skeletons lines={10} />
  return (
    <div className={isPeek ? styles.drawer : undefined}>
      <div className={styles.column}>
        <Stages deal={data} />
        <div className={styles.columns}>
          <div className={styles.column}>
            <Known deal={data} isPeek={isPeek} />
            <Drives deal={data} />
          </div>
          <div className={styles.column}>
            <DealSteps deal={data} />
            <Moves deal={data} />
          </div>
        </div>
      </div>
    </div>
  )
}

/** The way of the deal; every other stage is a button that leads there. */
function Stages({ deal }: { deal: Deal }) {
  const { deals: t } = useWords()
  const { fire, refusal, dialogs, isBusy } = useMove()
  const now = dealStages.indexOf(deal.stage)
  return (
    <div role="group" aria-label={t.move} className={styles.stages} aria-busy={isBusy}>
      {dealStages.map((stage, index) => {
        const isHere = stage === deal.stage
        const why = isHere ? null : refusal(deal, stage)
        return (
          <button
            key={stage}
            type="button"
            className={styles.stage}
            aria-current={isHere ? 'step' : undefined}
            aria-disabled={why ? true : undefined}
            title={why ?? undefined}
            data-passed={(isOpenStage(deal.stage) && index < now) || undefined}
            onClick={() => (isHere || isBusy ? undefined : why ? toast.failed(why) : fire(deal, stage))}
          >
            {t.stages[stage]}
          </button>
        )
      })}
      {dialogs}
    </div>
  )
}

function Known({ deal, isPeek }: { deal: Deal; isPeek: boolean }) {
  const [{ deals: t }, format, { why }, { employeeId }, nameOf] = [useWords(), useFormat(), useRights(), useSession(), useStaffNames()]
  const [isEditing, setEditing] = useState(false)
  const [isGiving, setGiving] = useState(false)
  const [isHanding, setHanding] = useState(false)
  const gone = deal.personId === null ? t.noPerson : null
  const client = deal.personId ? (
    <Link className={styles.link} to={paths.person} params={{ personId: deal.personId }}>
      {deal.masked?.name ?? t.hidden}
    </Link>
  ) : (
    t.noPerson
  )
  return (
    <Section
      title={t.number(deal.number)}
      actions={
        isPeek && (
          <Link className={styles.link} to={paths.deal} params={{ dealId: deal.id }}>
            {t.whole}
          </Link>
        )
      }
    >
      <div className={styles.facts}>
        <Facts
          facts={[
            [t.client, client],
            ...(deal.personId && deal.masked?.phone ? [[t.phone, <Phone key="phone" personId={deal.personId} masked={deal.masked.phone} />] as const] : []),
            [t.model, deal.model ?? t.noModel],
            [t.amount, deal.amountKopecks === null ? t.noAmount : format.money(deal.amountKopecks)],
            [t.responsible, deal.responsibleId === employeeId ? t.you : (nameOf(deal.responsibleId) ?? t.colleague)],
            ...(deal.specialistId ? [[t.specialist, deal.specialistId === employeeId ? t.you : (nameOf(deal.specialistId) ?? t.colleague)] as const] : []),
            [t.openedAt, format.dateTime(deal.openedAt)],
            [t.inStage, format.dateTime(deal.stageSince)],
            ...(deal.lostReason ? [[t.reason, t.reasons[deal.lostReason]] as const] : []),
          ]}
        />
        <div className={styles.buttons}>
          <Button size="xs" icon="edit" disabledReason={why(deals.edit) ?? gone ?? (isOpenStage(deal.stage) ? null : t.closed)} onClick={() => setEditing(true)}>
            {t.edit}
          </Button>
          <Button size="xs" icon="people" disabledReason={why(deals.assign) ?? gone} onClick={() => setGiving(true)}>
            {t.assign}
          </Button>
          <Button size="xs" icon="file" disabledReason={why(deals.specialist) ?? gone ?? (isOpenStage(deal.stage) ? null : t.closed)} onClick={() => setHanding(true)}>
            {t.toSpecialist}
          </Button>
        </div>
      </div>
      <EditDeal deal={deal} isOpen={isEditing} onClose={() => setEditing(false)} />
      <AssignDeal deal={deal} isOpen={isGiving} onClose={() => setGiving(false)} />
      {isHanding && <HandToSpecialist deal={deal} isOpen onClose={() => setHanding(false)} />}
    </Section>
  )
}

function Phone({ personId, masked }: { personId: string; masked: string }) {
  const [{ deals: t, people }, { why }] = [useWords(), useRights()]
  const reveal = async (purpose: 'sale' | 'request_handling'): Promise<string> => {
    try {
      const { contact } = await call(persons.reveal, { personId, purpose })
      return contact?.phones.map(({ e164 }) => formatPhone(e164)).join(', ') || people.empty
    } catch (error) {
      toast.failed(error instanceof Error ? error.message : String(error))
      return masked
    }
  }
  const reasons = (['sale', 'request_handling'] as const).map((code) => ({ code, label: people.purposes[code] }))
  return <MaskedValue label={t.phone} masked={masked} reasons={reasons} onReveal={reveal} disabledReason={why(persons.reveal)} />
}

function Drives({ deal }: { deal: Deal }) {
  const [{ deals: t, drives }, format, { why }] = [useWords(), useFormat(), useRights()]
  const [isBooking, setBooking] = useState(false)
  const cannot = why(testDrives.book) ?? (deal.personId === null ? t.noPerson : isOpenStage(deal.stage) ? null : t.closed)
  return (
    <Section
      title={t.drives}
      actions={
        <Button size="xs" icon="wheel" disabledReason={cannot} onClick={() => setBooking(true)}>
          {drives.book}
        </Button>
      }
    >
      {deal.testDrives.length === 0 && <p className={styles.dim}>{t.noDrives}</p>}
      <ul className={styles.list}>
        {deal.testDrives.map(({ id, startsAt, model, status }) => (
          <li key={id}>
            <span>
              {format.dateTime(startsAt)} · {model}
            </span>
            <Badge tone={status === 'done' ? 'good' : status === 'booked' ? 'info' : 'neutral'}>{drives.statuses[status]}</Badge>
          </li>
        ))}
      </ul>
      {isBooking && deal.personId && (
        <BookTestDrive isOpen person={{ id: deal.personId, name: deal.masked?.name ?? null }} dealId={deal.id} outletId={deal.outletId} onClose={() => setBooking(false)} />
      )}
    </Section>
  )
}

function Moves({ deal }: { deal: Deal }) {
  const [{ deals: t }, format, { employeeId }, nameOf] = [useWords(), useFormat(), useSession(), useStaffNames()]
  const undo = useUndoMove()
  const now = new Date(useNow())
  return (
    <Section
      title={t.history}
      actions={
        deal.undoUntil && (
          <Button size="xs" busy={undo.isBusy} onClick={() => undo.fire({ dealId: deal.id, version: deal.version })}>
            {t.undo}
          </Button>
        )
      }
    >
      {deal.moves.length === 0 && <p className={styles.dim}>{t.noHistory}</p>}
      <ol className={styles.list}>
        {deal.moves.map((move) => (
          <li key={move.id}>
            <span className={move.undoneAt ? styles.undone : undefined}>
              {t.from(t.stages[move.from], t.stages[move.to])}
              {move.to === 'lost' && move.lostReason && ` · ${t.reasons[move.lostReason]}`}
              {move.undoneAt && <span className="it-hidden"> {t.wasUndone}</span>}
            </span>
            <span className={styles.dim}>
              {move.byId === employeeId ? t.you : (nameOf(move.byId) ?? t.colleague)}, {format.moment(move.at, now)}
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
