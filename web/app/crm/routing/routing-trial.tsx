import { useState } from 'react'
import { type LeadRow, interests } from '../../../../contract/crm/lead.ts'
import { type RoutingPreview, routing, sources } from '../../../../contract/crm/routing.ts'
import { useNow } from '../../../ui/clock.tsx'
import { SelectField } from '../../../ui/fields.tsx'
import { Stack } from '../../../ui/layout.ts'
import { Facts, Section } from '../../../ui/page.tsx'
import { useFormat } from '../../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../../ui/state.tsx'
import { useAsk } from '../../data/ask.ts'
import { useWords } from '../../language.tsx'
import { useSession } from '../../session/session.tsx'
import { useLeadWords } from '../leads/lead-words.ts'
import shapes from '../../shared.module.css'
import styles from './routing.module.css'

/** Who would get such a lead now, and why: asked of the function that assigns. */
export function RoutingTrial() {
  const [{ leads: t }, { outlets }] = [useWords(), useSession()]
  const { data } = useAsk(sources.list, {}, { staleMs: 300_000 })
  const open = (data?.sources ?? []).filter(({ isActive }) => isActive)
  const [chosen, setSource] = useState<string | null>(null)
  const [interest, setInterest] = useState<LeadRow['interest']>('new_car')
  const [outletId, setOutlet] = useState<string | null>(null)
  const sourceId = chosen ?? open[0]?.id ?? null
  return (
    <Section title={t.tryIt}>
      <Stack gap="xs">
        <p className={shapes.hint}>{t.tryHint}</p>
        <SelectField label={t.source} choices={open.map(({ id, name }) => ({ value: id, label: name }))} value={sourceId} onChange={setSource} />
        <SelectField
          label={t.interest}
          choices={interests.map((value) => ({ value, label: t.interests[value] }))}
          value={interest}
          onChange={(value) => value && setInterest(value)}
        />
        {outlets.length > 1 && (
          <SelectField
            label={t.outlet}
            clearable
            placeholder={t.anyOutlet}
            choices={outlets.map(({ id, name }) => ({ value: id, label: name }))}
            value={outletId}
            onChange={setOutlet}
          />
        )}
        {sourceId && <Answer asked={{ sourceId, interest, ...(outletId ? { outletId } : {}) }} />}
      </Stack>
    </Section>
  )
}

function Answer({ asked }: { asked: { sourceId: string; interest: LeadRow['interest']; outletId?: string } }) {
  const { data, trouble } = useAsk(routing.preview, asked, { live: ['lead'] })
  if (trouble) return <ErrorState {...trouble} />
  return <div className={styles.answer}>{data ? <Told answer={data} /> : <Skeletons lines={4} />}</div>
}

function Told({ answer }: { answer: RoutingPreview }) {
  const [{ leads: t }, say, format, now] = [useWords(), useLeadWords(), useFormat(), new Date(useNow())]
  const others = answer.candidates.filter(({ employeeId }) => employeeId !== answer.responsibleId)
  return (
    <Facts
      facts={[
        [t.gets, <strong key="who">{answer.responsibleId ? say.staff(answer.responsibleId) : t.everyone}</strong>],
        [t.whyHere, say.because(answer.because)],
        [t.outlet, `${say.outlet(answer.outletId)}, ${t.departments[answer.departmentKind]}`],
        [t.takeBy, format.moment(answer.takeDueAt, now)],
        [t.answerBy, format.moment(answer.firstContactDueAt, now)],
        ...(others.length > 0 ? [[t.candidates, others.map(({ employeeId, openLeads }) => `${say.staff(employeeId)} (${openLeads})`).join(', ')] as const] : []),
        ...(answer.passedOver.length > 0 ? [[t.passedOver, <PassedOver key="passed" answer={answer} />] as const] : []),
      ]}
    />
  )
}

function PassedOver({ answer }: { answer: RoutingPreview }) {
  const { leads: t } = useWords()
  return (
    <ul className={styles.passed}>
      {answer.passedOver.map(({ ruleId, name, why }) => (
        <li key={ruleId}>
          {name}: <span className={shapes.hint}>{t.misfits[why]}</span>
        </li>
      ))}
    </ul>
  )
}
