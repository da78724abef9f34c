import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { sameCity } from './same-city.ts'

const names = [
  'Москва',
  'Орёл',
  'Тула',
  'Ростов-на-Дону',
  'Санкт-Петербург',
  'Нижний Новгород',
  'Великий Новгород',
  'Гусь-Хрустальный',
  'Городец',
  'Горно-Алтайск',
  'Гай',
  'Щёлково',
]
const space = fc.stringMatching(/^[ \t\u00a0]{1,3}$/)

/** The same name as somebody else would write it. */
const written = (name: string): fc.Arbitrary<string> =>
  fc
    .record({
      before: fc.constantFrom('', ' ', '\u00a0'),
      mark: fc.constantFrom('', 'г. ', 'г.', 'г ', 'гор. ', 'Гор ', 'город ', 'ГОРОД  '),
      between: fc.oneof(space, fc.constantFrom('-', '–', ' - ')),
      spelling: fc.constantFrom<(text: string) => string>(
        (text) => text,
        (text) => text.toLowerCase(),
        (text) => text.toUpperCase(),
        (text) => text.replaceAll('ё', 'е').replaceAll('Ё', 'Е'),
      ),
      after: fc.constantFrom('', '  ', '\t'),
    })
    .map(({ before, mark, between, spelling, after }) => before + mark + spelling(name.split(/[ -]/).join(between)) + after)

test('however two people write a city, it is the same one, and never another', () => {
  const two = fc
    .constantFrom(...names)
    .chain((one) => fc.constantFrom(...names).chain((other) => fc.record({ one: fc.constant(one), other: fc.constant(other), a: written(one), b: written(other) })))
  fc.assert(
    fc.property(two, ({ one, other, a, b }) => {
      assert.equal(sameCity(a, b), one === other, `${a} | ${b}`)
    }),
    { numRuns: 3_000 },
  )
})

test('of any words: who is the same is so both ways, and only an empty name is not its own', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (one, other) => {
      assert.equal(sameCity(one, other), sameCity(other, one))
      assert.ok(sameCity(one, one) || /^(?:г(?:ор(?:од)?)?\.|[\s\u2010-\u2015-])*$/iu.test(one), one)
    }),
    { numRuns: 3_000 },
  )
  for (const none of ['', ' ', 'г.', '—']) assert.equal(sameCity(none, none), false, none)
  assert.equal(sameCity('Тула', null), false)
})
