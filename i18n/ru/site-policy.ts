/** Words around the policy on a company's site. Only the server reads them. */
export const sitePolicy = {
  title: 'Обработка персональных данных',
  inForce: (version: number, date: string): string => `Редакция ${version}, действует с ${date}`,
  earlier: (version: number, date: string): string => `Прежняя редакция ${version}, опубликована ${date}. Сейчас действует другая.`,
  current: 'Действующая редакция',
  versions: 'Все редакции',
  versionsIntro: 'Каждая редакция хранится слово в слово. Контрольная сумма SHA-256 посчитана по тексту без оформления.',
  plain: 'Текст без оформления',
  hash: 'SHA-256',
  none: { title: 'Политика ещё не опубликована', text: 'Компания не опубликовала этот документ. Спросите её по телефону или почте.' },
  missing: { title: 'Такой редакции нет', text: 'Откройте список редакций и выберите нужную.' },
}
export type SitePolicyWords = typeof sitePolicy
