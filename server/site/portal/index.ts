import type { Jobs } from '../../kernel/index.ts'
import { askCode } from './enter/ask-code.ts'
import { enterByCode } from './enter/enter-by-code.ts'
import { enterByLink } from './enter/links.ts'
import { sendCode } from './enter/send-code.ts'
import { sweepPortal } from './enter/sweep.ts'
import { leaveOwn } from './own/leave.ts'
import { showHeld } from './own/show-held.ts'
import { showOwnLooks } from './own/show-looks.ts'
import { showOwnConsents } from './own/show-own-consents.ts'
import { showOwn } from './own/show-own.ts'
import { showRecipients } from './own/show-recipients.ts'
import { stopMarketing } from './own/stop-marketing.ts'
import { takeCopy } from './own/take-copy.ts'
import { withdrawOwn } from './own/withdraw.ts'

export { codeLetter, codeMessage } from './enter/code-letter.ts'
export { portalLink } from './enter/links.ts'
export { servePortal } from './pages/serve-portal.ts'
export { portalByHash, portalPersonalData } from './personal-data.ts'

const entering = [askCode, enterByCode, enterByLink]
const inside = [showOwn, showHeld, showOwnConsents, showRecipients, showOwnLooks, takeCopy, withdrawOwn, stopMarketing, leaveOwn]
export const portalActions = [...entering, ...inside]

/** Tasks of the page of the person; all may be run again. */
export const portalJobs: Jobs = {
  'portal-code': sendCode,
  'sweep-portal': sweepPortal,
}
