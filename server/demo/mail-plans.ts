/** What the marketers of the demo have written: their templates, and which of them has gone out. */

type TemplateSketch = { code: string; kind: 'service' | 'advertising'; channel: 'email' | 'sms'; name: string; subject: string; body: string }

const dealerTemplates: readonly TemplateSketch[] = [
  {
    code: 'visit_reminder',
    kind: 'service',
    channel: 'email',
    name: 'Напоминание о визите',
    subject: 'Ждём вас в {company}',
    body: 'Здравствуйте, {name}!\n\nНапоминаем о вашем визите. Адрес: {address}.\nЕсли планы изменились, ответьте на звонок нашего оператора или перезвоните сами.\n\n{company}',
  },
  { code: 'car_ready', kind: 'service', channel: 'sms', name: 'Автомобиль готов', subject: '', body: '{name}, ваш автомобиль готов, можно забирать. {company}, {address}' },
  {
    code: 'winter_service',
    kind: 'advertising',
    channel: 'email',
    name: 'Зимний сервис',
    subject: 'Проверим машину к зиме со скидкой',
    body: 'Здравствуйте, {name}!\n\nДо конца месяца проверяем аккумулятор, тормоза и подвеску со скидкой 15 %. Записаться можно по телефону или на сайте.\n\n{company}, {address}',
  },
  { code: 'test_weekend', kind: 'advertising', channel: 'sms', name: 'Выходные тест-драйвов', subject: '', body: '{name}, в эти выходные прокатим на любой модели. {company}' },
]

const importerTemplates: readonly TemplateSketch[] = [
  {
    code: 'recall_campaign',
    kind: 'service',
    channel: 'email',
    name: 'Отзывная кампания',
    subject: 'Бесплатная работа по вашему автомобилю',
    body: 'Здравствуйте, {name}!\n\nНа автомобилях части выпуска меняем крепление топливной трубки. Это бесплатно и занимает около часа у любого официального дилера.\nПозвоните дилеру и назовите VIN: он проверит, касается ли это вашей машины.\n\n{company}',
  },
  {
    code: 'dealer_answers',
    kind: 'service',
    channel: 'sms',
    name: 'Ответит дилер',
    subject: '',
    body: '{name}, вашу заявку получил официальный дилер, он позвонит вам сам. {company}',
  },
  {
    code: 'premiere',
    kind: 'advertising',
    channel: 'email',
    name: 'Показ у дилеров',
    subject: 'Новая «Лира» уже в салонах',
    body: 'Здравствуйте, {name}!\n\nГибридную «Лиру» можно посмотреть и проехать на ней у официальных дилеров. До конца месяца комплект зимних колёс к ней в подарок.\nАдреса и часы работы есть на нашем сайте.\n\n{company}',
  },
  {
    code: 'drive_weekend',
    kind: 'advertising',
    channel: 'sms',
    name: 'Выходные тест-драйвов',
    subject: '',
    body: '{name}, в эти выходные дилеры прокатят на любой модели. {company}',
  },
]

export type MailPlan = { templates: readonly TemplateSketch[]; /** By the template's code. */ mailed: { code: string; name: string; daysAgo: number } }

export const dealerMail: MailPlan = { templates: dealerTemplates, mailed: { code: 'winter_service', name: 'Зимний сервис', daysAgo: 11 } }
/** The importer holds whoever asked in the last weeks, so its letter is of these days. */
export const importerMail: MailPlan = { templates: importerTemplates, mailed: { code: 'premiere', name: 'Показ «Лиры» у дилеров', daysAgo: 3 } }
