/**
 * The register of processing of each kind of company (152-ФЗ art. 18.1 ч.1, art. 22.1): what is done with people's data, why it may be, for how long.
 * Terms: 402-ФЗ art. 29 ч.1 (five years after the reporting year), ГК РФ art. 196 (limitation of three years), 152-ФЗ art. 21 ч.4 (thirty days after the
 * purpose is achieved), 125-ФЗ art. 22.1 ч.2 (fifty years for personnel).
 * Three terms hold no person and so have no line here: acts of destruction are kept three years under a surrogate id (приказ РКН от 28.10.2022 № 179 п. 8), the proof of
 * a consent goes with the person, whose ground of `relations` or `marketing` lasts three years after the consent (ГК РФ ст. 196), and the log names people by ids that
 * nobody can resolve once the keys are gone. Every activity also names the purpose `rights`: a person may ask about anything held (art. 14).
 */
import type { TenantKind } from '../../contract/identity/tenant.ts'
import type { Purpose } from '../../contract/purposes.ts'
import type { FactClass } from '../vault/index.ts'

/** A line of the register as the table `activities` holds it, without its tenant and ids. */
export type RegisterLine = {
  code: string
  name: string
  purposes: Purpose[]
  bases: ('consent' | 'contract' | 'law' | 'legitimate_interest')[]
  classes: FactClass[]
  retentionDays: number
  countsFromYearEnd: boolean
  retentionFrom: string
  legalRef: string
  destruction: string
}

/** Terms count from the very day unless the line says otherwise. */
type Line = Omit<RegisterLine, 'destruction' | 'countsFromYearEnd'> & { countsFromYearEnd?: true }

/** Five calendar years: at most two of them are leap years. */
const FIVE_YEARS = 1827
const THREE_YEARS = 1096
const FIFTY_YEARS = 18_263

const lead: Line = {
  code: 'lead',
  name: 'Обработка обращений',
  purposes: ['request_handling', 'sale', 'rights'],
  // By phone and in the showroom their own request is the ground; on the site the consent they tick.
  bases: ['contract', 'consent'],
  classes: ['contact', 'vehicle', 'communication'],
  retentionDays: 30,
  retentionFrom: 'закрытие обращения без сделки',
  legalRef: '152-ФЗ ст. 6 ч. 1 п. 5 (заключение договора по инициативе субъекта), п. 1 (согласие), ст. 21 ч. 4',
}
const relations: Line = {
  code: 'relations',
  name: 'Связь с клиентом по согласию',
  purposes: ['request_handling', 'sale', 'rights'],
  bases: ['consent'],
  classes: ['contact', 'vehicle', 'communication'],
  retentionDays: THREE_YEARS,
  retentionFrom: 'дата согласия или его отзыв, что раньше',
  legalRef: '152-ФЗ ст. 6 ч. 1 п. 1, ст. 9',
}
const marketing: Line = {
  code: 'marketing',
  name: 'Реклама с согласия',
  purposes: ['marketing', 'rights'],
  bases: ['consent'],
  classes: ['contact', 'vehicle'],
  retentionDays: THREE_YEARS,
  retentionFrom: 'дата согласия или его отзыв, что раньше',
  legalRef: '152-ФЗ ст. 9, ст. 15; 38-ФЗ ст. 18 ч. 1',
}
const employment: Line = {
  code: 'employment',
  name: 'Трудовые отношения',
  purposes: ['employment', 'rights'],
  bases: ['law', 'contract'],
  classes: ['contact', 'document'],
  retentionDays: FIFTY_YEARS,
  retentionFrom: 'прекращение трудового договора',
  legalRef: 'ТК РФ ст. 86–88; 125-ФЗ ст. 22.1 ч. 2',
}
const requests: Line = {
  code: 'rights',
  name: 'Ответы на обращения субъектов',
  purposes: ['rights'],
  bases: ['law'],
  classes: ['contact', 'document', 'vehicle', 'communication'],
  retentionDays: THREE_YEARS,
  retentionFrom: 'ответ на обращение',
  legalRef: '152-ФЗ ст. 14, ст. 20',
}
const dealerOnly: Line[] = [
  {
    code: 'test_drive',
    name: 'Тест-драйв',
    purposes: ['request_handling', 'sale', 'rights'],
    bases: ['contract'],
    classes: ['contact', 'document', 'communication'],
    retentionDays: THREE_YEARS,
    retentionFrom: 'возврат автомобиля',
    legalRef: '152-ФЗ ст. 6 ч. 1 п. 5; ГК РФ ст. 196, ст. 689',
  },
  {
    code: 'sale',
    name: 'Продажа автомобилей',
    purposes: ['sale', 'request_handling', 'rights'],
    bases: ['contract', 'law'],
    classes: ['contact', 'document', 'vehicle', 'communication'],
    retentionDays: FIVE_YEARS,
    countsFromYearEnd: true,
    retentionFrom: 'конец года, в котором исполнен договор',
    legalRef: '152-ФЗ ст. 6 ч. 1 п. 2, 5; 402-ФЗ ст. 29 ч. 1; ГК РФ ст. 454',
  },
  {
    code: 'service',
    name: 'Обслуживание и ремонт',
    purposes: ['service', 'request_handling', 'rights'],
    bases: ['contract', 'law'],
    classes: ['contact', 'vehicle', 'communication'],
    retentionDays: FIVE_YEARS,
    countsFromYearEnd: true,
    retentionFrom: 'конец года, в котором закрыт заказ-наряд',
    legalRef: '152-ФЗ ст. 6 ч. 1 п. 2, 5; 402-ФЗ ст. 29 ч. 1; ПП РФ № 290',
  },
  {
    code: 'credit',
    name: 'Подбор кредита и страхования',
    purposes: ['sale', 'rights'],
    bases: ['consent'],
    classes: ['contact', 'document'],
    retentionDays: THREE_YEARS,
    retentionFrom: 'решение банка или страховщика',
    legalRef: '152-ФЗ ст. 6 ч. 1 п. 1; ГК РФ ст. 196',
  },
]

