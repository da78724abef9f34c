import assert from 'node:assert/strict'
import test from 'node:test'
import { en } from './en/index.ts'
import { countedOf } from './plural.ts'
import { ru } from './ru/index.ts'

type Phrase = { at: string; say: unknown }
const phrases = (words: object, at = ''): Phrase[] =>
  Object.entries(words).flatMap(([name, value]) => (typeof value === 'object' && value !== null ? phrases(value as object, `${at}${name}.`) : [{ at: `${at}${name}`, say: value }]))
/** What a phrase says with plain arguments. */
const said = (say: unknown): string => (typeof say === 'function' ? String((say as (...given: number[]) => unknown)(7, 7, 7)) : String(say))

test('an English speaker finds every phrase in English, with the same blanks to fill', () => {
  const [russian, english] = [phrases(ru), phrases(en)]
  assert.deepEqual(english.map(({ at }) => at).sort(), russian.map(({ at }) => at).sort())
  const byName = new Map(english.map(({ at, say }) => [at, say]))
  for (const { at, say } of russian) assert.equal(typeof byName.get(at), typeof say, at)
})

test('no phrase is empty, and no Russian word is left in the English ones', () => {
  for (const { at, say } of [...phrases(ru), ...phrases(en)]) assert.notEqual(said(say).trim(), '', at)
  for (const { at, say } of phrases(en)) assert.doesNotMatch(said(say), /[а-яё]/i, at)
})

test('Russian counts 1 строка, 2 строки, 5 строк, 11 строк, 21 строка', () => {
  const counted = countedOf('ru')
  const rows = { one: 'строка', few: 'строки', many: 'строк', other: 'строки' }
  assert.deepEqual(
    [1, 2, 5, 11, 21, 112].map((count) => counted(count, rows)),
    ['1 строка', '2 строки', '5 строк', '11 строк', '21 строка', '112 строк'],
  )
})
