import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { persons } from '../../../../contract/people/person.ts'
import { type Purpose, purposeCodes } from '../../../../contract/purposes.ts'
import { Button } from '../../../ui/button.tsx'
import { formatPhone } from '../../../ui/format.ts'
import { Anchor } from '../../../ui/layout.ts'
import { Facts, Section } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { useShortcut } from '../../../ui/use-shortcut.ts'
import { useWords } from '../../language.tsx'
import { useRights, useSession } from '../../session/session.tsx'
import styles from '../people.module.css'
import { EditPerson } from '../persons/edit-person.tsx'
import type { Card } from './card-page.tsx'
import type { Opened, useOpened } from './opened.ts'

type CardFactsProps = { card: Card; reveal: ReturnType<typeof useOpened> }

/** What a client is known by: masked, until a purpose is named with one key. */
export function CardFacts({ card, reveal }: CardFactsProps) {
  const [{ people: t }, { why }] = [useWords(), useRights()]
  const { opened, isBusy, open, close } = reveal
  const [isAsking, setAsking] = useState(false)
  const [isEditing, setEditing] = useState(false)
  const isForRights = usePurposes(card).includes('rights')
  const cannot = why(persons.reveal) ?? (card.state === 'open' || isForRights ? null : t[card.state === 'restricted' ? 'restricted' : 'noGround'])
  const press = (): void => (opened ? close() : setAsking(!isAsking))
  useShortcut('KeyR', cannot ? null : { label: opened ? t.hide : t.reveal, run: press })
  return (
    <>
      <Section
        title={t.facts}
        actions={
          <Button size="xs" icon={opened ? 'eyeOff' : 'eye'} keycap="R" busy={isBusy} disabledReason={cannot} onClick={press}>
            {opened ? t.hide : t.reveal}
          </Button>
        }
      >
        {isAsking && !opened && <Purposes card={card} onPick={(purpose) => (setAsking(false), void open(purpose))} onClose={() => setAsking(false)} />}
        <Known card={card} opened={opened} />
        <div className={styles.after}>
          <Button size="xs" kind="quiet" icon="edit" disabledReason={why(persons.edit) ?? (opened?.facts.contact ? null : t.editFirst)} onClick={() => setEditing(true)}>
            {t.edit}
          </Button>
        </div>
      </Section>
      <Section title={t.cars}>
        <Cars card={card} opened={opened} />
      </Section>
      {opened?.facts.contact && <EditPerson personId={card.id} facts={opened.facts} purpose={opened.purpose} isOpen={isEditing} onClose={() => (setEditing(false), close())} />}
    </>
  )
}

const isLive = ({ endedAt, until }: Card['grounds'][number]): boolean => !endedAt && (!until || Date.parse(until) > Date.now())

/** For what the person's live grounds allow a look; the privacy officer also for the rights of the person. */
export function usePurposes(card: Card): Purpose[] {
  const { role } = useSession()
  const named = new Set(card.grounds.filter(isLive).flatMap(({ purposes }) => purposes))
  named.delete('employment')
  if (role === 'privacy_officer') named.add('rights')
  else named.delete('rights')
  return purposeCodes.filter((purpose) => named.has(purpose))
}

function Purposes({ card, onPick, onClose }: { card: Card; onPick: (purpose: Purpose) => void; onClose: () => void }) {
  const { people: t } = useWords()
  const purposes = usePurposes(card)
  const ref = useRef<HTMLDivElement>(null)
  useEffect(() => ref.current?.focus(), [])
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.code === 'Escape') return onClose()
    const purpose = purposes[Number(/^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1] ?? 0) - 1]
    if (!purpose) return
    event.preventDefault()
    onPick(purpose)
  }
  return (
    <div role="presentation" onKeyDown={onKeyDown}>
      <div ref={ref} role="group" aria-label={t.revealWhy} tabIndex={-1} className={styles.purposes}>
        <p className={styles.dim}>{t.revealWhy}</p>
        {purposes.map((purpose, index) => (
          <Button key={purpose} size="xs" keycap={String(index + 1)} onClick={() => onPick(purpose)}>
            {t.purposes[purpose]}
          </Button>
        ))}
      </div>
    </div>
  )
}

const HIDDEN = '···'

function Known({ card, opened }: { card: Card; opened: Opened | null }) {
  const [{ people: t }, format] = [useWords(), useFormat()]
  const contact = opened?.facts.contact
  // Of somebody hidden it is not known here whether there is one.
  const none = card.state === 'open' ? t.empty : HIDDEN
  if (!contact)
    return (
      <Facts
        facts={[
          [t.name, card.masked.name || t.empty],
          [t.phone, card.masked.phone ?? none],
          [t.email, card.masked.email ?? none],
        ]}
      />
    )
  const phones = contact.phones.map(({ e164 }) => (
    <div key={e164}>
      <Anchor href={`tel:${e164}`}>{formatPhone(e164)}</Anchor>
    </div>
  ))
  const emails = contact.emails.map(({ address }) => (
    <div key={address}>
      <Anchor href={`mailto:${address}`}>{address}</Anchor>
    </div>
  ))
  return (
    <Facts
      facts={[
        [t.surname, contact.surname ?? t.empty],
        [t.given, contact.given ?? t.empty],
        [t.patronymic, contact.patronymic ?? t.empty],
        ...(contact.typedName ? [[t.typedName, contact.typedName] as const] : []),
        [t.phone, phones.length > 0 ? phones : t.empty],
        [t.email, emails.length > 0 ? emails : t.empty],
        ...(contact.birthDate ? [[t.birthDate, format.calendarDate(contact.birthDate)] as const] : []),
        ...(contact.address ? [[t.address, contact.address] as const] : []),
      ]}
    />
  )
}

function Cars({ card, opened }: { card: Card; opened: Opened | null }) {
  const { people: t } = useWords()
  if (card.vehicles.length === 0) return <p className={styles.dim}>{t.noCars}</p>
  return card.vehicles.map((car) => {
    const whole = opened?.facts.vehicles.find(({ id }) => id === car.id)
    const vin = whole?.vin ?? (car.vinTail && `··· ${car.vinTail}`)
    const plate = whole?.plate ?? car.plateMasked
    return (
      <div key={car.id} className={styles.ground}>
        <strong>{[car.model ?? t.car, car.year].filter(Boolean).join(', ')}</strong> <span className={styles.dim}>{t.relations[car.relation]}</span>
        {vin && (
          <div className={styles.pair}>
            <span className={styles.dim}>{t.vin}</span> {vin} {whole?.typedVin && <span className={styles.dim}>{t.typed(whole.typedVin)}</span>}
          </div>
        )}
        {plate && (
          <div className={styles.pair}>
            <span className={styles.dim}>{t.plate}</span> {plate} {whole?.typedPlate && <span className={styles.dim}>{t.typed(whole.typedPlate)}</span>}
          </div>
        )}
      </div>
    )
  })
}
