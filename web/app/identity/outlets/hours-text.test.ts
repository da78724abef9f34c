import assert from 'node:assert/strict'
import test from 'node:test'
import { identity } from '../../../../i18n/ru/identity.ts'
import { hoursText } from './hours-text.ts'

const day: [string, string] = ['09:00', '21:00']

test('a visitor reads the week in as few words as it has', () => {
  const all = { mon: day, tue: day, wed: day, thu: day, fri: day, sat: day, sun: day }
  assert.deepEqual(hoursText(all, identity), ['пн–вс 09:00–21:00'])
  assert.deepEqual(hoursText({ ...all, sat: ['10:00', '18:00'], sun: null }, identity), ['пн–пт 09:00–21:00', 'сб 10:00–18:00', 'вс выходной'])
  assert.deepEqual(hoursText({ ...all, wed: null }, identity), ['пн–вт 09:00–21:00', 'ср выходной', 'чт–вс 09:00–21:00'])
})
