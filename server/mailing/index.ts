import type { Jobs } from '../kernel/index.ts'
import { cancelMailing, createMailing, pauseMailing, startMailing } from './mailings/change-mailing.ts'
import { gather } from './mailings/gather.ts'
import { listMailings, listMessages, showMailing } from './mailings/list-mailings.ts'
import { countAudience, listAudience } from './mailings/show-audience.ts'
import { testMailing } from './mailings/test-mailing.ts'
import { queueEmitted, sendServiceMessage } from './outbound/queue-service.ts'
import { sendMessages, type Ways } from './outbound/send-messages.ts'
import { listServiceTemplates, listTemplates, showTemplate } from './templates/list-templates.ts'
import { publishTemplate } from './templates/publish-template.ts'
import { makeUnsubscribe, showUnsubscribe } from './unsubscribe/unsubscribe.ts'

export { testLetter } from './mailings/test-mailing.ts'
export { queueService } from './outbound/queue-service.ts'
export type { ServiceLetter, ServiceLetters } from './outbound/services.ts'
export { mailingPersonalData } from './personal-data.ts'
export { makeUnsubscribe, showUnsubscribe } from './unsubscribe/unsubscribe.ts'

const templateActions = [listServiceTemplates, listTemplates, showTemplate, publishTemplate]
const mailingActs = [countAudience, listAudience, listMailings, showMailing, listMessages, createMailing, testMailing, startMailing, pauseMailing, cancelMailing]
export const mailingActions = [...templateActions, ...mailingActs, sendServiceMessage, showUnsubscribe, makeUnsubscribe]

/** Tasks of this module by name; the worker runs each in a unit of work of its own. All may be run again. */
export const mailingJobs: Jobs = { 'service-letter': queueEmitted }

/** Long ones. A way out that is not there has no job: its messages wait in the queue until it is. */
export const mailingLongJobs = (ways: Ways) => ({
  'mailing-gather': gather,
  ...(ways.mailer ? { outbound: sendMessages(ways) } : {}),
  ...(ways.sms ? { 'outbound-sms': sendMessages(ways) } : {}),
})
