/**
 * Invented people with plausible names, telephones nobody has, and addresses nobody receives mail at.
 * Surnames, given names and patronymics are drawn by the same weights that smooth the search tokens.
 */
import type { Contact } from '../vault/index.ts'
import { feminine, femaleNames, femalePatronymics, maleNames, malePatronymics, surnameShares } from '../vault/tokens/index.ts'
import { type Random, weighted } from './random.ts'

/**
 * Codes of the mobile range 9XX that are allotted to no operator in the published lists of the Russian numbering plan (the free ones are 907, 935, 942–948, 954, 957, 972–976, 979;
 * 940, 949, 959, 990 and 998 were given to territories later). Seven from the middle of the longest gaps: the likeliest to stay empty. They parse as Russian mobiles.
 */
export const unassignedCodes = ['944', '946', '947', '948', '974', '975', '976'] as const
/** RFC 2606 §3: kept for examples, no mail is delivered. */
export const mailDomains = ['example.com', 'example.org', 'example.net', 'pochta.example', 'mail.example'] as const

export type DrawnContact = Contact & { surname: string; given: string; sex: 'm' | 'f' }
export type PeopleSource = { next: (city: string) => DrawnContact }

// The list of surnames covers about half of the population; the rare rest is made of two roots, as many rare surnames are.
const tailFirst = ['Бел', 'Черн', 'Красн', 'Крив', 'Остр', 'Добр', 'Сух', 'Нов', 'Мал', 'Тих', 'Щедр', 'Быстр', 'Верх', 'Густ', 'Долг', 'Кругл'] as const
const tailSecond = [
  'бород',
  'нос',
  'глаз',
  'ус',
  'рог',
  'камен',
  'озер',
  'бров',
  'вод',
  'дуб',
  'ключ',
  'лоб',
  'ряд',
  'мост',
  'гор',
  'лес',
  'пол',
  'брод',
  'двор',
  'зор',
  'реч',
  'кос',
] as const
const TAIL_SHARE = 0.3

const drawSurname = weighted([...surnameShares])
const namesOf = (list: readonly { name: string; weight: number }[]): ((random: Random) => string) => weighted(list.map(({ name, weight }) => [name, weight] as const))
const drawGiven = { m: namesOf(maleNames), f: namesOf(femaleNames) }
const drawPatronymic = { m: namesOf(malePatronymics), f: namesOf(femalePatronymics) }

const streets = [
  'ул. Садовая',
  'ул. Лесная',
  'ул. Центральная',
  'ул. Молодёжная',
  'ул. Школьная',
  'ул. Набережная',
  'ул. Мира',
  'ул. Полевая',
  'ул. Заречная',
  'пр-т Победы',
  'ул. Новая',
  'ул. Гагарина',
] as const
const latin: Record<string, string> = {
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
  й: 'y',
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
  ъ: '',
  ы: 'y',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
}
const inLatin = (name: string): string => [...name.toLowerCase()].map((letter) => latin[letter] ?? '').join('')

const thisDayOf = (random: Random, year: number): string => `${year}-${String(random.int(1, 12)).padStart(2, '0')}-${String(random.int(1, 28)).padStart(2, '0')}`

/** As people write it: with an eight, with brackets, bare. */
function typedPhone(random: Random, national: string): string {
  const [a, b, c, d] = [national.slice(0, 3), national.slice(3, 6), national.slice(6, 8), national.slice(8)]
  switch (random.int(0, 4)) {
    case 0:
      return `8 (${a}) ${b}-${c}-${d}`
    case 1:
      return `+7 ${a} ${b}-${c}-${d}`
    case 2:
      return `8${national}`
    case 3:
      return `${a} ${b} ${c} ${d}`
    default:
      return `+7${national}`
  }
}

/** An endless source of people of one company. No telephone comes twice: the numbers walk through the whole range of 7·10⁷ by a step prime to it. */
export function peopleOf(random: Random, company: string): PeopleSource {
  const size = unassignedCodes.length * 10_000_000
  const step = 41_214_767
  let place = random.fork(`phones/${company}`).int(0, size - 1)
  const phone = (): Contact['phones'][number] => {
    place = (place + step) % size
    const national = `${unassignedCodes[Math.floor(place / 10_000_000)] ?? '944'}${String(place % 10_000_000).padStart(7, '0')}`
    return { e164: `+7${national}`, typed: typedPhone(random, national) }
  }
  let count = 0
  const email = (surname: string, given: string): Contact['emails'][number] => {
    const address = `${inLatin(given)}.${inLatin(surname)}${random.chance(0.5) ? random.int(1, 99) : `.${(count + 100).toString(36)}`}@${random.pick(mailDomains)}`
    return { address, typed: random.chance(0.2) ? `${address.charAt(0).toUpperCase()}${address.slice(1)}` : address }
  }
  const surnameOf = (sex: 'm' | 'f'): string => {
    const male = random.chance(TAIL_SHARE) ? `${random.pick(tailFirst)}о${random.pick(tailSecond)}ов` : drawSurname(random)
    return sex === 'f' ? feminine(male) : male
  }
  return {
    next: (city) => {
      count++
      const sex = random.chance(0.58) ? 'm' : 'f'
      const [surname, given] = [surnameOf(sex), drawGiven[sex](random)]
      const contact: DrawnContact = { surname, given, sex, phones: [phone()], emails: [] }
      // What a lead leaves out, a dealer does not know: not everybody gave everything.
      if (random.chance(0.62)) contact.patronymic = drawPatronymic[sex](random)
      if (random.chance(0.12)) contact.phones.push(phone())
      if (random.chance(0.46)) contact.emails.push(email(surname, given))
      if (random.chance(0.34)) contact.birthDate = thisDayOf(random, 2006 - Math.min(54, Math.floor(random.int(0, 30) + random.exponential(9))))
      if (random.chance(0.14)) contact.address = `${city}, ${random.pick(streets)}, д. ${random.int(1, 140)}, кв. ${random.int(1, 220)}`
      return contact
    },
  }
}
