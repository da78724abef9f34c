import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { repositoryFolder } from '../../platform/config/repository.ts'
import { measures } from '../policy/measures.ts'
import { evidenceCodes } from './evidence/index.ts'
import { clauseIds, partOf } from './ids.ts'
import { allClauses } from './index.ts'

const CLAUSES = 182
const there = (file: string): boolean => existsSync(path.join(repositoryFolder, file))
const sources = new Map<string, string>()
const sourceOf = (file: string): string => sources.get(file) ?? sources.set(file, readFileSync(path.join(repositoryFolder, file), 'utf8').replace(/\s+/g, ' ')).get(file) ?? ''
/** `test('title'` or with other quotes; a title that is made for each row of a table stands as its template. */
const hasTest = (file: string, title: string): boolean => ["'", '"', '`'].some((quote) => new RegExp(`\\btest\\( ?${literal(`${quote}${title}${quote}`)}`).test(sourceOf(file)))
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

test('every clause of the list is there once, in order, and no other', () => {
  assert.equal(new Set(clauseIds).size, CLAUSES)
  assert.deepEqual(
    allClauses.map(({ id }) => id),
    clauseIds,
  )
  for (const id of clauseIds) assert.ok(id === partOf(id) || id.startsWith(partOf(id)), id)
})

test('every clause says in its own words, in both languages, what we do about it', () => {
  for (const language of ['ru', 'en'] as const) {
    const sentences = allClauses.map(({ sentence }) => sentence[language])
    assert.deepEqual(
      sentences.filter((text, at) => sentences.indexOf(text) !== at),
      [],
      'said twice',
    )
    for (const text of sentences) assert.match(text, /^\S.{20,}\.$/)
  }
  assert.deepEqual(
    allClauses.filter(({ sentence }) => /[а-яё]/i.test(sentence.en) || !/[а-яё]/i.test(sentence.ru)).map(({ id }) => id),
    [],
  )
})

test('what a clause names is there: the code that holds it, and each test by its title', () => {
  const wrong = allClauses.flatMap(({ id, control, tests }) => [
    ...(control !== null && !there(control) ? [`${id}: no ${control}`] : []),
    ...tests.filter(({ file, name }) => !there(file) || !hasTest(file, name)).map(({ file, name }) => `${id}: ${file} has no test "${name}"`),
  ])
  assert.deepEqual(wrong, [])
})

test('the look-up of titles finds a title that is there and none that is not', () => {
  const here = 'server/privacy/clauses/registry.test.ts'
  assert.ok(hasTest(here, 'the look-up of titles finds a title that is there and none that is not'))
  assert.ok(!hasTest(here, 'the look-up of titles finds'))
})

test('a clause is controlled only with code, a test, and evidence or the reason why there is nothing to count; what is not says what is missing', () => {
  const wrong = allClauses.flatMap(({ id, state, because, control, tests, evidence }) => {
    if (state === 'controlled') return control && tests.length > 0 && (evidence ?? because) ? [] : [`${id} is not controlled`]
    if (!because) return [`${id} does not say what is missing`]
    if (state === 'partly') return control && tests.length > 0 ? [] : [`${id} is not even partly controlled`]
    return control === null && tests.length === 0 && evidence === null ? [] : [`${id} is ${state} and yet names a control`]
  })
  assert.deepEqual(wrong, [])
})

test('all evidence that can be computed is asked for by some clause', () => {
  const asked = new Set(allClauses.map(({ evidence }) => evidence))
  assert.deepEqual(
    evidenceCodes.filter((code) => !asked.has(code)),
    [],
  )
})

test('the policy speaks of no measure that nothing controls', () => {
  const state = new Map(allClauses.map((clause) => [clause.id, clause.state]))
  const empty = measures.flatMap(({ clauses: ids, ru }) => ids.filter((id) => !['controlled', 'partly'].includes(state.get(id) ?? 'none')).map((id) => `${id}: ${ru}`))
  assert.deepEqual(empty, [])
})
