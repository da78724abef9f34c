import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Template } from '../../../contract/mailing/template.ts'
import { draftOf, draftSchema, lintDraft } from './template-draft.ts'

const before: Template = {
  id: '01a22d7f-bcb9-7486-888a-1944c3696f9f',
  code: 'ready',
  kind: 'service',
  channel: 'email',
  name: 'Готово',
  subject: 'Автомобиль готов',
  body: 'Здравствуйте, {name}!',
  version: 3,
  bodySha256: '',
  publishedById: '01a22d7f-bcb9-7486-888a-1944c3696f9f',
  publishedAt: '2026-11-30T10:00:00.000Z',
}

test('the next version begins with the one before, and a new template scolds nobody for what is not written yet', () => {
  assert.deepEqual(draftSchema.safeParse(draftOf(before)).success, true)
  assert.deepEqual(lintDraft(draftOf(null)), [])
  assert.equal(draftSchema.safeParse(draftOf(null)).success, false)
})

test('what the linter says reaches its field, while one types and when it is sent', () => {
  const draft = { ...draftOf(before), body: 'Скидка для {имя}', subject: '' }
  const said = lintDraft(draft).map(({ at, why }) => `${at} ${why}`)
  assert.deepEqual(said, ['body advertising_in_service', 'body unknown_placeholder', 'subject subject_needed'])
  assert.deepEqual(
    draftSchema.safeParse(draft).error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`),
    said,
  )
})
