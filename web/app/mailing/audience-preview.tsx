import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { call } from '../../../contract/call.ts'
import type { VerdictReason } from '../../../contract/consent/consent.ts'
import { audience, type MailingPerson } from '../../../contract/mailing/mailing.ts'
import type { MessageChannel } from '../../../contract/mailing/template.ts'
import { Drawer } from '../../ui/dialog.tsx'
import { Section } from '../../ui/page.tsx'
import { useFormat } from '../../ui/provider.tsx'
import { ErrorState, Skeletons } from '../../ui/state.tsx'
import { keyOf, usePages } from '../data/ask.ts'
import { useTrouble } from '../data/trouble.ts'
import { useWords } from '../language.tsx'
import { useReason } from './mailing-words.tsx'
import { PeopleRows } from './people-rows.tsx'
import styles from './mailing.module.css'

export type Filter = { channel: MessageChannel; outletId: string | null; modelId: string | null; activityId: string | null }
type Person = z.output<typeof MailingPerson>
type Count = { because: VerdictReason; may: boolean; people: number }
export type Tally = { counts: readonly Count[]; people: number; isWhole: boolean }

/** As a query has it: what is not chosen is not there. */
const askedOf = ({ channel, ...chosen }: Filter) => ({ channel, ...Object.fromEntries(Object.entries(chosen).filter(([, id]) => id !== null)) })

/** Counts an audience part by part; the numbers grow on the screen until everyone was asked about. */
export function useTally(filter: Filter, isOn: boolean): { tally: Tally | undefined; trouble: ReturnType<ReturnType<typeof useTrouble>> | null } {
  const [part, setPart] = useState<{ key: string; tally: Tally } | null>(null)
  const troubleOf = useTrouble()
  const key = JSON.stringify(filter)
  const query = useQuery({
    queryKey: keyOf(audience.count, filter),
    enabled: isOn,
    queryFn: async ({ signal }) => {
      let tally: Tally = { counts: [], people: 0, isWhole: false }
      for (let cursor: string | null = null; ;) {
        const next: z.output<typeof audience.count.output> = await call(audience.count, { ...askedOf(filter), ...(cursor ? { cursor } : {}) }, { signal })
        tally = added(tally, next.counts as Count[], next.people, next.nextCursor === null)
        setPart({ key, tally })
        if (next.nextCursor === null) return tally
        cursor = next.nextCursor
      }
    },
  })
  const tally = query.data ?? (part?.key === key ? part.tally : undefined)
  return { tally, trouble: query.error ? troubleOf(query.error, () => void query.refetch()) : null }
}

function added(tally: Tally, counts: readonly Count[], people: number, isWhole: boolean): Tally {
  const byReason = new Map(tally.counts.map((count) => [count.because, count]))
  for (const count of counts) byReason.set(count.because, { ...count, people: count.people + (byReason.get(count.because)?.people ?? 0) })
  const sorted = [...byReason.values()].sort((a, b) => Number(b.may) - Number(a.may) || b.people - a.people)
  return { counts: sorted, people: tally.people + people, isWhole }
}

/** How many of the chosen may be written to, and why the others may not; each number opens its people. */
export function AudiencePreview({ filter }: { filter: Filter }) {
  const [{ mailing: t }, format, say] = [useWords(), useFormat(), useReason()]
  const { tally, trouble } = useTally(filter, true)
  const [open, setOpen] = useState<VerdictReason | null>(null)
  if (trouble) return <ErrorState {...trouble} />
  const able = tally?.counts.filter(({ may }) => may).reduce((sum, { people }) => sum + people, 0) ?? 0
  return (
    <Section title={t.audience}>
      {!tally && <Skeletons lines={4} />}
      {tally && (
        <div role="status">
          <p className={styles.dim}>{tally.isWhole ? (able > 0 ? `${t.mayWrite(able)}. ${t.mayNot(tally.people - able)}` : t.nobody) : t.counting(tally.people)}</p>
        </div>
      )}
      <ul className={styles.counts}>
        {(tally?.counts ?? []).map(({ because, may, people }) => (
          <li key={because}>
            <button type="button" className={styles.count} data-may={may} aria-label={t.openRows(say(because), format.number(people))} onClick={() => setOpen(because)}>
              <strong>{format.number(people)}</strong>
              <span>{say(because)}</span>
            </button>
          </li>
        ))}
      </ul>
      <Drawer isOpen={open !== null} onClose={() => setOpen(null)} title={open ? say(open) : t.rows}>
        {open && <Chosen filter={filter} because={open} />}
      </Drawer>
    </Section>
  )
}

function Chosen({ filter, because }: { filter: Filter; because: VerdictReason }) {
  const data = usePages<Person, typeof audience.people.input, typeof audience.people.output>(audience.people, { ...askedOf(filter), because })
  return <PeopleRows data={data} keyOf={({ personId }) => personId ?? ''} />
}
