import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import type { Contact } from '../protocol.ts'
import { contactTokens } from './contact-tokens.ts'
import { deriveIndexKey } from './index-key.ts'
import { queryTokens } from './query-tokens.ts'
import { rank } from './rank.ts'
import { samplePeople, type SamplePerson, seeded } from './sample-people.ts'

const key = deriveIndexKey(Buffer.alloc(32, 7))
const people = samplePeople(2000, 1)
const holders = new Map<bigint, SamplePerson[]>()

before(() => {
  for (const person of people) for (const one of contactTokens(key, person.personId, person.contact)) holders.set(one, [...(holders.get(one) ?? []), person])
})

/** What the vault does: alternatives in order, any token within a group, all groups; then rank. */
function find(query: string): SamplePerson[] {
  const candidates = new Set<SamplePerson>()
  for (const { tokenGroups } of queryTokens(key, query)) {
    const [first, ...rest] = tokenGroups.map((group) => new Set(group.flatMap((one) => holders.get(one) ?? [])))
    for (const person of first ?? []) if (rest.every((set) => set.has(person))) candidates.add(person)
  }
  return rank(query, [...candidates])
}

const asked = people.slice(0, 200)
const recall = (ask: (person: SamplePerson) => string): number => asked.filter((person) => find(ask(person)).includes(person)).length / asked.length
const surnameOf = ({ contact }: SamplePerson): string => contact.surname ?? ''
const givenOf = ({ contact }: SamplePerson): string => contact.given ?? ''

const passport: Record<string, string> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  к: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ф: 'f',
  х: 'kh',
  ц: 'ts',
  ч: 'ch',
  ш: 'sh',
  щ: 'shch',
  ъ: 'ie',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
}
const typedByHand: Record<string, string> = { ...passport, ё: 'yo', й: 'y', х: 'h', щ: 'sch', ъ: '', ю: 'yu', я: 'ya' }
const inLatin = (table: Record<string, string>, text: string): string => Array.from(text.toLowerCase(), (letter) => table[letter] ?? letter).join('')
const keys = "ё`йqцwуeкrеtнyгuшiщoзpх[ъ]фaыsвdаfпgрhоjлkдlж;э'яzчxсcмvиbтnьmб,ю."
const onEnglishLayout = (text: string): string =>
  Array.from(text.toLowerCase(), (letter) => (keys.includes(letter) && /[а-яё]/.test(letter) ? keys.charAt(keys.indexOf(letter) + 1) : letter)).join('')

test('Anna finds everyone by surname with or without the dots over ё', (t) => {
  const found = recall((person) => surnameOf(person).replaceAll('ё', 'е').toUpperCase())
  t.diagnostic(`recall ё/е ${found}`)
  assert.ok(found >= 0.99, String(found))
})

test('Anna types in Latin, as in a passport or as it comes, and finds 99 of 100', (t) => {
  for (const table of [passport, typedByHand]) {
    const alone = recall((person) => inLatin(table, surnameOf(person)))
    const withGiven = recall((person) => inLatin(table, `${surnameOf(person)} ${givenOf(person)}`))
    t.diagnostic(`recall in Latin ${alone}, with given name ${withGiven}`)
    assert.ok(alone >= 0.99 && withGiven >= 0.99, `${alone} ${withGiven}`)
  }
})

test('Anna forgets to switch the keyboard and finds 99 of 100 all the same', (t) => {
  const alone = recall((person) => onEnglishLayout(surnameOf(person)))
  const withGiven = recall((person) => onEnglishLayout(`${givenOf(person)} ${surnameOf(person)}`))
  t.diagnostic(`recall on the wrong layout ${alone}, with given name ${withGiven}`)
  assert.ok(alone >= 0.99 && withGiven >= 0.99, `${alone} ${withGiven}`)
})

test('Anna’s finger slips once and she still finds 95 of 100', (t) => {
  const random = seeded(5)
  const letter = (): string => 'абвгдежзиклмнопрстуфхцчшыэюя'.charAt(Math.trunc(random() * 28))
  const slip = (text: string): string => {
    const at = Math.trunc(random() * (text.length - 1))
    const [start, here, next] = [text.slice(0, at), text.charAt(at), text.slice(at + 1)]
    switch (Math.trunc(random() * 4)) {
      case 0:
        return start + next
      case 1:
        return start + letter() + here + next
      case 2:
        return start + letter() + next
      default:
        return start + next.charAt(0) + here + next.slice(1)
    }
  }
  const alone = recall((person) => slip(surnameOf(person).toLowerCase()))
  const withGiven = recall((person) => `${slip(surnameOf(person).toLowerCase())} ${givenOf(person)}`)
  t.diagnostic(`recall with one slip ${alone}, with given name ${withGiven}`)
  assert.ok(alone >= 0.95 && withGiven >= 0.95, `${alone} ${withGiven}`)
})

