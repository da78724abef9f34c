import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { requestKinds } from '../../../contract/privacy/request.ts'
import { termCodes, terms, type TermCode } from '../../../contract/privacy/term.ts'
import { addCalendarDays, isWorkingDay, UnknownCalendarYear, workingDaysBetween } from '../../platform/calendar/working-days.ts'
import { dueOf, extendedDue, isRepeat, termOf, whyNotExtended } from './due-of.ts'

/** Start, code, due, and for terms of calendar days the last day of the law. */
const vectors: [article: string, code: TermCode, start: string, dueOn: string, endsOn?: string][] = [
  ['ст. 14 ч. 3, ст. 20 ч. 1', 'D_ACCESS', '2025-04-29', '2025-05-19'],
  ['ст. 14 ч. 3, ст. 20 ч. 1', 'D_ACCESS', '2025-12-26', '2026-01-21'],
  ['ст. 14 ч. 3, ст. 20 ч. 1 (пришёл в воскресенье)', 'D_ACCESS', '2026-11-22', '2026-12-04'],
  ['ст. 20 ч. 2', 'D_REFUSE', '2025-12-26', '2026-01-21'],
  ['ст. 20 ч. 3, ст. 21 ч. 2', 'D_RECTIFY', '2026-04-28', '2026-05-08'],
  ['ст. 20 ч. 3', 'D_ERASE_PROOF', '2026-04-28', '2026-05-08'],
  ['ст. 21 ч. 1', 'D_BLOCK', '2026-11-22', '2026-11-22'],
  ['ст. 21 ч. 2', 'D_UNBLOCK', '2027-10-29', '2027-11-11'],
  ['ст. 21 ч. 3', 'D_UNLAWFUL_STOP', '2024-04-26', '2024-05-03'],
  ['ст. 21 ч. 3', 'D_UNLAWFUL_STOP', '2025-10-30', '2025-11-05'],
  ['ст. 21 ч. 3', 'D_UNLAWFUL_STOP', '2026-12-25', '2026-12-30'],
  ['ст. 21 ч. 3', 'D_UNLAWFUL_DESTROY', '2025-04-29', '2025-05-19'],
  ['ст. 21 ч. 4', 'D_PURPOSE', '2026-01-15', '2026-02-13', '2026-02-14'],
  ['ст. 21 ч. 5', 'D_WITHDRAW', '2026-12-05', '2026-12-30', '2027-01-04'],
  ['ст. 21 ч. 5', 'D_WITHDRAW', '2026-01-15', '2026-02-13', '2026-02-14'],
  ['ст. 21 ч. 5.1', 'D_STOP', '2026-12-25', '2027-01-19'],
  ['ст. 21 ч. 6', 'D_MAXBLOCK', '2026-08-31', '2027-02-26', '2027-02-28'],
  ['ст. 20 ч. 4', 'D_RKN', '2025-12-26', '2026-01-21'],
  ['ст. 15 ч. 2', 'D_MARKETING', '2026-12-31', '2026-12-31'],
  ['ст. 16 ч. 4', 'D_AUTO_OBJ', '2026-12-05', '2026-12-30', '2027-01-04'],
  ['ст. 10.1 ч. 10', 'D_DIST_PUB', '2024-04-26', '2024-05-03'],
  ['ст. 10.1 ч. 12–14', 'D_DIST_STOP', '2025-10-30', '2025-11-05'],
  ['ст. 14 ч. 4', 'D_REPEAT', '2026-01-15', '2026-02-14'],
  ['ст. 12 ч. 6', 'D_CB_INFO', '2025-04-29', '2025-05-19'],
]
for (const [article, code, start, dueOn, endsOn = dueOn] of vectors) {
  test(`152-ФЗ ${article}: ${code}, начатый ${start}, исполняется до ${dueOn} (ГК РФ ст. 191)`, () => {
    assert.deepEqual(dueOf(code, start), { dueOn, endsOn })
  })
}

test('every code of the digest has a vector, and every kind of request a term', () => {
  assert.deepEqual(new Set(vectors.map(([, code]) => code)), new Set(termCodes))
  assert.deepEqual(requestKinds.map(termOf), ['D_ACCESS', 'D_RECTIFY', 'D_BLOCK', 'D_ERASE_PROOF', 'D_STOP', 'D_WITHDRAW', 'D_MARKETING', 'D_AUTO_OBJ', 'D_RKN'])
})

