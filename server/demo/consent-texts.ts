/** The consent texts of a dealer or a distributor, one purpose each (152-ФЗ art. 9 ч.1 as of 1 September 2025, ч.4; 38-ФЗ art. 18 ч.1). What a consent says follows from these parts alone. */
import { createHash } from 'node:crypto'
import { consentKinds, type ConsentKind, type ConsentParts } from '../../contract/consent/consent.ts'
import { renderText } from '../../contract/consent/render-text.ts'
import type { Random } from './random.ts'
import type { Row } from './rows.ts'

const THREE_YEARS = 1096
const YEAR = 365
/** From this day a consent is given apart from everything else, so advertising got texts of its own anew. */
const separateSince = new Date('2025-09-01T06:00:00.000Z')

type Wording = { purpose: string; data: string[]; validDays: number; /** What version 1 said before consents were parted. */ before?: string }

const contacts = ['фамилия, имя и отчество', 'номер телефона', 'адрес электронной почты']
const wordings: Record<ConsentKind, Wording> = {
  request: {
    purpose: 'Связь по обращению клиента и подбор автомобиля.',
    data: [...contacts, 'модель интересующего автомобиля', 'содержание разговоров и писем'],
    validDays: THREE_YEARS,
  },
  advertising_data: {
    purpose: 'Продвижение товаров и услуг оператора: подбор предложений по истории покупок и обслуживания.',
    data: [...contacts, 'модель и год выпуска автомобиля', 'даты покупки и обслуживания'],
    validDays: THREE_YEARS,
    before: 'Продвижение товаров и услуг оператора.',
  },
  advertising_email: {
    purpose: 'Получение рекламы оператора по электронной почте, не чаще двух писем в месяц.',
    data: ['имя', 'адрес электронной почты'],
    validDays: THREE_YEARS,
    before: 'Получение рекламы оператора по электронной почте.',
  },
  advertising_sms: {
    purpose: 'Получение рекламы оператора в коротких сообщениях, не чаще двух в месяц.',
    data: ['имя', 'номер телефона'],
    validDays: THREE_YEARS,
    before: 'Получение рекламы оператора в коротких сообщениях.',
  },
  advertising_call: {
    purpose: 'Получение рекламы оператора по телефону от сотрудника, в рабочее время.',
    data: ['имя', 'номер телефона'],
    validDays: YEAR,
    before: 'Получение рекламы оператора по телефону.',
  },
  cookies_analytics: {
    purpose: 'Подсчёт посетителей сайта оператора за день, без номеров и имён.',
    data: ['дата последнего дня на сайте'],
    validDays: YEAR,
  },
  cookies_marketing: { purpose: 'Учёт того, какая реклама оператора приводит заявки.', data: ['название рекламной кампании'], validDays: YEAR },
}
const operations = ['сбор', 'запись', 'систематизация', 'хранение', 'уточнение', 'использование', 'блокирование', 'удаление', 'уничтожение']
/** A distributor answers through its dealers, and says so. */
const handedOn = {
  purpose: 'Связь по обращению клиента, подбор автомобиля и ответ официального дилера в выбранном городе.',
  operation: 'передача официальному дилеру, который ответит на обращение',
}
/** A dealer of a network lets its distributor recognise repeated requests, and says so. */
const compared = 'предоставление дистрибьютору отпечатка телефона и почты без имени, чтобы узнать повторное обращение'
const termOf = (days: number): string => (days === YEAR ? 'Один год со дня согласия или до его отзыва, что раньше.' : 'Три года со дня согласия или до его отзыва, что раньше.')

/** `publishedBy`: the officer who answers for personal data. `platform` keeps the database and is named as the one entrusted with it (152-ФЗ art. 6 ч.3). */
type Publisher = { random: Random; tenant: Row<'tenants'>; platform: { name: string; address: string }; publishedBy: string; firstAt: Date }

/** The texts of every kind; those on advertising in two versions, the second since consents must stand apart. */
export function textsOf({ random, tenant, platform, publishedBy, firstAt }: Publisher): Row<'consentTexts'>[] {
  const text = (kind: ConsentKind, version: number, purpose: string, at: Date): Row<'consentTexts'> => {
    const { data, validDays } = wordings[kind]
    const handsOn = kind === 'request' && tenant.kind === 'distributor'
    const parts: ConsentParts = {
      operator: { name: tenant.name, address: tenant.address },
      purpose: handsOn ? handedOn.purpose : purpose,
      data,
      processors: [platform],
      operations: kind !== 'request' ? operations : handsOn ? [...operations, handedOn.operation] : [...operations, compared],
      methods: 'Автоматизированная обработка и обработка без средств автоматизации, без передачи за границу.',
      term: termOf(validDays),
      withdrawal: `Письмом по адресу: ${tenant.address}, звонком или в салоне любому сотруднику; от рекламы в письме — по ссылке в нём.`,
    }
    const body = renderText(kind, parts)
    return {
      tenantId: tenant.tenantId,
      id: random.uuid(at),
      kind,
      version,
      parts,
      body,
      bodySha256: createHash('sha256').update(body, 'utf8').digest(),
      validDays,
      publishedBy,
      publishedAt: at,
    }
  }
  return consentKinds.flatMap((kind) => {
    const { purpose, before } = wordings[kind]
    return before ? [text(kind, 1, before, firstAt), text(kind, 2, purpose, separateSince)] : [text(kind, 1, purpose, firstAt)]
  })
}

/** The text of a kind that was in force at a moment. Throws RangeError when there was none. */
export function textAt(texts: readonly Row<'consentTexts'>[], kind: ConsentKind, at: number): Row<'consentTexts'> {
  const inForce = texts.filter((text) => text.kind === kind && text.publishedAt.getTime() <= at).sort((a, b) => b.version - a.version)[0]
  if (!inForce) throw new RangeError(`no text of ${kind} was in force`)
  return inForce
}
