/**
 * Everything the product ever stores in a visitor's browser: the one list that the banner, the page of cookies and the policy are made of.
 * Whatever is not here may not be set; a test holds every page against it.
 */
export const trackerCategories = ['necessary', 'analytics', 'marketing'] as const
export type TrackerCategory = (typeof trackerCategories)[number]
/** What may be chosen: the necessary ones are what the visitor has asked for by coming. */
export const choosable = ['analytics', 'marketing'] as const
export type Choosable = (typeof choosable)[number]

/** No cookie lives longer than a year. */
export const MAX_TRACKER_DAYS = 365

export type Tracker = {
  name: string
  category: TrackerCategory
  purpose: { ru: string; en: string }
  /** Who receives it; all are ours, none is handed on. */
  provider: 'first_party'
  /** Zero: it ends with the browser's session. */
  lifetimeDays: number
}

export const trackers = [
  {
    name: 'infotech_form',
    category: 'necessary',
    purpose: { ru: 'отличает форму, отправленную с этого сайта, от подделанной на чужом', en: 'tells a form sent from this site from one forged on another' },
    provider: 'first_party',
    lifetimeDays: 0,
  },
  {
    name: 'infotech_choice',
    category: 'necessary',
    purpose: { ru: 'помнит ваш выбор по cookie, чтобы не спрашивать снова', en: 'remembers your choice of cookies, so that you are not asked again' },
    provider: 'first_party',
    lifetimeDays: 365,
  },
  {
    name: 'infotech_own',
    category: 'necessary',
    purpose: {
      ru: 'держит открытой страницу ваших данных после подтверждения адреса, не дольше двух часов',
      en: 'keeps the page of your data open after you confirmed your address, two hours at most',
    },
    provider: 'first_party',
    lifetimeDays: 1,
  },
  {
    name: 'language',
    category: 'necessary',
    purpose: { ru: 'помнит язык, который вы выбрали', en: 'remembers the language you chose' },
    provider: 'first_party',
    lifetimeDays: 365,
  },
  {
    name: 'infotech_seen',
    category: 'analytics',
    purpose: {
      ru: 'хранит дату вашего последнего дня на сайте, чтобы считать посетителей дня без номеров и имён',
      en: 'holds the date of your last day here, so that visitors of a day are counted without numbers or names',
    },
    provider: 'first_party',
    lifetimeDays: 180,
  },
  {
    name: 'infotech_from',
    category: 'marketing',
    purpose: {
      ru: 'хранит название рекламной кампании, с которой вы пришли, чтобы знать, какая реклама приводит заявки',
      en: 'holds the name of the campaign you came from, to know which advertising leads to requests',
    },
    provider: 'first_party',
    lifetimeDays: 90,
  },
] as const satisfies readonly Tracker[]

export type TrackerName = (typeof trackers)[number]['name']
export const trackerOf = (name: TrackerName): Tracker => trackers.find((tracker) => tracker.name === name) as Tracker
