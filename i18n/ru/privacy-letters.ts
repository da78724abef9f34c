import { countedOf } from '../plural.ts'

const counted = countedOf('ru')
const people = (count: number): string => counted(count, { one: 'человек', few: 'человека', many: 'человек', other: 'человека' })
const day = (date: string): string => date.split('-').toReversed().join('.')

/** Letters to those who answer for personal data in a company. The terms are of Russian law, so they exist in Russian only; they name nobody. */
export const privacyLetters = {
  block: {
    subject: {
      near: 'Подходит срок блокирования персональных данных',
      urgent: 'Срок блокирования персональных данных истекает на этой неделе',
      late: 'Срок блокирования персональных данных истёк',
    },
    text: ({ stage, count, endsOn, link }: { stage: 'near' | 'urgent' | 'late'; count: number; endsOn: string; link: string }): string =>
      [
        `Заблокированы данные: ${people(count)}. Ближайший срок: ${day(endsOn)}.`,
        'Данные, которые нельзя уничтожить в срок, блокируются и уничтожаются не позднее шести месяцев (152-ФЗ, ст. 21 ч. 6).',
        stage === 'late'
          ? 'Срок прошёл: уничтожьте данные сегодня или снимите блокирование, если проверка закончена.'
          : 'Закончите проверку: снимите блокирование или уничтожьте данные.',
        `Список со сроками: ${link}`,
      ].join('\n\n'),
  },
}
