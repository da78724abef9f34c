/** What a column of an uploaded table can mean for a lead. */
export const tableFields = [
  'fullName',
  'surname',
  'given',
  'patronymic',
  'company',
  'phone',
  'email',
  'brand',
  'model',
  'year',
  'vin',
  'plate',
  'interest',
  'comment',
  'receivedAt',
  'source',
  'externalRef',
  'city',
  'outlet',
  'responsible',
] as const
export type TableField = (typeof tableFields)[number]

/** Heading → field. A person may have several phones and e-mails; every other field is taken once. */
export type TableMapping = Record<string, TableField>

/** In order: a heading belongs to the first rule it satisfies. Tested on words in lower case, ё as е, without digits and punctuation. */
const rules: readonly (readonly [TableField, RegExp])[] = [
  [
    'fullName',
    /^(?:фио|ф и о|фио .*|.* фио|полное имя|имя полностью|имя клиента|клиент|покупатель|контакт|контактное лицо|full ?name|name|customer|customer name|client|client name|contact|contact name)$/,
  ],
  ['patronymic', /^(?:.* )?(?:отчество|middle ?name|patronymic|second name)(?: .*)?$/],
  ['surname', /^(?:.* )?(?:фамилия|last ?name|surname|family ?name)(?: .*)?$/],
  ['given', /^(?:имя|имя .*|first ?name|given ?name|forename)$/],
  ['company', /^(?:компания|организация|название (?:компании|организации)|наименование организации|юр(?:идическое)? лицо|company|company name|organi[sz]ation|business name)$/],
  ['email', /^(?:.* )?(?:e ?mail|email|имейл|емейл|мейл|мыло|почта|эл почта|электронная почта|mail)(?: .*)?$/],
  ['phone', /^(?:.* )?(?:тел|телефон|телефона|телефоны|моб|мобильный|сотовый|phone|phones|mobile|cell|cellphone|tel|telephone|msisdn)(?: .*)?$/],
  ['vin', /^(?:.* )?(?:vin|вин)(?: .*)?$/],
  ['plate', /^(?:гос ?номер|госномер|гос номер|грз|регистрационный (?:номер|знак)|номер (?:авто|автомобиля|машины)|plate|plate number|licen[cs]e plate|registration number)$/],
  ['brand', /^(?:марка|марка .*|бренд|brand|make|car brand|car make)$/],
  ['model', /^(?:модель|модель .*|model|car model|автомобиль|авто|машина|интересующий автомобиль|car|vehicle)$/],
  ['year', /^(?:год|год выпуска|год (?:авто|автомобиля)|year|model year)$/],
  ['interest', /^(?:интерес|тип (?:заявки|обращения|лида)|вид обращения|цель|interest|request type|lead type)$/],
  ['externalRef', /^(?:id|ид|код|номер (?:заявки|лида|обращения)|id (?:заявки|лида)|lead id|request id|external id|number)$/],
  ['receivedAt', /^(?:дата|дата .*|время|время (?:заявки|обращения|создания)|создан|создано|date|date .*|created|created at|received|received at|timestamp)$/],
  ['source', /^(?:источник|источник .*|канал|канал .*|рекламная кампания|откуда .*|source|lead source|channel|campaign|utm source)$/],
  ['city', /^(?:город|населенный пункт|регион|city|town|region)$/],
  ['outlet', /^(?:салон|автосалон|дилер|дилерский центр|дц|филиал|outlet|dealer|dealership|showroom)$/],
  ['responsible', /^(?:ответственный|менеджер|продавец|сотрудник|responsible|manager|owner|assignee)$/],
  [
    'comment',
    /^(?:комментарий|комментарии|комментарий .*|примечание|примечания|заметка|заметки|сообщение|текст|текст .*|вопрос|описание|comment|comments|note|notes|message|text|description|question)$/,
  ],
]
const repeatable: ReadonlySet<TableField> = new Set(['phone', 'email'])
const HEADING_LIMIT = 100

/** Guesses what the columns mean from Russian and English headings; a person confirms it. Headings that say nothing known are left out. */
export function guessMapping(header: readonly string[]): TableMapping {
  const taken = new Set<TableField>()
  const pairs: [string, TableField][] = []
  for (const heading of header) {
    const words = wordsOf(heading)
    const field = rules.find(([field, rule]) => rule.test(words) && (repeatable.has(field) || !taken.has(field)))?.[0]
    if (!field || isDateOfBirth(words)) continue
    taken.add(field)
    pairs.push([heading, field])
  }
  return Object.fromEntries(pairs)
}

function wordsOf(heading: string): string {
  return heading
    .slice(0, HEADING_LIMIT)
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^a-zа-я]+/g, ' ')
    .trim()
}

/** Not when the lead came; and a birthday has no place in a lead. */
function isDateOfBirth(words: string): boolean {
  return /рожд|birth/.test(words)
}
