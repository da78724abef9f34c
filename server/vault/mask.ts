import type { Contact, Facts, MaskedCar, MaskedContact } from './protocol.ts'

/** A contact as lists show it: «Иванова А. П.», last four digits, first letter of the address. */
export function maskContact(contact: Contact): MaskedContact {
  const { surname, given, patronymic } = contact
  const parts = surname ? [surname, initial(given), initial(patronymic)] : [given ?? '', initial(patronymic)]
  const name = parts.filter((part) => part !== '').join(' ')
  return { name, phone: maskPhone(contact.phones[0]?.e164), email: maskEmail(contact.emails[0]?.address) }
}

/** «С. П.»: by which those who share an address tell whose line is whose, and by which nobody else learns who that is. */
export const hintOf = ({ surname, given }: Contact): MaskedContact => ({ ...noContact, name: [initial(surname), initial(given)].filter((part) => part !== '').join(' ') })

export const noContact: MaskedContact = { name: '', phone: null, email: null }

const initial = (word: string | undefined): string => {
  const [letter] = word ?? ''
  return letter ? `${letter}.` : ''
}

function maskPhone(e164: string | undefined): string | null {
  const digits = e164?.replace(/\D/g, '') ?? ''
  return digits.length < 4 ? null : `··· ${digits.slice(-4, -2)} ${digits.slice(-2)}`
}

function maskEmail(address: string | undefined): string | null {
  const at = address?.lastIndexOf('@') ?? -1
  const [letter] = address ?? ''
  return at < 1 || !letter ? null : `${letter}···${address?.slice(at)}`
}

/** Enough to tell a client's cars apart, too little to look one up: «4521», «А ··· ВС 77». */
export function maskCar(recordId: string, { vin, plate }: Facts['vehicle']): MaskedCar {
  const letters = plate === undefined ? null : /^(\p{L}+)\d+(\p{L}+)(\d{2,3})?$/u.exec(plate)
  return {
    recordId,
    vinTail: vin !== undefined && vin.length >= 8 ? vin.slice(-4) : null,
    plateMasked: letters ? [letters[1], '···', letters[2], letters[3]].filter(Boolean).join(' ') : plate ? '···' : null,
  }
}
