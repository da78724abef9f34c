import assert from 'node:assert/strict'
import test from 'node:test'
import { z } from 'zod'
import { ApiError } from '../../contract/call.ts'
import { ui } from '../../i18n/ru/ui.ts'
import { checkDraft, refusalOf } from './draft.ts'

const Draft = z.object({ name: z.string().trim().min(2), wants: z.string().max(5), phones: z.array(z.object({ e164: z.string().min(5) })), priceKopecks: z.int().min(100) })

test('an operator reads what is wrong in Russian, beside the field it is about', () => {
  const checked = checkDraft(Draft, { name: 'А', wants: 'длинное', phones: [{ e164: '' }], priceKopecks: 5 }, ui.wrong)
  assert.deepEqual(checked, { errors: { name: 'Не короче 2 знаков', wants: 'Не длиннее 5 знаков', 'phones.0.e164': 'Заполните это поле', priceKopecks: 'Не меньше 100' } })
})

test('a good draft comes out parsed', () => {
  const draft = { name: ' Анна ', wants: '', phones: [], priceKopecks: 100 }
  assert.deepEqual(checkDraft(Draft, draft, ui.wrong), { value: { ...draft, name: 'Анна' } })
})

test('a refusal of the server that names fields is shown at them', () => {
  const error = new ApiError('invalid', 422, { error: 'invalid', message: 'Проверьте', fields: [{ at: 'name', why: 'занято' }] })
  assert.deepEqual(refusalOf(error), { message: 'Проверьте', fields: [{ at: 'name', why: 'занято' }] })
  assert.equal(refusalOf(new ApiError('forbidden', 403, { error: 'forbidden', message: 'нет' })), null)
  assert.equal(refusalOf('сеть'), null)
})
