import assert from 'node:assert/strict'
import { test } from 'node:test'
import { renderText } from '../../../../contract/consent/render-text.ts'
import type { ConsentParts } from '../../../../contract/consent/consent.ts'
import { draftOf, draftSchema, fieldOf, lintDraft, partsOf } from './text-draft.ts'

const company = { name: 'ООО «Звезда Авто»', address: '117405, г. Москва, ул. Дорожная, д. 60Б' }
const parts: ConsentParts = {
  operator: company,
  purpose: 'Ответ на обращение.',
  data: ['имя', 'номер телефона'],
  processors: [{ name: 'ООО «Платформа»', address: '188300, г. Гатчина, ул. Соборная, д. 5' }],
  operations: ['сбор', 'хранение', 'уничтожение'],
  methods: 'Автоматизированная обработка.',
  term: 'Один год.',
  withdrawal: 'Письмом оператору.',
}
const whole = draftOf({ parts, validDays: 365 }, company)

test('a published text opens in the editor and comes out of it unchanged', () => {
  assert.deepEqual(partsOf(whole), parts)
  assert.ok(draftSchema('request').safeParse(whole).success)
})

test('the first text of a kind knows its operator, and scolds nobody for fields not written yet', () => {
  const empty = draftOf(null, company)
  assert.deepEqual(partsOf(empty).operator, company)
  assert.deepEqual(lintDraft('request', empty), [])
  const wrong =
    draftSchema('request')
      .safeParse(empty)
      .error?.issues.map(({ path }) => path[0]) ?? []
  for (const field of ['purpose', 'data', 'operations', 'methods', 'term', 'withdrawal']) assert.ok(wrong.includes(field), field)
  assert.ok(!wrong.includes('processors') && !wrong.includes('operatorName'))
})

test('what the linter says reaches the field it is about', () => {
  const draft = { ...whole, data: 'имя\nтелефон и т.д.', operatorAddress: 'г. ______', withdrawal: 'Оставаясь на сайте, вы соглашаетесь.' }
  assert.deepEqual(lintDraft('request', draft), [
    { field: 'operatorAddress', why: 'placeholder' },
    { field: 'withdrawal', why: 'inaction' },
    { field: 'data', why: 'open_list' },
  ])
  assert.deepEqual(['parts.operator.name', 'parts.processors.0.address', 'parts.term', 'validDays'].map(fieldOf), ['operatorName', 'processors', 'term', 'validDays'])
})

test('someone entrusted without an address is asked for it', () => {
  const { error } = draftSchema('request').safeParse({ ...whole, processors: 'ООО «Платформа»' })
  assert.deepEqual(
    error?.issues.map(({ path, message }) => [path[0], message]),
    [['processors', 'address_needed']],
  )
})

test('a text that is signed on paper ends with the lines of whoever signs, and lists what they write down', () => {
  const draft = { ...whole, isWritten: true }
  assert.deepEqual(
    lintDraft('request', draft).map(({ field, why }) => [field, why]),
    [['data', 'document_not_listed']],
  )
  const full = { ...draft, data: `${draft.data}\nадрес\nномер документа, удостоверяющего личность` }
  assert.deepEqual(lintDraft('request', full), [])
  assert.ok(draftSchema('request').safeParse(full).success)
  const text = renderText('request', partsOf(full))
  for (const item of ['Субъект персональных данных', 'Представитель', 'Подпись']) assert.ok(text.includes(item), item)
  assert.ok(!renderText('request', partsOf(whole)).includes('Подпись'))
  assert.deepEqual(partsOf(draftOf({ parts: partsOf(full), validDays: 1 }, company)), partsOf(full))
})
