import assert from 'node:assert/strict'
import test from 'node:test'
import fc from 'fast-check'
import { clockOf, createFormat, formatPhone, fromWallTime, nextDay, parsePhone, toWallTime } from './format.ts'

const moscow = createFormat('ru', 'Europe/Moscow')
const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ')

test('a seller in Yekaterinburg and one in Moscow read the same instant on their own clocks', () => {
  assert.equal(moscow.time('2026-11-22T10:00:00Z'), '13:00')
  assert.equal(createFormat('ru', 'Asia/Yekaterinburg').time('2026-11-22T10:00:00Z'), '15:00')
})

test('what a receptionist types as wall time comes back as the same wall time in any zone', () => {
  const zones = fc.constantFrom('Europe/Moscow', 'Asia/Yekaterinburg', 'Asia/Vladivostok', 'Europe/Kaliningrad', 'America/New_York', 'Asia/Kathmandu')
  const minutes = fc.integer({ min: Date.UTC(2015, 0) / 60_000, max: Date.UTC(2035, 0) / 60_000 })
  fc.assert(
    fc.property(zones, minutes, (zone, minute) => {
      const wall = toWallTime(new Date(minute * 60_000), zone)
      assert.equal(toWallTime(fromWallTime(wall, zone) ?? '', zone), wall)
    }),
  )
})

test('an hour the clocks jump over becomes the instant after the jump, and one shown twice its first', () => {
  assert.equal(fromWallTime('2026-03-08T02:30', 'America/New_York'), '2026-03-08T07:30:00.000Z')
  assert.equal(fromWallTime('2026-11-01T01:30', 'America/New_York'), '2026-11-01T05:30:00.000Z')
})

test('half a date is no date', () => {
  for (const typed of ['', '2026-11-22', '22.11.2026 10:00', '2026-13-40T10:00']) assert.equal(fromWallTime(typed, 'Europe/Moscow'), null)
})

test('a phone is understood however an operator writes it, and shown one way', () => {
  for (const typed of ['89161234567', '8 (916) 123-45-67', '+7 916 123 45 67', '9161234567', '7 916 1234567']) assert.equal(parsePhone(typed), '+79161234567')
  assert.equal(formatPhone('+79161234567'), '+7 916 123-45-67')
  assert.equal(parsePhone('+375 29 123-45-67'), '+375291234567')
  assert.equal(parsePhone('12345'), null)
  assert.equal(formatPhone('доб. 12'), 'доб. 12')
})

test('money is in roubles, with kopecks only when there are some', () => {
  assert.equal(plain(moscow.money(245_000_000)), '2 450 000 ₽')
  assert.equal(plain(moscow.money(245_000_050)), '2 450 000,50 ₽')
})

test('time left is said in minutes below an hour and in larger units above it', () => {
  assert.equal(moscow.duration(247_000), '4:07')
  assert.equal(moscow.duration(-61_000), '1:01')
  assert.match(plain(moscow.duration(3 * 3_600_000 + 5 * 60_000)), /^3 ч 5 мин/)
  assert.match(plain(moscow.duration(50 * 3_600_000)), /^2 (дн|д)\.? 2 ч/)
})

test('a birthday stays on its day wherever the outlet is', () => {
  assert.equal(createFormat('ru', 'America/New_York').calendarDate('1990-03-01'), '01.03.1990')
})

test('the next day is the next date, also over the end of a year and when clocks change', () => {
  assert.deepEqual([nextDay('2026-12-31', 1), nextDay('2026-03-01', -1), nextDay('2026-03-29', 1)], ['2027-01-01', '2026-02-28', '2026-03-30'])
})

test('in Vladivostok the same instant is another hour, and midnight is no twenty-fourth', () => {
  assert.deepEqual([clockOf('2026-03-02T04:00:00Z', 'Asia/Vladivostok'), clockOf('2026-03-02T04:00:00Z', 'Europe/Moscow')], ['14:00', '07:00'])
  assert.equal(clockOf('2026-03-02T21:00:00Z', 'Europe/Moscow'), '00:00')
})
