import { MAX_SMS, placeholders, type TemplateDraft } from './template.ts'

export type TemplateProblem = {
  at: 'subject' | 'body' | 'code'
  why: 'advertising_in_service' | 'unknown_placeholder' | 'subject_needed' | 'subject_unused' | 'too_long_sms' | 'own_unsubscribe'
}

/** What makes a message advertising whatever it calls itself (38-ФЗ art. 3 п.1: it draws interest to goods). Stems, so that every case of a word is met. */
const advertising =
  /реклам|скидк|акци(?:я|и|ю|ей|ях)(?![а-яё])|распродаж|спецпредложени|специальн\S* предложени|выгод|подар(?:ок|к)|бонус|кешб[эе]к|кэшб[эе]к|розыгрыш|только до |успейте|новинк|тест-драйв\S* (?:новой|нового|новых)|кредит\S* от |рассрочк|\bsale\b|discount|special offer|promo|cashback|\bgift\b/i
const placeholder = /\{([^{}]*)\}/g
const unsubscribing = /отписа|отказаться от рассыл|unsubscribe/i

/**
 * Why a template may not be published. Service and advertising do not mix: a service message needs no consent to advertising, so it may hold
 * none. An advertising one gets its link and the text of its basis by itself, so it writes none of its own. Empty when it may be published.
 */
export function lintTemplate({ kind, channel, subject, body }: Pick<TemplateDraft, 'kind' | 'channel' | 'subject' | 'body'>): TemplateProblem[] {
  const problems: TemplateProblem[] = []
  for (const [at, text] of [
    ['subject', subject],
    ['body', body],
  ] as const) {
    if (kind === 'service' && advertising.test(text)) problems.push({ at, why: 'advertising_in_service' })
    if ([...text.matchAll(placeholder)].some(([, name]) => !placeholders.some((known) => known === name)) || /[{}]/.test(text.replace(placeholder, '')))
      problems.push({ at, why: 'unknown_placeholder' })
  }
  if (kind === 'advertising' && unsubscribing.test(body)) problems.push({ at: 'body', why: 'own_unsubscribe' })
  if (channel === 'email' && subject === '') problems.push({ at: 'subject', why: 'subject_needed' })
  if (channel === 'sms' && subject !== '') problems.push({ at: 'subject', why: 'subject_unused' })
  if (channel === 'sms' && body.length > MAX_SMS) problems.push({ at: 'body', why: 'too_long_sms' })
  return problems
}
