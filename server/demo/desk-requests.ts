/** What people have asked the officer of a dealer: some answered in time, some due these days, one late (152-ФЗ art. 14, 20, 21). */
import type { RequestChannel, RequestKind } from '../../contract/privacy/request.ts'
import { addWorkingDays, UnknownCalendarYear } from '../platform/calendar/working-days.ts'
import { dueOf, termOf } from '../privacy/index.ts'
import type { SealItem } from '../vault/index.ts'
import type { Random } from './random.ts'

type State = 'new' | 'in_work' | 'answered' | 'refused' | 'executed'
type Sketch = {
  kind: RequestKind
  channel: RequestChannel
  state: State
  /** Working days from today to the day it is due; of what is closed: days since it came. */
  dueIn?: number
  cameDaysAgo?: number
  identity: 'unknown' | 'portal' | 'document' | 'office'
  words?: string
  refusal?: 'repeat' | 'no_automated'
}

const sketches: readonly Sketch[] = [
  {
    kind: 'stop',
    channel: 'paper',
    state: 'in_work',
    dueIn: -1,
    identity: 'document',
    words: 'Машину я продал, звонить мне больше незачем. Требую прекратить обработку моих персональных данных.',
  },
  {
    kind: 'access',
    channel: 'email',
    state: 'new',
    dueIn: 1,
    identity: 'unknown',
    words: 'Прошу сообщить, какие мои данные у вас есть, откуда вы их взяли и кому передавали. Договор 2024 года, автомобиль покупала у вас.',
  },
  { kind: 'access', channel: 'portal', state: 'in_work', dueIn: 3, identity: 'portal' },
  {
    kind: 'rectify',
    channel: 'phone',
    state: 'new',
    dueIn: 4,
    identity: 'unknown',
    words: 'После свадьбы сменила фамилию, в заказ-наряде осталась прежняя. Паспорт привезу показать.',
  },
  {
    kind: 'destroy',
    channel: 'portal',
    state: 'new',
    dueIn: 6,
    identity: 'portal',
    words: 'Ничего у вас не купил и не собираюсь. Уничтожьте, пожалуйста, всё, что обо мне записано.',
  },
  { kind: 'withdraw', channel: 'portal', state: 'new', dueIn: 18, identity: 'portal' },
  {
    kind: 'access',
    channel: 'paper',
    state: 'answered',
    cameDaysAgo: 26,
    identity: 'document',
    words: 'На основании статьи 14 закона 152-ФЗ прошу ответить письменно, обрабатываете ли вы мои данные и на каком основании.',
  },
  { kind: 'stop_marketing', channel: 'phone', state: 'executed', cameDaysAgo: 12, identity: 'office', words: 'Прошу не присылать рекламу ни на почту, ни сообщениями.' },
  {
    kind: 'auto_objection',
    channel: 'email',
    state: 'refused',
    cameDaysAgo: 40,
    identity: 'document',
    refusal: 'no_automated',
    words: 'Мне отказали в скидке: если решала программа, прошу пересмотреть человеком.',
  },
  { kind: 'rectify', channel: 'portal', state: 'executed', cameDaysAgo: 33, identity: 'portal', words: 'Сменился номер телефона.' },
]
const DAY_MS = 86_400_000
const TEN_O_CLOCK_MS = 10 * 3_600_000
const LONGEST_TERM_DAYS = 60

export type DeskRows = { requests: Record<string, unknown>[]; events: Record<string, unknown>[]; items: SealItem[] }
type Desk = { random: Random; tenantId: string; officerId: string; people: readonly string[]; offsetMinutes: number; now: Date }

/** Rows of `subject_requests` and `request_events`, and the words to seal. Nothing where the production calendar of these days is not known yet: no term is guessed. */
export function deskRequests(desk: Desk): DeskRows {
  try {
    return tell(desk)
  } catch (error) {
    if (error instanceof UnknownCalendarYear) return { requests: [], events: [], items: [] }
    throw error
  }
}

