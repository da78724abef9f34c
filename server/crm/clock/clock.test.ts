import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { LeadClockInput } from './clock.ts'
import { explainClock, leadClock } from './clock.ts'

const pair = ['09:00', '21:00'] as const
const hours = { timeZone: 'Europe/Moscow', week: { mon: pair, tue: pair, wed: pair, thu: pair, fri: pair, sat: null, sun: null } }
const at = (text: string) => new Date(`2026-11-${text}:00+03:00`)
// 2026-11-20 is a Friday.
const base: LeadClockInput = {
  receivedAt: at('20T20:50'),
  takenAt: null,
  firstContactAt: null,
  closedAt: null,
  policy: { takeMinutes: 15, firstContactMinutes: 60 },
  hours,
  now: at('20T20:55'),
}

test('a fresh lead runs, and its manager sees how much is left', () => {
  const { take, firstContact } = leadClock(base)
  assert.deepEqual([take.state, take.spentMinutes, take.leftMinutes, take.dueAt], ['running', 5, 10, at('23T09:05')])
  assert.deepEqual([firstContact.state, firstContact.leftMinutes, firstContact.dueAt], ['running', 55, at('23T09:50')])
})

test('a weekend does not make a manager late', () => {
  const { take } = leadClock({ ...base, now: at('22T15:00') })
  assert.deepEqual([take.state, take.spentMinutes, take.leftMinutes], ['running', 10, 5])
})

test('a lead nobody took by its time is overdue, and taking it later is done late', () => {
  assert.equal(leadClock({ ...base, now: at('23T09:06') }).take.state, 'overdue')
  const { take, firstContact } = leadClock({ ...base, takenAt: at('23T09:06'), now: at('23T09:10') })
  assert.deepEqual([take.state, take.spentMinutes, take.leftMinutes, take.stoppedBy], ['done_late', 16, -1, 'taken'])
  assert.equal(firstContact.state, 'running')
})

test('taking at the very due time is in time', () => {
  assert.equal(leadClock({ ...base, takenAt: at('23T09:05'), now: at('23T12:00') }).take.state, 'done')
})

test('a manager who called at once has also taken the lead', () => {
  const { take, firstContact } = leadClock({ ...base, firstContactAt: at('20T20:52'), takenAt: at('20T20:58'), now: at('24T12:00') })
  assert.deepEqual([take.state, take.stoppedBy, take.stoppedAt, take.spentMinutes], ['done', 'contact', at('20T20:52'), 2])
  assert.deepEqual([firstContact.state, firstContact.stoppedBy], ['done', 'contact'])
})

test('closing a lead stops what still goes and says so', () => {
  const { take, firstContact } = leadClock({ ...base, takenAt: at('20T20:51'), closedAt: at('23T10:00'), now: at('24T12:00') })
  assert.deepEqual([take.state, take.stoppedBy], ['done', 'taken'])
  assert.deepEqual([firstContact.state, firstContact.stoppedBy, firstContact.spentMinutes], ['done_late', 'closed', 70])
})

test('a call before the opening costs nothing', () => {
  const { firstContact } = leadClock({ ...base, receivedAt: at('20T23:00'), firstContactAt: at('20T23:05'), now: at('23T09:00') })
  assert.deepEqual([firstContact.state, firstContact.spentMinutes], ['done', 0])
})

test('the explanation tells a head of sales, line by line, why the lead is late', () => {
  const explanation = explainClock({ ...base, receivedAt: at('20T22:00'), takenAt: at('23T09:10'), now: at('23T10:30') })
  assert.deepEqual(explanation, [
    { code: 'received', at: at('20T22:00') },
    { code: 'opened', at: at('23T09:00') },
    { code: 'counted', at: at('23T09:00'), until: at('23T10:30'), date: '2026-11-23', minutes: 90 },
    { code: 'taken', at: at('23T09:10') },
    { code: 'take_due', at: at('23T09:15') },
    { code: 'contact_due', at: at('23T10:00') },
    { code: 'now', at: at('23T10:30') },
  ])
})

test('state, due time and minutes left never contradict each other, and waiting never helps', () => {
  const minute = fc.integer({ min: 0, max: 10_000 })
  const maybe = fc.option(minute, { nil: null })
  fc.assert(
    fc.property(minute, maybe, maybe, maybe, fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 10_000 }), (received, taken, contact, closed, limit, later) => {
      const receivedAt = new Date(at('20T20:50').getTime() + received * 60_000)
      const after = (minutes: number | null) => (minutes === null ? null : new Date(receivedAt.getTime() + minutes * 60_000))
      const now = new Date(receivedAt.getTime() + 10_000 * 60_000)
      const input = {
        ...base,
        receivedAt,
        takenAt: after(taken),
        firstContactAt: after(contact),
        closedAt: after(closed),
        policy: { takeMinutes: limit, firstContactMinutes: limit },
        now,
      }
      const { take, firstContact } = leadClock(input)
      const explanation = explainClock(input)
      for (const one of [take, firstContact]) {
        const isLate = one.state === 'done_late' || one.state === 'overdue'
        assert.equal(isLate, (one.stoppedAt ?? now) > one.dueAt)
        assert.equal(one.stoppedAt === null, one.state === 'running' || one.state === 'overdue')
        assert.ok(isLate ? one.leftMinutes <= 0 : one.leftMinutes >= 0)
        assert.ok(Math.abs(one.spentMinutes + one.leftMinutes - limit) < 1e-6)
      }
      assert.ok(take.spentMinutes <= firstContact.spentMinutes + 1e-6)
      assert.ok(explanation.every((part, index) => index === 0 || part.at >= (explanation[index - 1]?.at ?? part.at)))
      const afterwards = leadClock({ ...input, now: new Date(now.getTime() + later * 60_000) })
      assert.ok(afterwards.firstContact.spentMinutes >= firstContact.spentMinutes)
      if (firstContact.state === 'overdue') assert.equal(afterwards.firstContact.state, 'overdue')
    }),
    { numRuns: 200 },
  )
})
