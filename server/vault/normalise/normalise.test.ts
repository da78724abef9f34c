import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { normaliseBodyNumber, normaliseEmail, normaliseName, normalisePhone, normalisePlate, normaliseVin, readVin, splitFullName } from './index.ts'

test('an operator types the same mobile in every usual way and gets one number', () => {
  const typed = [
    '+7 916 123-45-67',
    '8 (916) 123 45 67',
    '79161234567',
    '9161234567',
    'тел.: 8-916-123-45-67',
    '+89161234567',
    '+7(916)1234567',
    '００７ 916 1234567',
    '8\u00A0916\u200D1234567',
  ]
  for (const one of typed) assert.deepEqual(normalisePhone(one), { e164: '+79161234567', country: 'RU' }, one)
})

test('a caller from Kazakhstan keeps the shared code and is not taken for a Russian', () => {
  assert.deepEqual(normalisePhone('8 701 123 45 67'), { e164: '+77011234567', country: 'KZ' })
  assert.deepEqual(normalisePhone('+7 600 123 45 67'), { e164: '+76001234567', country: 'KZ' })
})

test('a fleet client leaves an office number: the extension is split off', () => {
  for (const typed of ['8 (495) 123-45-67 доб. 123', '+7 495 1234567 ext. 123', '84951234567#123', '8 495 123-45-67 вн. 123', '+74951234567,,123', '+74951234567;ext=123']) {
    assert.deepEqual(normalisePhone(typed), { e164: '+74951234567', country: 'RU', extension: '123' }, typed)
  }
})

test('a guest from abroad leaves a number and it is read with its country', () => {
  assert.equal(normalisePhone('8-10-375-29-123-45-67')?.country, 'BY')
  assert.equal(normalisePhone('375291234567')?.e164, '+375291234567')
  assert.equal(normalisePhone('+49 30 1234567')?.country, 'DE')
})

test('an operator is told when there is no whole single phone', () => {
  for (const typed of ['', '123-45-67', '8916 1234567, 89031234567', 'позвоните вечером', '+7916123456', '+70001234567', '9'.repeat(40)])
    assert.equal(normalisePhone(typed), null, typed)
})

test('a client’s e-mail is one address however it was written', () => {
  assert.equal(normaliseEmail('  A.Petrova+car@Example.COM '), 'a.petrova+car@example.com')
  assert.equal(normaliseEmail('Анна <mailto:anna@example.org>'), 'anna@example.org')
  assert.equal(normaliseEmail('иван@Почта.РФ'), 'иван@xn--80a1acny.xn--p1ai')
  for (const typed of ['a@b', 'a..b@c.ru', '@c.ru', 'a b@c.ru', 'a@1.2.3.4', 'a@[::1]', 'a@c.ru/x', 'нет']) assert.equal(normaliseEmail(typed), null, typed)
})

test('a client’s name is shown with sensible capitals', () => {
  const cases = {
    '  ИВАНОВ ': 'Иванов',
    'иванов - петров': 'Иванов-Петров',
    МакДональд: 'МакДональд',
    'о’нил': "О'Нил",
    'МАМЕДОВ АЛИ ОГЛЫ': 'Мамедов Али оглы',
    иВАНОВ: 'Иванов',
    'И\u0306ордан': 'Йордан',
  }
  for (const [typed, shown] of Object.entries(cases)) assert.equal(normaliseName(typed), shown)
  assert.equal(normaliseName('12 34'), null)
})

test('a whole name in one field is split in either order', () => {
  const ivan = { surname: 'Иванов', given: 'Иван', patronymic: 'Петрович', isGuess: false }
  for (const full of ['Иванов Иван Петрович', 'Иван Петрович Иванов', 'ИВАНОВ, ИВАН ПЕТРОВИЧ']) assert.deepEqual(splitFullName(full), ivan)
  assert.deepEqual(splitFullName('Пётр Шварц'), { surname: 'Шварц', given: 'Пётр', isGuess: false })
  assert.deepEqual(splitFullName('Абрамович Роман Аркадьевич'), { surname: 'Абрамович', given: 'Роман', patronymic: 'Аркадьевич', isGuess: false })
  assert.deepEqual(splitFullName('Мария Ивановна'), { given: 'Мария', patronymic: 'Ивановна', isGuess: false })
  assert.deepEqual(splitFullName('Иванов И.П.'), { surname: 'Иванов', given: 'И.', patronymic: 'П.', isGuess: false })
  assert.equal(splitFullName('Мамедов Али Гасан оглы')?.patronymic, 'Гасан оглы')
  assert.equal(splitFullName('Ли Цой')?.isGuess, true)
})

