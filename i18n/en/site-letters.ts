import type { siteLetters as russian } from '../ru/site-letters.ts'
import { site } from './site.ts'

export const siteLetters: typeof russian = {
  request: {
    subject: ({ company, number }) => `Your request No. ${number} has come in: ${company}`,
    text: ({ name, company, number, interest, model, answerBy, link }) =>
      [
        `Hello, ${name}!`,
        `${company} has received your request No. ${number}: ${site.ask.interests[interest].toLowerCase()}${model ? `, ${model}` : ''}.`,
        answerBy ? `Somebody will answer you by ${answerBy}.` : 'Somebody will answer you in working hours.',
        ...(link ? [`See what is held about you, correct it or withdraw your consent on your page:\n${link}\nThe link is good once, for seven days. Do not pass it on.`] : []),
        'If you have not sent a request, open the page and withdraw the consent, or just answer this letter.',
        '',
      ].join('\n\n'),
  },
}
