/**
 * What the register's codes mean to a reader: categories of people, what is done with their data, who else gets to see it
 * (152-ФЗ art. 18.1 ч.1 п.2: for each purpose apart). A line that a company added itself is told by the general words.
 */
import type { Language } from './facts.ts'

type Said = Record<Language, string>
type ActivityWords = { people: Said; operations: Said; recipients: Said }

const everyday: Said = {
  ru: 'сбор, запись, систематизация, накопление, хранение, уточнение, извлечение, использование, блокирование, уничтожение',
  en: 'collection, recording, systematisation, accumulation, storage, correction, retrieval, use, restriction, destruction',
}
const handedOver: Said = { ru: `${everyday.ru}; предоставление названным получателям`, en: `${everyday.en}; provision to the recipients named` }
const nobody: Said = { ru: 'никому, кроме государственных органов по их законному запросу', en: 'nobody but public bodies upon their lawful request' }
const clients: Said = { ru: 'клиенты и те, кто обратился с вопросом или заявкой', en: 'clients and those who came with a question or a request' }

const general: ActivityWords = { people: clients, operations: everyday, recipients: nobody }

const known: Readonly<Record<string, ActivityWords>> = {
  lead: {
    people: { ru: 'те, кто оставил заявку или задал вопрос', en: 'those who left a request or asked a question' },
    operations: handedOver,
    recipients: {
      ru: 'дилер, которому передана заявка этого человека, или дистрибьютор, от которого она пришла; дистрибьютору, от которого человек пришёл или которого называет его согласие, до 90 дней виден отпечаток телефона и почты без имени, чтобы узнать повторную заявку; других получателей нет, кроме государственных органов по их законному запросу',
      en: 'the dealer to whom this person’s request was handed on, or the distributor from whom it came; the distributor from whom the person came, or whom their consent names, has for ninety days a hash of the phone and e-mail without a name, to recognise a repeated request; no one else but public bodies upon their lawful request',
    },
  },
  relations: { people: { ru: 'клиенты, давшие согласие на связь', en: 'clients who agreed to be contacted' }, operations: everyday, recipients: nobody },
  marketing: { people: { ru: 'те, кто согласился получать рекламу', en: 'those who agreed to receive advertising' }, operations: everyday, recipients: nobody },
  test_drive: { people: { ru: 'участники тест-драйва', en: 'those who take a test drive' }, operations: everyday, recipients: nobody },
  sale: {
    people: { ru: 'покупатели автомобилей и их представители', en: 'buyers of cars and their representatives' },
    operations: handedOver,
    recipients: {
      ru: 'изготовитель или дистрибьютор для гарантии, регистрирующие и налоговые органы в случаях, названных законом',
      en: 'the maker or distributor for the warranty, registration and tax authorities in the cases named by law',
    },
  },
  service: {
    people: { ru: 'владельцы автомобилей и те, кто привёз автомобиль', en: 'owners of cars and those who brought one in' },
    operations: handedOver,
    recipients: { ru: 'изготовитель или дистрибьютор при гарантийном ремонте', en: 'the maker or distributor in a repair under warranty' },
  },
  credit: {
    people: { ru: 'покупатели, попросившие подобрать кредит или страховку', en: 'buyers who asked for a loan or an insurance to be found' },
    operations: handedOver,
    recipients: { ru: 'банк или страховщик, которого выбрал сам человек', en: 'the bank or insurer whom the person chose' },
  },
  recall: {
    people: { ru: 'владельцы автомобилей, подпадающих под отзыв', en: 'owners of cars that a recall concerns' },
    operations: handedOver,
    recipients: { ru: 'дилер, который устраняет недостаток', en: 'the dealer who mends the fault' },
  },
  employment: {
    people: { ru: 'сотрудники, в том числе бывшие', en: 'members of staff, also former ones' },
    operations: handedOver,
    recipients: { ru: 'налоговый орган, социальный фонд, банк для выплаты зарплаты', en: 'the tax authority, the social fund, the bank that pays the wages' },
  },
  rights: {
    people: { ru: 'те, кто обратился за своими правами, и их представители', en: 'those who came for their rights, and their representatives' },
    operations: everyday,
    recipients: nobody,
  },
  services: {
    people: { ru: 'клиенты и сотрудники компаний-пользователей', en: 'clients and staff of the companies that use the services' },
    operations: everyday,
    recipients: { ru: 'сама компания-пользователь, чьи это данные', en: 'the very company whose data it is' },
  },
}

/** Own keys only: a company may call a line `constructor`. */
export const activityWords = (code: string): ActivityWords => (Object.hasOwn(known, code) ? (known[code] ?? general) : general)

/** Wording of the standard register in English; what a company worded itself is shown as it was written. */
const english: ReadonlyMap<string, string> = new Map([
  ['Обработка обращений', 'Answering requests'],
  ['Связь с клиентом по согласию', 'Contact with clients by consent'],
  ['Реклама с согласия', 'Advertising with consent'],
  ['Новости и предложения по согласию', 'News and offers by consent'],
  ['Трудовые отношения', 'Employment'],
  ['Ответы на обращения субъектов', 'Answers to data subjects'],
  ['Тест-драйв', 'Test drive'],
  ['Продажа автомобилей', 'Sale of cars'],
  ['Обслуживание и ремонт', 'Maintenance and repair'],
  ['Подбор кредита и страхования', 'Finding a loan and an insurance'],
  ['Отзывные кампании', 'Recalls'],
  ['Хранение данных компаний-пользователей по их поручению', 'Keeping the data of user companies on their instruction'],
  ['закрытие обращения без сделки', 'the request is closed without a deal'],
  ['дата согласия или его отзыв, что раньше', 'the date of the consent, or its withdrawal when that is earlier'],
  ['прекращение трудового договора', 'the end of the employment contract'],
  ['ответ на обращение', 'the answer'],
  ['возврат автомобиля', 'the car is given back'],
  ['конец года, в котором исполнен договор', 'the end of the year in which the contract was performed'],
  ['конец года, в котором закрыт заказ-наряд', 'the end of the year in which the repair order was closed'],
  ['решение банка или страховщика', 'the decision of the bank or insurer'],
  ['завершение кампании', 'the end of the recall'],
  ['прекращение договора с компанией-пользователем', 'the end of the contract with the user company'],
  [
    'Уничтожение ключей шифрования записи, затем удаление строк; акт и выгрузка из журнала (приказ РКН от 28.10.2022 № 179)',
    'The record’s encryption keys are destroyed, then its rows removed; an act and an extract of the log remain (order of Roskomnadzor No. 179 of 28.10.2022)',
  ],
])

/** Wording of the register in the reader's language, as far as it is known there. */
export const registerText = (text: string, language: Language): string => (language === 'en' ? (english.get(text) ?? text) : text)
/** Whether the reader of English gets it in English. */
export const isTranslated = (text: string): boolean => english.has(text)
