import { site } from './site.ts'

type Asked = { name: string; company: string; number: number; interest: keyof typeof site.ask.interests; model: string | null; answerBy: string | null; link: string | null }

/** Letters of this area. Not part of the browser's words: only the server writes them. */
export const siteLetters = {
  request: {
    subject: ({ company, number }: Pick<Asked, 'company' | 'number'>): string => `Ваша заявка № ${number} принята: ${company}`,
    text: ({ name, company, number, interest, model, answerBy, link }: Asked): string =>
      [
        `Здравствуйте, ${name}!`,
        `${company} получила вашу заявку № ${number}: ${site.ask.interests[interest].toLowerCase()}${model ? `, ${model}` : ''}.`,
        answerBy ? `Сотрудник ответит вам до ${answerBy}.` : 'Сотрудник ответит вам в рабочее время.',
        ...(link
          ? [
              `Посмотреть, какие данные о вас хранятся, поправить их или отозвать согласие можно на вашей странице:\n${link}\nСсылка годится один раз, семь дней. Никому её не пересылайте.`,
            ]
          : []),
        'Если вы не оставляли заявку, откройте страницу и отзовите согласие, или просто ответьте на это письмо.',
        '',
      ].join('\n\n'),
  },
}
