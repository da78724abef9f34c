import { useState } from 'react'
import type { z } from 'zod'
import type { Endpoint } from '../../../contract/endpoint.ts'
import type { AfterPolicy, Policy, PolicyChange, PolicyList } from '../../../contract/crm/routing.ts'
import type { LiveKind } from '../../../contract/live.ts'
import { Button } from '../../ui/button.tsx'
import { NumberField } from '../../ui/fields.tsx'
import { Group } from '../../ui/layout.ts'
import { Section } from '../../ui/page.tsx'
import { ErrorState, Skeletons } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useAct } from '../data/act.ts'
import { useAsk } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import { useRights } from '../session/session.tsx'
import shapes from '../shared.module.css'
import styles from './lines.module.css'

type Words = Record<'policies' | 'policiesHint' | 'interest' | 'takeMinutes' | 'contactMinutes' | 'byDefault' | 'saved' | 'tooFast', string>
type Acts = { list: Endpoint<z.ZodObject, typeof PolicyList>; edit: Endpoint<typeof PolicyChange, typeof AfterPolicy> }
type Props = { words: Words; acts: Acts; changes?: readonly LiveKind[] }

/** How fast requests must be taken and answered, by interest, in working minutes. */
export function ClockTerms({ words: t, acts, changes = [] }: Props) {
  const { data, trouble, refetch } = useAsk(acts.list, {})
  return (
    <Section title={t.policies}>
      <p className={shapes.hint}>{t.policiesHint}</p>
      <div className={`${styles.terms} ${shapes.hint}`}>
        <span>{t.interest}</span>
        <span>{t.takeMinutes}</span>
        <span>{t.contactMinutes}</span>
      </div>
      {trouble ? (
        <ErrorState {...trouble} />
      ) : !data ? (
        <Skeletons />
      ) : (
        data.policies.map((policy) => <Line key={`${policy.interest}${policy.version}`} policy={policy} words={t} acts={acts} changes={changes} onSaved={() => void refetch()} />)
      )}
    </Section>
  )
}

function Line({ policy, words: t, acts, changes, onSaved }: Required<Props> & { policy: Policy; onSaved: () => void }) {
  const [{ leads, ui }, { why }] = [useWords(), useRights()]
  const [take, setTake] = useState<number | null>(policy.takeMinutes)
  const [contact, setContact] = useState<number | null>(policy.firstContactMinutes)
  const save = useAct(acts.edit, { changes, done: () => (toast.done(t.saved), onSaved()) })
  const isChanged = take !== policy.takeMinutes || contact !== policy.firstContactMinutes
  const isWrong = take !== null && contact !== null && take > contact
  const [name, cannot] = [leads.interests[policy.interest], why(acts.edit)]
  const back = (): void => {
    setTake(policy.takeMinutes)
    setContact(policy.firstContactMinutes)
  }
  return (
    <>
      <div className={styles.terms}>
        <span>
          {name} {policy.version === 0 && <span className={shapes.hint}>{t.byDefault}</span>}
        </span>
        <NumberField label={`${name}: ${t.takeMinutes}`} min={1} value={take} onChange={setTake} readOnly={cannot !== null} />
        <NumberField label={`${name}: ${t.contactMinutes}`} min={1} value={contact} onChange={setContact} readOnly={cannot !== null} error={isWrong} />
      </div>
      {isChanged && (
        <Group justify="flex-end" gap="xs">
          <Button size="xs" kind="quiet" onClick={back}>
            {ui.cancel}
          </Button>
          <Button
            size="xs"
            kind="primary"
            busy={save.isBusy}
            disabledReason={cannot ?? (isWrong ? t.tooFast : take === null || contact === null ? ui.checkFields : null)}
            onClick={() => take !== null && contact !== null && save.fire({ interest: policy.interest, version: policy.version, takeMinutes: take, firstContactMinutes: contact })}
          >
            {ui.save}
          </Button>
        </Group>
      )}
    </>
  )
}
