import { contactFromDraft } from '../../people/index.ts'
import { Refusal } from '../../kernel/index.ts'
import type { SiteConsent } from '../../../contract/site/request.ts'
import type { ContactDraft } from '../../../contract/people/person.ts'
import type { Contact } from '../../vault/index.ts'

const fields: Record<string, string> = { 'contact.fullName': 'name', 'contact.phones': 'phone', 'contact.phones.0': 'phone', 'contact.emails.0': 'email' }

type Problem = { at: string; why: string }
type Typed = { name: string; phone: string; email: string; consents: readonly { kind: SiteConsent }[] }

/**
 * The fields of the form as a contact. Refuses everything that is wrong with them at once, under the form's own names; without consent to processing for
 * this request nothing may be taken in at all (152-ФЗ art. 9 ч.1).
 */
export function readContact({ name, phone, email, consents }: Typed): { draft: ContactDraft; contact: Contact } {
  const draft = { ...(name === '' ? {} : { fullName: name }), phones: phone === '' ? [] : [phone], emails: email === '' ? [] : [email] }
  const problems: Problem[] = name === '' ? [{ at: 'name', why: 'needed' }] : []
  const contact = contactOr(problems, draft)
  if (!consents.some(({ kind }) => kind === 'request')) problems.push({ at: 'consents', why: 'consent_needed' })
  if (!contact || problems.length > 0) throw new Refusal('invalid', { fields: problems })
  return { draft, contact }
}

function contactOr(problems: Problem[], draft: ContactDraft): Contact | null {
  try {
    return contactFromDraft(draft)
  } catch (error) {
    if (!(error instanceof Refusal) || !error.fields) throw error
    problems.push(...error.fields.map(({ at, why }) => ({ at: fields[at] ?? at, why })))
    return null
  }
}
