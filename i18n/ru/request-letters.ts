import type { ExtensionReason, RefusalReason } from '../../contract/privacy/request.ts'
import { requests } from './requests.ts'

type About = { company: string; number: number; kind: keyof typeof requests.kinds; receivedOn: string; link: string | null }
const day = (date: string): string => date.split('-').toReversed().join('.')
const hello = ({ number, kind, receivedOn }: About): string => `Здравствуйте!\n\nВаш запрос № ${number} («${requests.kinds[kind].toLowerCase()}») получен ${day(receivedOn)}.\n`
const seeAt = ({ link }: About): string => (link ? `\nПодробности на вашей странице:\n${link}\n` : '\nПодробности можно получить у нас лично или письмом.\n')
const sign = ({ company }: About): string => `\n${company}\n`

/** Letters about requests of data subjects. They say that something has happened, never what is held. */
export const requestLetters = {
  subject: (number: number, company: string): string => `Запрос № ${number}: ${company}`,
  answered: (about: About): string => `${hello(about)}Ответ готов.${seeAt(about)}${sign(about)}`,
  executed: (about: About): string => `${hello(about)}Запрос исполнен.${seeAt(about)}${sign(about)}`,
  refused: (about: About, refusal: { reason: RefusalReason; article: string }): string =>
    `${hello(about)}В исполнении отказано: ${requests.refusals[refusal.reason].toLowerCase()} (152-ФЗ, ${refusal.article}).\nОтказ можно обжаловать в Роскомнадзоре или в суде (ст. 17).${seeAt(about)}${sign(about)}`,
  destroyed: (about: About, act: { number: number; on: string }): string =>
    `${hello(about)}Ваши персональные данные уничтожены, это подтверждает акт № ${act.number} от ${day(act.on)}. Ваш адрес, на который отправлено это письмо, тоже уничтожен.\nОтказ от рекламы, если он был, мы помним необратимым отпечатком.\n${sign(about)}`,
  extended: (about: About, extension: { reason: ExtensionReason; extendedTo: string }): string =>
    `${hello(about)}Мотивированное уведомление о продлении срока (152-ФЗ ст. 14 ч. 3, ст. 20): ответ будет дан до ${day(extension.extendedTo)}.\nПричина: ${requests.extendReasons[extension.reason]}.${seeAt(about)}${sign(about)}`,
}
