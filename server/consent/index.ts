import { showContacting, showMayContact } from './contacting/may-contact.ts'
import { recordConsent } from './events/record-consent.ts'
import { showConsents } from './events/show-consents.ts'
import { listTexts, showText } from './texts/list-texts.ts'
import { publishText } from './texts/publish-text.ts'

export { consentJobs } from './jobs.ts'
export { consentPersonalData } from './personal-data.ts'
export const consentActions = [publishText, listTexts, showText, showConsents, recordConsent, showMayContact, showContacting]