test('Anna types names in any order, initials, beginnings, and every person is found', (t) => {
  const asks: Record<string, (person: SamplePerson) => string> = {
    'surname given patronymic': ({ contact }) => `${contact.surname} ${contact.given} ${contact.patronymic}`,
    'given patronymic surname': ({ contact }) => `${contact.given} ${contact.patronymic} ${contact.surname}`,
    'given surname': (person) => `${givenOf(person)} ${surnameOf(person)}`,
    'surname and initials': ({ contact }) => `${contact.surname} ${contact.given?.charAt(0)}.${contact.patronymic?.charAt(0)}.`,
    'beginning of the surname': (person) => surnameOf(person).slice(0, 4),
    'surname and the phone’s last four digits': (person) => `${surnameOf(person)} ${person.contact.phones[0]?.e164.slice(-4)}`,
    phone: ({ contact }) => contact.phones[0]?.typed ?? '',
    'last four digits': ({ contact }) => contact.phones[0]?.e164.slice(-4) ?? '',
    'last seven digits': ({ contact }) => contact.phones[0]?.e164.slice(-7).replace(/(..)(..)$/, '-$1-$2') ?? '',
    'e-mail': ({ contact }) => contact.emails[0]?.address.toUpperCase() ?? '',
  }
  for (const [what, ask] of Object.entries(asks)) {
    const found = recall(ask)
    t.diagnostic(`${what}: ${found}`)
    assert.ok(found >= 0.995, `${what}: ${found}`)
  }
})

const contact = (surname: string, given?: string, patronymic?: string): Contact => ({ surname, given, patronymic, phones: [], emails: [] })
const ranked = (query: string, contacts: Contact[]): string[] =>
  rank(
    query,
    contacts.map((one, at) => ({ personId: String(at), contact: one })),
  ).map((one) => [one.contact.surname, one.contact.given, one.contact.patronymic].filter(Boolean).join(' '))

test('the nearest name stands first and strangers whose tokens met by chance are not shown', () => {
  const shelf = [contact('Ивановский'), contact('Иваноф'), contact('Иванов'), contact('Иванова'), contact('Петров'), contact('Ива')]
  assert.deepEqual(ranked('Иванов', shelf), ['Иванов', 'Иванова', 'Ивановский', 'Иваноф'])
})

test('another patronymic is another person, an unknown one comes later', () => {
  const shelf = [contact('Иванов', 'Иван'), contact('Иванов', 'Иван', 'Петрович'), contact('Иванов', 'Иван', 'Сергеевич'), contact('Иванов', 'Пётр', 'Сергеевич')]
  assert.deepEqual(ranked('иванов иван сергеевич', shelf), ['Иванов Иван Сергеевич', 'Иванов Иван'])
})

test('a double surname is found by either half', () => {
  assert.deepEqual(ranked('Водкин', [contact('Петров-Водкин', 'Кузьма')]), ['Петров-Водкин Кузьма'])
  const tokens = new Set(contactTokens(key, 'p', contact('Петров-Водкин', 'Кузьма')))
  for (const half of ['Водкин', 'Петров', 'Петров-Водкин', 'Петров Водкин'])
    assert.ok(
      queryTokens(key, half).some(({ tokenGroups: [group] }) => group?.some((one) => tokens.has(one))),
      half,
    )
})

test('whoever has another phone is not shown for last digits that only met by chance', () => {
  const shelf = [
    { personId: '1', contact: { phones: [{ e164: '+79161234567', typed: '' }], emails: [] } },
    { personId: '2', contact: { phones: [{ e164: '+79161234568', typed: '' }], emails: [] } },
  ]
  for (const query of ['4567', '23-45-67', '8 916 123-45-67'])
    assert.deepEqual(
      rank(query, shelf).map(({ personId }) => personId),
      ['1'],
      query,
    )
})

test('nothing is looked for when nothing was asked', () => {
  for (const query of ['', '  ', '\0', 'я'.repeat(1_000_000), '!!!']) assert.deepEqual(queryTokens(key, query), [], query.slice(0, 10))
})
