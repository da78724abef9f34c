import type { Notebook } from './notebook.ts'
import type { Element } from './read-tree.ts'
import { splitName } from './split-name.ts'
import type { AdfAddress, AdfContact, AdfEmail, AdfName, AdfPhone } from './types.ts'

/** Names repeated without end must not grow without end. */
const NAME_LIMIT = 500

/** `home`, `work`, `business` and `mobile` are not in the standard and are everywhere. */
const phoneTypes = {
  voice: 'voice',
  cellphone: 'cellphone',
  fax: 'fax',
  pager: 'pager',
  mobile: 'cellphone',
  cell: 'cellphone',
  home: 'home',
  work: 'work',
  business: 'work',
  phone: 'voice',
  day: 'voice',
  evening: 'voice',
} as const
const phoneTimes = { morning: 'morning', afternoon: 'afternoon', evening: 'evening', day: 'day', nopreference: 'any' } as const
const nameParts = {
  surname: 'surname',
  last: 'surname',
  lastname: 'surname',
  first: 'given',
  firstname: 'given',
  given: 'given',
  middle: 'patronymic',
  patronymic: 'patronymic',
  full: 'full',
} as const
const nameTypes = { individual: 'individual', business: 'business' } as const
const yes = { '1': 'yes', yes: 'yes', true: 'yes', '0': 'no', no: 'no', false: 'no' } as const

/** How to reach somebody: a `contact`, or a provider that has `email` and `phone` of its own. */
export function readContact(book: Notebook, element: Element): AdfContact {
  const emails = book
    .all(element, 'email')
    .map((email) => readEmail(book, email))
    .filter(({ typed }) => typed !== '')
  const phones = book
    .all(element, 'phone')
    .map((phone) => readPhone(book, phone))
    .filter(({ typed }) => typed !== '')
  const address = book.one(element, 'address')
  return { name: readName(book, element), emails, phones, address: address && readAddress(book, address) }
}

function readName(book: Notebook, contact: Element): AdfName {
  const name: AdfName = { surname: null, given: null, patronymic: null, company: null, full: null, isGuess: false }
  let full: Element | null = null
  for (const element of book.all(contact, 'name')) {
    const text = book.text(element)
    if (text === '') continue
    const part = book.choice(element, 'part', nameParts, 'full')
    if (book.choice(element, 'type', nameTypes, 'individual') === 'business') name.company = (name.company ? `${name.company} ${text}` : text).slice(0, NAME_LIMIT)
    else if (part === 'full') full ??= element
    else if (name[part] === null) name[part] = text
    else if (name[part] !== text) {
      // Two surnames or two given names are both kept: some senders give `surname` and `last` to different words.
      book.note('value_repeated', element)
      name[part] = `${name[part]} ${text}`.slice(0, NAME_LIMIT)
    }
  }
  if (!full || name.surname || name.given) return name
  book.note('name_guessed', full)
  const whole = book.text(full)
  const guess = splitName(whole)
  return { ...name, ...guess, patronymic: name.patronymic ?? guess.patronymic, full: whole, isGuess: true }
}

function readEmail(book: Notebook, element: Element): AdfEmail {
  return { typed: book.text(element), isPreferred: book.choice(element, 'preferredcontact', yes, 'no') === 'yes' }
}

function readPhone(book: Notebook, element: Element): AdfPhone {
  const type = book.choice(element, 'type', phoneTypes, 'voice')
  const time = book.choice(element, 'time', phoneTimes, 'any')
  return {
    typed: book.text(element),
    kind: type === 'home' || type === 'work' ? 'voice' : type,
    place: type === 'home' || type === 'work' ? type : null,
    time: time === 'any' ? null : time,
    isPreferred: book.choice(element, 'preferredcontact', yes, 'no') === 'yes',
  }
}

function readAddress(book: Notebook, element: Element): AdfAddress | null {
  const street = book
    .all(element, 'street')
    .map((line) => book.text(line))
    .filter(Boolean)
    .join(', ')
  const address: AdfAddress = {
    street: street || null,
    apartment: book.value(element, 'apartment'),
    city: book.value(element, 'city'),
    region: book.value(element, 'regioncode'),
    postalCode: book.value(element, 'postalcode'),
    country: book.value(element, 'country'),
  }
  return Object.values(address).some((part) => part !== null) ? address : null
}