const extensions: [article: string, code: TermCode, start: string, days: number, until: string][] = [
  ['ст. 14 ч. 3', 'D_ACCESS', '2025-12-26', 5, '2026-01-28'],
  ['ст. 20 ч. 2', 'D_REFUSE', '2025-12-26', 5, '2026-01-28'],
  ['ст. 20 ч. 4', 'D_RKN', '2025-12-26', 5, '2026-01-28'],
  ['ст. 21 ч. 5.1', 'D_STOP', '2025-12-26', 5, '2026-01-28'],
  ['ст. 12 ч. 6', 'D_CB_INFO', '2025-12-26', 1, '2026-01-22'],
]
for (const [article, code, start, days, until] of extensions) {
  test(`152-ФЗ ${article}: ${code} с ${start} продлевается на ${days} раб. дн. до ${until}`, () => assert.equal(extendedDue(code, start, days), until))
}

test('152-ФЗ ст. 14, 20, 21: what the law does not extend is not extended, nor by more than five days', () => {
  for (const code of termCodes.filter((each) => terms[each].extension === 0)) assert.throws(() => extendedDue(code, '2026-03-02', 1), RangeError, code)
  for (const days of [0, 6, 1.5, -1]) assert.throws(() => extendedDue('D_ACCESS', '2026-03-02', days), RangeError, String(days))
})

test('152-ФЗ ст. 14 ч. 3: an extension is possible to the last day of the term, once, while the request is open', () => {
  const open = { term: 'D_ACCESS', endsOn: '2026-01-21', extendedTo: null, isClosed: false } as const
  assert.equal(whyNotExtended(open, '2026-01-21'), null)
  assert.equal(whyNotExtended(open, '2026-01-22'), 'over')
  assert.equal(whyNotExtended({ ...open, extendedTo: '2026-01-28' }, '2026-01-20'), 'extended_already')
  assert.equal(whyNotExtended({ ...open, isClosed: true }, '2026-01-20'), 'closed')
  for (const term of ['D_RECTIFY', 'D_ERASE_PROOF', 'D_WITHDRAW', 'D_AUTO_OBJ', 'D_BLOCK', 'D_MARKETING'] as const)
    assert.equal(whyNotExtended({ ...open, term }, '2026-01-20'), 'term_has_none', term)
})

test('152-ФЗ ст. 14 ч. 4: the thirtieth day is free, the twenty-ninth is not', () => {
  assert.equal(isRepeat('2026-01-15', '2026-02-13'), true)
  assert.equal(isRepeat('2026-01-15', '2026-02-14'), false)
})

test('152-ФЗ ст. 20: a term that runs into a year without a production calendar is refused by name', () => {
  assert.throws(() => dueOf('D_ACCESS', '2027-12-28'), UnknownCalendarYear)
  assert.throws(() => dueOf('D_WITHDRAW', '2027-12-20'), UnknownCalendarYear)
})

const aDay = fc.integer({ min: 0, max: 1_180 }).map((days) => addCalendarDays('2024-01-01', days))
const counted = termCodes.filter((code) => terms[code].unit === 'working_days')

test('a term of working days ends on a working day, after exactly so many of them', () => {
  fc.assert(
    fc.property(aDay, fc.constantFrom(...counted), (start, code) => {
      const { dueOn } = dueOf(code, start)
      assert.ok(isWorkingDay(dueOn) && dueOn > start)
      assert.equal(workingDaysBetween(start, dueOn), terms[code].count)
    }),
  )
})

test('an extension adds so many working days to the original end, never fewer, and never ends earlier', () => {
  fc.assert(
    fc.property(aDay, fc.constantFrom('D_ACCESS' as const, 'D_STOP' as const, 'D_RKN' as const), fc.integer({ min: 1, max: 5 }), (start, code, days) => {
      const [end, later] = [dueOf(code, start).endsOn, extendedDue(code, start, days)]
      assert.ok(later > end && isWorkingDay(later))
      assert.equal(workingDaysBetween(end, later), days)
    }),
  )
})

test('whoever begins later is never due earlier, and our own day is inside the term of the law', () => {
  fc.assert(
    fc.property(aDay, fc.integer({ min: 0, max: 60 }), fc.constantFrom(...termCodes), (start, later, code) => {
      const [first, second] = [dueOf(code, start), dueOf(code, addCalendarDays(start, later))]
      assert.ok(second.endsOn >= first.endsOn && second.dueOn >= first.dueOn)
      assert.ok(first.dueOn <= first.endsOn && first.dueOn >= start)
    }),
  )
})
