import type { Words } from '../../../../i18n/ru/index.ts'

/** A scope in words; a scope that has none yet is shown by its code. */
export const scopeName = (t: Words['identity'], scope: string): string => (t.scopeNames as Readonly<Record<string, string>>)[scope] ?? scope
