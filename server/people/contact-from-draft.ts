import type { ContactDraft } from '../../contract/people/person.ts'
import { Refusal } from '../kernel/index.ts'
import { normaliseEmail, normaliseName, normalisePhone, splitFullName, typedNameOf, type Contact } from '../vault/index.ts'

type Problem = { at: string; why: string }

/**
 * What was typed, in canonical form, and the typed form kept beside it. Refuses (`invalid`, fields under `contact.`) a phone or e-mail that
 * cannot be read, a name without letters, and a contact by which nobody can be reached.
 */
export function contactFromDraft(draft: ContactDraft, options: { needsReach: boolean } = { needsReach: true }): Contact {
  const problems: Problem[] = []
  const phones = draft.phones.flatMap((typed, i) => {
    const phone = normalisePhone(typed)
    if (!phone) problems.push({ at: `contact.phones.${i}`, why: 'phone_format' })
    return phone ? [{ e164: phone.e164, typed }] : []
  })
  const emails = draft.emails.flatMap((typed, i) => {
    const address = normaliseEmail(typed)
    if (!address) problems.push({ at: `contact.emails.${i}`, why: 'email_format' })
    return address ? [{ address, typed }] : []
  })
  const name = nameOf(draft, problems)
  if (options.needsReach && draft.phones.length === 0 && draft.emails.length === 0) problems.push({ at: 'contact.phones', why: 'phone_or_email' })
  if (problems.length > 0) throw new Refusal('invalid', { fields: problems })
  const typedName = draft.typedName ? typedNameOf({ fullName: draft.typedName }, name) : typedNameOf(draft, name)
  return {
    ...name,
    ...(typedName ? { typedName } : {}),
    phones: unique(phones, 'e164'),
    emails: unique(emails, 'address'),
    birthDate: draft.birthDate,
    sex: draft.sex,
    address: draft.address,
  }
}

function nameOf(draft: ContactDraft, problems: Problem[]): { surname?: string | undefined; given?: string | undefined; patronymic?: string | undefined } {
  if (draft.fullName && !draft.surname && !draft.given) {
    const split = splitFullName(draft.fullName)
    if (split) return { surname: split.surname, given: split.given, patronymic: split.patronymic }
    problems.push({ at: 'contact.fullName', why: 'name_format' })
    return {}
  }
  const part = (at: 'surname' | 'given' | 'patronymic'): string | undefined => {
    const typed = draft[at]
    if (!typed) return undefined
    const name = normaliseName(typed)
    if (!name) problems.push({ at: `contact.${at}`, why: 'name_format' })
    return name ?? undefined
  }
  return { surname: part('surname'), given: part('given'), patronymic: part('patronymic') }
}

const unique = <T, K extends keyof T>(items: T[], key: K): T[] => [...new Map(items.map((item) => [item[key], item])).values()]
