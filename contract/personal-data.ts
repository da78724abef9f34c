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
  what: Bilingual
  /**
   * What becomes of the row when the person is destroyed. `deleted`: it goes with the person. `unlinked`: it stays as statistics without the person.
   * `kept`: the id alone stays, as proof of what was done (art. 21 ч.7), and leads to nobody. `ends_first`: the row must end before the person can be destroyed.
   */
  atTheEnd: 'deleted' | 'unlinked' | 'kept' | 'ends_first'
  /**
   * What changes in rows that stay, while they still know the person: it ends what waits in them, and empties what could lead to the person. `$1` is the tenant, `$2` the
   * people, `$3`, where it is wanted, the moment.
   */
  emptied?: string
  /** Without it the answer to the person names the table by `what` alone. */
  read?: PersonRead
}

/**
 * A table that knows people without their id: by a keyed hash of an address, by the hash of a token in their hands, by their account. Nobody is found in it without
 * the word that was hashed; all the same each row is somebody's, so it is declared with why it is kept and for how long (152-ФЗ art. 5 ч.7), and the same test
 * compares. Tables that refer to a person as well are declared as `PersonalData` alone.
 */
export type HashedData = Pick<PersonalData, 'table' | 'purposes' | 'what'> & { until: Bilingual }

export type Bilingual = { ru: string; en: string }
/** Codes in words of both languages, from the two halves of i18n. */
export const inBoth = <Code extends string>(ru: Readonly<Record<Code, string>>, en: Readonly<Record<Code, string>>): Record<string, Bilingual> =>
  Object.fromEntries(Object.keys(ru).map((code) => [code, { ru: ru[code as Code], en: en[code as Code] }]))

/** How the answer to the person (152-ФЗ art. 14 ч.7 п.5) reads what a table holds about them. */
export type PersonRead = {
  /**
   * `$1` is the tenant, `$2` the person. Gives `id`, and a column for each of `columns` (text, whole numbers, instants); newest first. A column `source` says where
   * data came from, one called `text` is filled from the sealed words that bear the row's id. No names: a colleague stands there by position.
   */
  sql: string
  columns: Readonly<Record<string, Bilingual>>
  /** Codes of a column in words; a code that is missing stands as it is. */
  words?: Readonly<Record<string, Readonly<Record<string, Bilingual>>>>
  /** Who wrote the sealed words that bear the ids of these rows: the person's own go into every answer, those of staff only where the officer says so. */
  texts?: 'person' | 'staff'
}
