import type { UnsubscribeWords } from '../ru/unsubscribe.ts'

/** Words of the page by which one says no to advertising. Only the server reads them. */
export const unsubscribeWords: UnsubscribeWords = {
  title: 'No more advertising',
  channels: { email: 'by e-mail', sms: 'in messages to your phone', call: 'by phone' },
  ask: (company, channel) => `${company} will send you no more advertising ${channel}. One press is enough: nothing to sign in to, nothing to confirm.`,
  stop: 'Stop advertising',
  stopped: (channels) => `Done. Advertising ${channels} is stopped, and whatever waited to be sent is cancelled.`,
  all: 'Stop advertising everywhere',
  allText: 'You can refuse letters, messages and calls with advertising all at once.',
  service: 'Answers to your requests, service appointments and messages about contracts go on: they are no advertising.',
  back: 'To get advertising again a new consent is needed: we shall not resume it by ourselves.',
  and: ' and ',
}
