import { useState } from 'react'
import { interests, type LeadRow } from '../../../contract/crm/lead.ts'
import { type NetworkPreview, networkRules } from '../../../contract/dnm/rule.ts'
import { useNow } from '../../ui/clock.tsx'
import { SelectField } from '../../ui/fields.tsx'
import { Stack } from '../../ui/layout.ts'
import { Facts, Section } from '../../ui/page.tsx'
import { useFormat } from '../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../ui/state.tsx'
import { useAsk } from '../data/ask.ts'
import { useWords } from '../language.tsx'
import shapes from '../shared.module.css'
import { useNetworkWords } from './network-words.ts'
import { useNetworkNames } from './network-names.ts'

/** Which dealer would get such a request now, and why: asked of the function that routes. */
export function NetworkTrial() {
  const [{ dnm: t, leads }, { outlets, models }] = [useWords(), useNetworkNames()]
  const [interest, setInterest] = useState<LeadRow['interest']>('new_car')
  const [modelId, setModel] = useState<string | null>(null)
  const [city, setCity] = useState<string | null>(null)
  const [wished, setWished] = useState<string | null>(null)
  const cities = [...new Set(outlets.map((outlet) => outlet.city))].filter((name) => name !== '').sort()
  return (
    <Section title={t.tryIt}>
      <Stack gap="xs">
        <p className={shapes.hint}>{t.tryHint}</p>
        <SelectField
          label={t.interest}
          choices={interests.map((value) => ({ value, label: leads.interests[value] }))}
          value={interest}
          onChange={(value) => value && setInterest(value)}
        />
        <SelectField label={t.model} clearable placeholder={t.anyModel} choices={models.map(({ id, name }) => ({ value: id, label: name }))} value={modelId} onChange={setModel} />
        <SelectField label={t.city} clearable placeholder={t.anyCity} choices={cities.map((name) => ({ value: name, label: name }))} value={city} onChange={setCity} />
        <SelectField
          label={t.wishes}
          clearable
          placeholder={t.anyWish}
          choices={outlets.filter(({ isActive }) => isActive).map(({ id, name, dealer }) => ({ value: id, label: `${dealer}, ${name}` }))}
          value={wished}
          onChange={setWished}
        />
        <Answer asked={{ interest, ...(modelId ? { modelId } : {}), ...(city ? { city } : {}), ...(wished ? { networkOutletId: wished } : {}) }} />
      </Stack>
    </Section>
  )
}

type Asked = { interest: LeadRow['interest']; modelId?: string; city?: string; networkOutletId?: string }
function Answer({ asked }: { asked: Asked }) {
  const { data, trouble } = useAsk(networkRules.preview, asked, { live: ['network_lead'] })
  if (trouble) return <ErrorState {...trouble} />
  return data ? <Told answer={data} /> : <Skeletons lines={4} />
}

function Told({ answer }: { answer: NetworkPreview }) {
  const [{ dnm: t }, say, format, now] = [useWords(), useNetworkWords(), useFormat(), new Date(useNow())]
  const others = answer.candidates.filter(({ networkOutletId }) => networkOutletId !== answer.networkOutletId)
  return (
    <Facts
      facts={[
        [t.gets, <strong key="who">{answer.dealer ? [answer.dealer, answer.outlet].filter(Boolean).join(', ') : t.nobodyGets}</strong>],
        [t.whyHere, say.because(answer.because)],
        ...(answer.takeDueAt ? [[t.takeBy, format.moment(answer.takeDueAt, now)] as const] : []),
        ...(answer.firstContactDueAt ? [[t.answerBy, format.moment(answer.firstContactDueAt, now)] as const] : []),
        ...(others.length > 0 ? [[t.candidates, others.map(({ dealer, outlet, openLeads }) => `${dealer}, ${outlet} (${openLeads})`).join('; ')] as const] : []),
        ...(answer.passedOver.length > 0
          ? [[t.passedOver, answer.passedOver.map(({ dealer, outlet, why }) => `${dealer}, ${outlet}: ${t.misfits[why]}`).join('; ')] as const]
          : []),
      ]}
    />
  )
}
