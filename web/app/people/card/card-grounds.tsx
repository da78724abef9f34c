import { useState } from 'react'
import { endReasons, type EndReason, persons } from '../../../../contract/people/person.ts'
import { Badge } from '../../../ui/badge.tsx'
import { Button } from '../../../ui/button.tsx'
import { Dialog, DialogActs } from '../../../ui/dialog.tsx'
import { SelectField } from '../../../ui/fields.tsx'
import { Stack } from '../../../ui/layout.ts'
import { useFormat } from '../../../ui/provider.tsx'
import { toast } from '../../../ui/toast.tsx'
import { useAct } from '../../data/act.ts'
import { useWords } from '../../language.tsx'
import { useRights } from '../../session/session.tsx'
import shapes from '../../shared.module.css'
import styles from '../people.module.css'
import type { Card } from './card-page.tsx'

type Ground = Card['grounds'][number]
const isPast = (instant: string): boolean => Date.parse(instant) <= Date.now()

/** When this person is destroyed and why, in one sentence (152-ФЗ art. 5 ч.7, art. 21). */
export function Destruction({ card }: { card: Pick<Card, 'destroyAfter' | 'grounds' | 'state'> }) {
  const [{ people: t }, format] = [useWords(), useFormat()]
  if (card.state === 'restricted')
    return (
      <p className={styles.note} data-tone="warn">
        {t.restricted}
      </p>
    )
  if (!card.destroyAfter) return <p className={styles.note}>{t.destructionNone}</p>
  if (isPast(card.destroyAfter))
    return (
      <p className={styles.note} data-tone="bad">
        {t.destructionDue}
      </p>
    )
  const last = card.grounds.find(({ until, endedAt }) => !endedAt && until === card.destroyAfter)
  const ended = lastEnded(card.grounds)
  const because = last
    ? `${t.because.term} «${last.activityName}»`
    : t.because.ended(ended?.endedAt ? format.date(ended.endedAt) : '', t.endedBecause[ended?.endedReason ?? ''] ?? '')
  return (
    <p className={styles.note} data-tone={card.state === 'no_ground' ? 'bad' : 'warn'}>
      {t.destruction(format.date(card.destroyAfter))} ({because})
    </p>
  )
}

/** Of grounds that were ended before their term the last one decides. */
function lastEnded(grounds: readonly Ground[]): Ground | undefined {
  return grounds.filter(({ endedAt }) => endedAt).sort((a, b) => (b.endedAt ?? '').localeCompare(a.endedAt ?? ''))[0]
}

/** Why the person is held: each ground with its term; the privacy officer may end one. */
export function CardGrounds({ card }: { card: Card }) {
  const [ending, setEnding] = useState<Ground | null>(null)
  return (
    <>
      <Destruction card={card} />
      {card.grounds.map((ground) => (
        <GroundLine key={ground.id} ground={ground} onEnd={() => setEnding(ground)} />
      ))}
      <EndGround personId={card.id} ground={ending} onClose={() => setEnding(null)} />
    </>
  )
}

function GroundLine({ ground, onEnd }: { ground: Ground; onEnd: () => void }) {
  const [{ people: t }, format, { why }, proofOf] = [useWords(), useFormat(), useRights(), useProof()]
  const end = ground.endedAt ? t.ended(format.date(ground.endedAt), t.endedBecause[ground.endedReason ?? ''] ?? '') : ground.until ? t.until(format.date(ground.until)) : t.noEnd
  const proof = proofOf(ground)
  return (
    <div className={styles.ground} title={ground.legalRef}>
      <div className={shapes.line}>
        <strong>{ground.activityName}</strong>
        <Badge tone={ground.endedAt ? 'neutral' : 'good'}>{t.bases[ground.basis as keyof typeof t.bases] ?? ground.basis}</Badge>
      </div>
      <div className={shapes.line}>
        <span className={styles.dim}>
          {t.since(format.date(ground.since))}, {end}
          {proof && `; ${proof}`}
        </span>
        {!ground.endedAt && (
          <Button size="xs" kind="quiet" disabledReason={why(persons.endGround)} onClick={onEnd}>
            {t.endGround}
          </Button>
        )}
      </div>
    </div>
  )
}

/** What shows that the ground is there, in words. */
function useProof(): (ground: Ground) => string | null {
  const [{ people: t }, format] = [useWords(), useFormat()]
  return ({ evidence }) => {
    if (!evidence) return null
    const { kind, number, at } = evidence
    switch (kind) {
      case 'deal':
      case 'lead':
      case 'request':
        return number === null ? null : t.evidence[kind](String(number))
      case 'consent':
      case 'file':
      case 'test_drive':
        return at && t.evidence[kind](format.date(at))
      case 'transfer':
      case 'staff':
        return t.evidence[kind]
    }
  }
}

function EndGround({ personId, ground, onClose }: { personId: string; ground: Ground | null; onClose: () => void }) {
  const { people: t } = useWords()
  const [reason, setReason] = useState<EndReason | null>(null)
  const end = useAct(persons.endGround, { changes: ['person'], done: () => (onClose(), toast.done(t.groundEnded)) })
  return (
    <Dialog isOpen={ground !== null} onClose={onClose} title={t.endGroundTitle} size="sm">
      <Stack gap="md">
        <p>
          <strong>{ground?.activityName}.</strong> {t.endGroundText}
        </p>
        <SelectField label={t.endReason} required value={reason} onChange={setReason} choices={endReasons.map((value) => ({ value, label: t.endReasons[value] }))} />
        <DialogActs
          label={t.endGround}
          isDangerous
          isBusy={end.isBusy}
          disabledReason={reason ? null : t.endReason}
          onRun={() => ground && reason && end.fire({ personId, groundId: ground.id, reason })}
          onCancel={onClose}
        />
      </Stack>
    </Dialog>
  )
}