test('an adviser pastes a VIN with Cyrillic look-alikes and it is folded; I, O and Q are only suggested', () => {
  assert.equal(normaliseVin('хw8 zzz-61zhg 000001'), 'XW8ZZZ61ZHG000001')
  assert.deepEqual(readVin('JHMCM56557C4О4453'), { vin: null, suggestion: 'JHMCM56557C404453', why: 'letters' })
  assert.deepEqual(readVin('XW8ZZZ61ZHG00001'), { vin: null, suggestion: null, why: 'length' })
  assert.equal(readVin('1M8GDM9AXKP042788').why, null)
  assert.equal(readVin('Z94CB41AAGR323020').why, 'check_digit')
  assert.equal(normaliseBodyNumber('gx100 - 6012345'), 'GX100-6012345')
})

test('an adviser types a plate in Latin and it is kept in Cyrillic with its region apart', () => {
  assert.deepEqual(normalisePlate('a123bc 77 RUS'), { plate: 'А123ВС77', kind: 'car', body: 'А123ВС', region: '77' })
  assert.equal(normalisePlate('А О12 ВС 777')?.plate, 'А012ВС777')
  assert.equal(normalisePlate('ao 123 77')?.kind, 'public_transport')
  assert.equal(normalisePlate('АВ 1234 77')?.kind, 'trailer')
  assert.equal(normalisePlate('1234 AB 50')?.kind, 'motorcycle')
  assert.equal(normalisePlate('А1234 77')?.kind, 'police')
  assert.equal(normalisePlate('001CD177')?.kind, 'diplomatic')
  assert.equal(normalisePlate('В000АА77')?.kind, 'other')
  assert.equal(normalisePlate('нет'), null)
})

const alphabet = [
  ...'абвгдеёжзийклмнопрстуфхцчшщъыьэюяАВЕКМНОРСТУХ',
  ...'ABEKMHOPCTYXIQabcxyz',
  ...'0123456789',
  ..."+-()., @#'’",
  '\0',
  '\u200D',
  '\u202E',
  '\uD800',
  '\uDC00',
  '\u0301',
  '\u0306',
  'İ',
  'ß',
  'ŉ',
  'ﬁ',
  '👩‍💻',
]
const messy = fc.oneof(
  fc.string({ unit: fc.constantFrom(...alphabet), maxLength: 30 }),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
)
const phoneish = fc
  .string({ unit: fc.constantFrom(...'0123456789'), minLength: 5, maxLength: 16 })
  .chain((digits) => fc.constantFrom(digits, `+${digits}`, `8${digits}`, `${digits} доб 12`))
const emailish = fc.tuple(messy, fc.oneof(fc.domain(), messy)).map(([local, domain]) => `${local}@${domain}`)

test('whatever people paste, reading it twice is reading it once', () => {
  const phone = (typed: string): string | undefined => normalisePhone(typed)?.e164
  const plate = (typed: string): string | undefined => normalisePlate(typed)?.plate
  for (const read of [phone, normaliseEmail, normaliseName, normaliseVin, normaliseBodyNumber, plate]) {
    fc.assert(
      fc.property(fc.oneof(messy, phoneish, emailish), (typed) => {
        const once = read(typed)
        if (once !== null && once !== undefined) assert.equal(read(once), once)
      }),
      { numRuns: 1500 },
    )
  }
})

test('a name split twice from its parts is the same name', () => {
  fc.assert(
    fc.property(messy, (typed) => {
      const name = splitFullName(typed)
      assert.ok(name === null || [name.surname, name.given].some((part) => part !== undefined && part !== ''))
    }),
    { numRuns: 1500 },
  )
})

test('a megabyte in a field is refused at once, and long fields cost no more than their length', () => {
  const huge = ['9'.repeat(1_000_000), 'я'.repeat(1_000_000), '\u0301'.repeat(1_000_000), '- '.repeat(500_000), '@'.repeat(1_000_000)]
  const started = process.hrtime.bigint()
  for (const text of huge) for (const read of [normalisePhone, normaliseEmail, normaliseName, splitFullName, normaliseVin, normalisePlate]) assert.equal(read(text), null)
  // What is within the limits is the worst that can still be worked on.
  for (const text of ['- '.repeat(100), 'а.'.repeat(100), 'тел.'.repeat(25), `<${'a'.repeat(398)}`, `${'.'.repeat(200)}@${'a-'.repeat(99)}`]) {
    for (const read of [normalisePhone, normaliseEmail, normaliseName, splitFullName, normalisePlate]) read(text)
  }
  const elapsedMs = Number(process.hrtime.bigint() - started) / 1e6
  assert.ok(elapsedMs < 500, `${elapsedMs} ms`)
})