function tell({ random, tenantId, officerId, people, offsetMinutes, now }: Desk): DeskRows {
  const today = new Date(now.getTime() + offsetMinutes * 60_000).toISOString().slice(0, 10)
  const told: DeskRows = { requests: [], events: [], items: [] }
  const dated = sketches.map((sketch, i) => ({ sketch, on: cameOn(sketch, today), personId: people[i % people.length] ?? '' })).toSorted((a, b) => a.on.localeCompare(b.on))
  for (const [place, { sketch, on, personId }] of dated.entries()) {
    const at = new Date(Math.min(now.getTime(), Date.parse(on) + TEN_O_CLOCK_MS - offsetMinutes * 60_000 + random.int(0, 6 * 60) * 60_000))
    const id = random.uuid(at)
    const closedAt = isOpen(sketch) ? null : new Date(Math.min(now.getTime(), at.getTime() + random.int(1, 4) * DAY_MS))
    told.requests.push(requestOf(sketch, { tenantId, id, number: place + 1, personId, on, at, closedAt, officerId }))
    if (sketch.words) told.items.push({ personId, class: 'communication', recordId: id, version: 1, facts: { text: sketch.words } })
    for (const [kind, when, details] of storyOf(sketch, on, at, closedAt)) {
      const by = kind === 'received' && sketch.channel === 'portal' ? null : officerId
      told.events.push({ tenant_id: tenantId, id: random.uuid(when), request_id: id, kind, at: when, by_id: by, details, has_text: false })
    }
  }
  return told
}

const isOpen = ({ state }: Sketch): boolean => state === 'new' || state === 'in_work'

type Place = { tenantId: string; id: string; number: number; personId: string; on: string; at: Date; closedAt: Date | null; officerId: string }
function requestOf({ kind, channel, state, identity, words, refusal }: Sketch, { tenantId, id, number, personId, on, at, closedAt, officerId }: Place): Record<string, unknown> {
  const { dueOn, endsOn } = dueOf(termOf(kind), on)
  return {
    tenant_id: tenantId,
    id,
    number,
    kind,
    channel,
    person_id: personId,
    received_on: on,
    received_at: at,
    started_on: on,
    term: termOf(kind),
    due_on: dueOn,
    ends_on: endsOn,
    identity,
    state,
    has_words: words !== undefined,
    refusal_reason: refusal ?? null,
    answered_at: closedAt,
    responsible_id: state === 'new' ? null : officerId,
    updated_at: closedAt ?? at,
  }
}

function storyOf({ kind, channel, state, refusal }: Sketch, on: string, at: Date, closedAt: Date | null): [kind: string, at: Date, details: object][] {
  return [
    ['received', at, { channel, receivedOn: on, dueOn: dueOf(termOf(kind), on).dueOn }],
    ...(state === 'new' ? [] : [['taken', new Date(at.getTime() + 3_600_000), {}] as [string, Date, object]]),
    ...(closedAt ? [[state, closedAt, refusal ? { reason: refusal } : {}] as [string, Date, object]] : []),
  ]
}

const daysBefore = (date: string, days: number): string => new Date(Date.parse(`${date}T00:00:00Z`) - days * DAY_MS).toISOString().slice(0, 10)

/** The day on which what is due on a certain day must have come; of what is closed, so many days ago. */
function cameOn({ kind, dueIn, cameDaysAgo }: Sketch, today: string): string {
  if (dueIn === undefined) return daysBefore(today, cameDaysAgo ?? 0)
  const target = dueIn >= 0 ? addWorkingDays(today, dueIn) : daysBefore(today, -dueIn)
  const dueAfter = (start: string): string => dueOf(termOf(kind), start).dueOn
  for (let back = 0; back < LONGEST_TERM_DAYS; back++) {
    const start = daysBefore(target, back)
    // The last day from which the term still ends in time.
    if (start <= today && dueAfter(start) <= target) return start
  }
  throw new RangeError(`no day is found from which ${kind} is due on ${target}`)
}
