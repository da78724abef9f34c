export type Forms = { one: string; few?: string; many?: string; other: string }

/** Chooses the word for a count (CLDR plural rules). Russian needs one, few, many; `other` is for fractions. */
export function pluralOf(locale: 'ru' | 'en'): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(locale)
  return (count, forms) => {
    const form = rules.select(count)
    return form === 'one' ? forms.one : form === 'few' ? (forms.few ?? forms.other) : form === 'many' ? (forms.many ?? forms.other) : forms.other
  }
}

/** `count` in figures and its word: `21 строка`, `22 строки`. */
export function countedOf(locale: 'ru' | 'en'): (count: number, forms: Forms) => string {
  const plural = pluralOf(locale)
  const figures = new Intl.NumberFormat(locale)
  return (count, forms) => `${figures.format(count)} ${plural(count, forms)}`
}
