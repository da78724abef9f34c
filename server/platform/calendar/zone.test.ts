import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { UnknownTimeZone, dateIn, wallToInstant, zoneOffsetMs } from './zone.ts'

const HOUR_MS = 3_600_000
const at = (iso: string) => Date.parse(iso)
const wall = (text: string) => Date.parse(`${text}Z`)

test('people in Kaliningrad and Kamchatka read different dates at one instant', () => {
  const instant = new Date('2026-03-01T20:30:00Z')
  assert.equal(dateIn('Europe/Kaliningrad', instant), '2026-03-01')
  assert.equal(dateIn('Asia/Kamchatka', instant), '2026-03-02')
})

test('Moscow was four hours ahead of Greenwich until 26 October 2014 and three after', () => {
  assert.equal(zoneOffsetMs('Europe/Moscow', at('2014-10-25T21:59:59Z')), 4 * HOUR_MS)
  assert.equal(zoneOffsetMs('Europe/Moscow', at('2014-10-25T22:00:00Z')), 3 * HOUR_MS)
})

test('an hour that came twice can be meant both ways, an hour that never came is the moment of the change', () => {
  const twice = wall('2014-10-26T01:30')
  assert.equal(wallToInstant('Europe/Moscow', twice, 'earlier'), at('2014-10-25T21:30:00Z'))
  assert.equal(wallToInstant('Europe/Moscow', twice, 'later'), at('2014-10-25T22:30:00Z'))
  assert.equal(wallToInstant('Europe/Berlin', wall('2026-03-29T02:30'), 'later'), at('2026-03-29T01:00:00Z'))
})

test('a zone nobody lives in is refused by name', () => {
  assert.throws(() => zoneOffsetMs('Europe/Nowhere', 0), UnknownTimeZone)
})

test('reading the wall and finding the instant again loses nothing, in zones with and without summer time', () => {
  const zones = ['Europe/Moscow', 'Asia/Yekaterinburg', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'Pacific/Apia', 'America/St_Johns']
  fc.assert(
    fc.property(fc.constantFrom(...zones), fc.integer({ min: at('2000-01-01T00:00Z'), max: at('2030-01-01T00:00Z') }), (zone, instant) => {
      const wallMs = instant + zoneOffsetMs(zone, instant)
      const found = [wallToInstant(zone, wallMs, 'earlier'), wallToInstant(zone, wallMs, 'later')]
      assert.ok(found.includes(instant))
    }),
    { numRuns: 500 },
  )
})
