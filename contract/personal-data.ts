import type { Purpose } from './purposes.ts'

/**
 * What a module keeps about people, declared beside its code (`personal-data.ts`): the register of processing, exports and destruction read it,
 * and a test compares it with the tables that refer to a person, so that it can never be out of date.
 */
export type PersonalData = {
  table: string
  /** Why this is kept; several when the row serves several. */
  purposes: readonly Purpose[]
  /** In words of the register (152-ФЗ art. 22 ч.3 п.4: categories of personal data). */
  what: { ru: string; en: string }
  /**
   * What becomes of the row when the person is destroyed. `deleted`: it goes with the person. `unlinked`: it stays as statistics without the person.
   * `kept`: the id alone stays, as proof of what was done (art. 21 ч.7), and leads to nobody. `ends_first`: the row must end before the person can be destroyed.
   */
  atTheEnd: 'deleted' | 'unlinked' | 'kept' | 'ends_first'
}
