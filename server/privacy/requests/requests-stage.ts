import assert from 'node:assert/strict'
import type { Download, RequestCard, RequestRow } from '../../../contract/privacy/request.ts'
import type { z } from 'zod'
import type { Person, Stage } from '../../../test/stage.ts'

export type Card = RequestCard
export type Refused = { error: string; requestId?: string; details?: { state?: string }; fields?: { at: string; why: string }[] }
export type Rows = { rows: RequestRow[]; nextCursor: string | null }
export type Filed = { id: string; number: number; personId: string; isRepeat: boolean }
export type Bytes = z.output<typeof Download>

const DAY_MS = 86_400_000
/** So many days ago, as Moscow reads it. */
export const daysAgo = (scene: Stage, days: number): string => new Date(scene.clock.now.getTime() + 3 * 3_600_000 - days * DAY_MS).toISOString().slice(0, 10)

let phones = 0
export const phone = (): string => `+7 999 410 ${String(++phones).padStart(4, '0')}`

/** A client of Anna's, by a lead over the phone. */
export async function aClient(anna: Person, name = 'Белова Мария Игоревна', email?: string): Promise<{ personId: string; leadId: string; phone: string }> {
  const number = phone()
  const { status, body } = await anna.post<{ personId: string; leadId: string }>('/leads', {
    sourceId: anna.dealer.sources.phone,
    contact: { fullName: name, phones: [number], emails: email ? [email] : [] },
    comment: 'Хочу красный хетчбэк',
  })
  assert.equal(status, 200, JSON.stringify(body))
  return { ...body, phone: number }
}

/** Written down by the officer, for somebody held already. */
export async function file(igor: Person, personId: string, kind: string, more: Record<string, unknown> = {}): Promise<Filed> {
  const draft = { who: { personId }, kind, channel: 'paper', receivedOn: new Date().toISOString().slice(0, 10), words: 'Прошу ответить', ...more }
  const { status, body } = await igor.post<Filed>('/requests', draft)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

export const card = async (igor: Person, id: string): Promise<Card> => {
  const { status, body } = await igor.get<Card>(`/requests/${id}`)
  assert.equal(status, 200, JSON.stringify(body))
  return body
}

/** An act on a request as it is now. */
export async function act<T = { version: number; state: string }>(igor: Person, id: string, what: string, more: Record<string, unknown> = {}) {
  const { version } = await card(igor, id)
  return igor.post<T>(`/requests/${id}/${what}`, { version, ...more })
}