/** `recall` lets the importer answer for safety; it needs no advertising consent (Закон о защите прав потребителей ст. 7). */
const recall: Line = {
  code: 'recall',
  name: 'Отзывные кампании',
  purposes: ['service', 'rights'],
  bases: ['law'],
  classes: ['contact', 'vehicle'],
  retentionDays: FIVE_YEARS,
  retentionFrom: 'завершение кампании',
  legalRef: 'ЗоЗПП ст. 7; 152-ФЗ ст. 6 ч. 1 п. 2',
}
/** What the vendor keeps for those who use its services, on their instruction (152-ФЗ art. 6 ч.3); the people are theirs and live in their own companies. */
const services: Line = {
  code: 'services',
  name: 'Хранение данных компаний-пользователей по их поручению',
  purposes: ['request_handling', 'sale', 'service', 'rights'],
  bases: ['contract'],
  classes: ['contact', 'document', 'vehicle', 'communication'],
  retentionDays: 30,
  retentionFrom: 'прекращение договора с компанией-пользователем',
  legalRef: '152-ФЗ ст. 6 ч. 3',
}
const news: Line = { ...marketing, name: 'Новости и предложения по согласию', classes: ['contact'] }
const linesOf: Record<TenantKind, Line[]> = {
  dealer: [lead, relations, marketing, ...dealerOnly, employment, requests],
  distributor: [lead, relations, marketing, recall, employment, requests],
  platform: [services, news, employment, requests],
}
const DESTRUCTION = 'Уничтожение ключей шифрования записи, затем удаление строк; акт и выгрузка из журнала (приказ РКН от 28.10.2022 № 179)'

/** The register a company of this kind begins with; its privacy officer goes on from there. */
export const standardRegister = (kind: TenantKind): readonly RegisterLine[] => linesOf[kind].map((line) => ({ countsFromYearEnd: false, ...line, destruction: DESTRUCTION }))
