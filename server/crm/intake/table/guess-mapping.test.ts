import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { guessMapping, tableFields } from './guess-mapping.ts'

const headings: Record<string, string[]> = {
  fullName: ['ФИО', 'Ф.И.О.', 'ФИО клиента', 'Клиент', 'Контактное лицо', 'Full name', 'Name', 'Имя клиента'],
  surname: ['Фамилия', 'Фамилия клиента', 'Last name', 'Surname'],
  given: ['Имя', 'First Name', 'firstname'],
  patronymic: ['Отчество', 'Middle name'],
  phone: ['Телефон', 'Контактный телефон', 'Номер телефона', 'Моб. тел.', 'ТЕЛЕФОН (мобильный)', 'Сотовый', 'Phone', 'Phone number', 'Mobile'],
  email: ['Почта', 'E-mail', 'Email', 'Эл. почта', 'Электронная почта', 'e-mail клиента'],
  brand: ['Марка', 'Марка авто', 'Brand', 'Make'],
  model: ['Модель', 'Модель автомобиля', 'Model', 'Автомобиль'],
  vin: ['VIN', 'ВИН', 'VIN-код'],
  plate: ['Госномер', 'Гос. номер', 'License plate'],
  comment: ['Комментарий', 'Примечание', 'Comments', 'Сообщение', 'Текст заявки'],
  receivedAt: ['Дата', 'Дата заявки', 'Дата и время', 'Created at', 'Date'],
  source: ['Источник', 'Источник лида', 'Канал', 'Source', 'utm_source'],
  externalRef: ['ID', 'Номер заявки', 'Lead ID'],
}

for (const [field, names] of Object.entries(headings)) {
  test(`a marketer's heading for ${field} is understood in Russian and English`, () => {
    for (const name of names) assert.deepEqual(guessMapping([name]), { [name]: field })
  })
}

test('a whole table is mapped at once, two phones are both phones, and nothing else is taken twice', () => {
  assert.deepEqual(guessMapping(['№', 'Фамилия', 'Имя', 'Отчество', 'Телефон 1', 'Телефон2', 'Дата', 'Дата визита', 'Дата рождения', 'Цвет глаз']), {
    Фамилия: 'surname',
    Имя: 'given',
    Отчество: 'patronymic',
    'Телефон 1': 'phone',
    Телефон2: 'phone',
    Дата: 'receivedAt',
  })
})

test('no heading makes the guess fail or slow', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 300 }), { maxLength: 64 }), (header) => {
      const mapping = guessMapping(header)
      assert.ok(Object.entries(mapping).every(([heading, field]) => header.includes(heading) && tableFields.includes(field)))
    }),
  )
  const started = performance.now()
  guessMapping(Array.from({ length: 64 }, () => 'тел '.repeat(10_000)))
  assert.ok(performance.now() - started < 500)
})
