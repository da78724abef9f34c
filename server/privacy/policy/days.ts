import { countedOf } from '../../../i18n/plural.ts'

const [ru, en] = [countedOf('ru'), countedOf('en')]

/** A term in days as people read it: `1 096 дней`. */
export const daysRu = (count: number): string => ru(count, { one: 'день', few: 'дня', many: 'дней', other: 'дня' })
export const daysEn = (count: number): string => en(count, { one: 'day', other: 'days' })
