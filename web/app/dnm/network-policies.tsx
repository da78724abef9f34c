import { useState } from 'react'
import { type NetworkPolicy, networkPolicies } from '../../../contract/dnm/rule.ts'
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
import styles from './dnm.module.css'

/** How fast dealers must take and answer, by interest, in their working minutes. */
export function NetworkPolicies() {
  const { dnm: t } = useWords()
  const { data, trouble, refetch } = useAsk(networkPolicies.list, {})
  return (
    <Section title={t.policies}>
      <p className={styles.dim}>{t.policiesHint}</p>
      <div className={`${styles.policy} ${styles.dim}`}>
        <span>{t.interest}</span>
        <span>{t.takeMinutes}</span>
        <span>{t.contactMinutes}</span>
      </div>
      {trouble ? (
        <ErrorState {...trouble} />
      ) : !data ? (
        <Skeletons />
      ) : (
        data.policies.map((policy) => <Line key={`${policy.interest}${policy.version}`} policy={policy} onSaved={() => void refetch()} />)
      )}
    </Section>
  )
}

function Line({ policy, onSaved }: { policy: NetworkPolicy; onSaved: () => void }) {
  const [{ dnm: t, leads, ui }, { why }] = [useWords(), useRights()]
  const [take, setTake] = useState<number | null>(policy.takeMinutes)
  const [contact, setContact] = useState<number | null>(policy.firstContactMinutes)
  const save = useAct(networkPolicies.edit, { done: () => (toast.done(t.saved), onSaved()) })
  const isChanged = take !== policy.takeMinutes || contact !== policy.firstContactMinutes
  const isWrong = take !== null && contact !== null && take > contact
  const [name, cannot] = [leads.interests[policy.interest], why(networkPolicies.edit)]
  const back = (): void => {
    setTake(policy.takeMinutes)
    setContact(policy.firstContactMinutes)
  }
  return (
    <>
      <div className={styles.policy}>
        <span>
          {name} {policy.version === 0 && <span className={styles.dim}>{t.byDefault}</span>}
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
