import assert from 'node:assert/strict'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Stage } from '../../../test/stage.ts'

export type Lead = {
  id: string
  number: number
  personId: string
  version: number
  status: string
  result: string | null
  outletId: string
  responsibleId: string | null
  assignedBecause: string
  takenAt: string | null
  escalatedAt: string | null
  requestedAt: string | null
  notices: string[]
  masked: { name: string; phone: string } | null
  clocks: { take: Clock; firstContact: Clock }
  canUndo: { act: string } | null
  hasComment: boolean
  explanation: { code: string }[]
}
type Clock = { state: string; dueAt: string; spentMinutes: number; leftMinutes: number }
export type Tray = { rows: Lead[]; nextCursor: string | null }

const ends = openEnds()

/** One stage for all tests of a file, on a working Wednesday at noon. */
export async function openLeadsStage(): Promise<Stage> {
  const at = await stage(ends)
  at.clock.now = new Date('2027-03-17T12:00:00+03:00')
  return at
}

export async function closeLeadsStage(): Promise<void> {
  await ends.close()
}

let phones = 0
export const newPhone = (): string => `+7 999 ${String(2_000_000 + phones++).replace(/(...)(..)(..)/, '$1 $2 $3')}`
export const draft = (more: object = {}) => ({ interest: 'new_car', contact: { fullName: 'Петрова Мария Олеговна', phones: [newPhone()] }, comment: 'Хочу красную', ...more })
export const byHand = async (who: Person, more: object = {}): Promise<{ leadId: string; number: number; personId: string }> => {
  const made = await who.post<{ leadId: string; number: number; personId: string }>('/leads', { sourceId: who.dealer.sources.phone, ...draft(more) })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  return made.body
}
export const look = async (who: Person, leadId: string): Promise<Lead> => {
  const seen = await who.get<Lead>(`/leads/${leadId}`)
  assert.equal(seen.status, 200, JSON.stringify(seen.body))
  return seen.body
}
export const tray = async (who: Person, query = ''): Promise<string[]> => (await who.get<Tray>(`/leads${query}`)).body.rows.map(({ id }) => id)
export const counts = async (who: Person): Promise<Record<string, number>> => (await who.get<{ counts: Record<string, number> }>('/leads/counts')).body.counts
/** A dealer with an operator, a seller and the head of sales. */
export const office = async (at: Stage) => {
  const dealer = await at.dealer()
  return {
    dealer,
    anna: await at.hire('operator', { dealer }),
    boris: await at.hire('seller', { dealer }),
    vera: await at.hire('head_of_sales', { dealer, departmentKind: 'sales' }),
  }
}
export const act = async (who: Person, leadId: string, name: string, more: object = {}) =>
  who.post<{ version: number; details?: { current?: object; state?: string } }>(`/leads/${leadId}/${name}`, { version: (await look(who, leadId)).version, ...more })
export const ok = async (reply: Promise<{ status: number; body: object }>): Promise<void> => {
  const { status, body } = await reply
  assert.equal(status, 200, JSON.stringify(body))
}
