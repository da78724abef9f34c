import assert from 'node:assert/strict'
import { test } from 'node:test'
import { splitName } from './split-name.ts'

const people: [full: string, surname: string | null, given: string | null, patronymic: string | null][] = [
  ['Иванов Иван Иванович', 'Иванов', 'Иван', 'Иванович'],
  ['Иван Иванович Иванов', 'Иванов', 'Иван', 'Иванович'],
  ['Мария Ильинична', null, 'Мария', 'Ильинична'],
  ['Мария Петрова', 'Петрова', 'Мария', null],
  ['Петрова Мария', 'Петрова', 'Мария', null],
  ['Алиев Руслан Вагиф оглы', 'Алиев', 'Руслан', 'Вагиф оглы'],
  ['Римский-Корсаков Николай Андреевич', 'Римский-Корсаков', 'Николай', 'Андреевич'],
  ['Константин Шевченко', 'Шевченко', 'Константин', null],
  ['Черных Лев', 'Черных', 'Лев', null],
  ['Ким Алексей', 'Ким', 'Алексей', null],
  ['Ivan Petrov', 'Petrov', 'Ivan', null],
  ['Smith, John', 'Smith', 'John', null],
  ['John Smith', 'Smith', 'John', null],
  ['Анна', null, 'Анна', null],
  ['', null, null, null],
]

for (const [full, surname, given, patronymic] of people) {
  test(`«${full}» is greeted by the right name`, () => {
    assert.deepEqual(splitName(full), { surname, given, patronymic })
  })
}
