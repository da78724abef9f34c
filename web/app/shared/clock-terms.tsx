import { type ComponentProps, useState } from 'react'
import type { z } from 'zod'
import type { Endpoint } from '../../../contract/endpoint.ts'
import type { AfterPolicy, Policy, PolicyChange, PolicyList } from '../../../contract/crm/routing.ts'
import type { LiveKind } from '../../../contract/live.ts'
import { Both, differing } from '../../ui/both.tsx'
import { Button } from '../../ui/button.tsx'
import { Overwritten } from '../../ui/draft.ts'
import { NumberField } from '../../ui/fields.tsx'
import { Group } from '../../ui/layout.ts'
import { Section } from '../../ui/page.tsx'
import { ErrorState, Skeletons } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useAct } from '../data/act.ts'
import { useAsk } from '../data/ask.ts'
import { useVersion } from '../data/use-version.ts'
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

type Terms = Pick<Policy, 'takeMinutes' | 'firstContactMinutes'>
type Typed = { [Name in keyof Terms]: number | null }

function Line({ policy, words: t, acts, changes, onSaved }: Required<Props> & { policy: Policy; onSaved: () => void }) {
  const [{ leads, ui }, { why }] = [useWords(), useRights()]
  const { takeMinutes, firstContactMinutes } = policy
  const [typed, setTyped] = useState<Typed>({ takeMinutes, firstContactMinutes })
  const [faster, setFaster] = useState<{ mine: Typed; now: Overwritten } | null>(null)
  const edit = useAct(acts.edit, { changes, isQuiet: true, done: () => (toast.done(t.saved), onSaved()) })
  const saving = useVersion(policy.version, { takeMinutes: t.takeMinutes, firstContactMinutes: t.contactMinutes })
  const isChanged = typed.takeMinutes !== takeMinutes || typed.firstContactMinutes !== firstContactMinutes
  const isWrong = typed.takeMinutes !== null && typed.firstContactMinutes !== null && typed.takeMinutes > typed.firstContactMinutes
  const [name, cannot] = [leads.interests[policy.interest], why(acts.edit)]
  const save = async (mine: Terms): Promise<void> => {
    try {
      await saving((version) => edit.run({ interest: policy.interest, version, ...mine }))
    } catch (error) {
      if (!(error instanceof Overwritten)) return toast.failed((error as Error).message)
      // They wrote the very same: there is nothing to ask.
      if (differing(mine, error, ui).length === 0) onSaved()
      else setFaster({ mine, now: error })
    }
  }
  const back = (): void => {
    setTyped({ takeMinutes, firstContactMinutes })
    setFaster(null)
    if (faster) onSaved()
  }
  const set = (change: Partial<Typed>): void => setTyped({ ...typed, ...change })
  return (
    <>
      <div className={styles.terms}>
        <span>
          {name} {policy.version === 0 && <span className={shapes.hint}>{t.byDefault}</span>}
        </span>
        <Minutes label={`${name}: ${t.takeMinutes}`} value={typed.takeMinutes} onChange={(minutes) => set({ takeMinutes: minutes })} readOnly={cannot !== null} />
        <Minutes
          label={`${name}: ${t.contactMinutes}`}
          value={typed.firstContactMinutes}
          onChange={(minutes) => set({ firstContactMinutes: minutes })}
          readOnly={cannot !== null}
          error={isWrong}
        />
      </div>
      {faster && (
        <div role="alert" className={shapes.warning}>
          {ui.overwritten}
          <Both {...faster} draft={typed} onChoose={set} />
        </div>
      )}
      {(isChanged || faster) && (
        <Acts
          disabledReason={cannot ?? (isWrong ? t.tooFast : isWhole(typed) ? null : ui.checkFields)}
          isBusy={edit.isBusy}
          onBack={back}
          onSave={() => isWhole(typed) && void save(typed)}
        />
      )}
    </>
  )
}

const Minutes = (props: Omit<ComponentProps<typeof NumberField>, 'min'>) => <NumberField min={1} {...props} />
const isWhole = (typed: Typed): typed is Terms => typed.takeMinutes !== null && typed.firstContactMinutes !== null

function Acts({ disabledReason, isBusy, onBack, onSave }: { disabledReason: string | null; isBusy: boolean; onBack: () => void; onSave: () => void }) {
  const { ui } = useWords()
  return (
    <Group justify="flex-end" gap="xs">
      <Button size="xs" kind="quiet" onClick={onBack}>
        {ui.cancel}
      </Button>
      <Button size="xs" kind="primary" busy={isBusy} disabledReason={disabledReason} onClick={onSave}>
        {ui.save}
      </Button>
    </Group>
  )
}
