import type { z } from 'zod'
import type { UiWords } from './words.tsx'

export type FieldErrors = Readonly<Record<string, string>>
/** What the server's refusal looks like to a form, whoever sends it. */
export type Refusal = { message: string; fields: readonly { at: string; why: string }[] }

type Issue = { code?: string | undefined; path: readonly PropertyKey[]; message: string; minimum?: unknown; maximum?: unknown; origin?: string | undefined; input?: unknown }

/** A zod issue in the person's words. */
export function wording(issue: Issue, value: unknown, words: UiWords['wrong']): string {
  const isEmpty = value === undefined || value === null || value === ''
  if (isEmpty) return words.required
  const isText = issue.origin === 'string'
  if (issue.code === 'too_small') return isText ? words.tooShort(Number(issue.minimum)) : words.tooSmall(Number(issue.minimum))
  if (issue.code === 'too_big') return isText ? words.tooLong(Number(issue.maximum)) : words.tooBig(Number(issue.maximum))
  if (issue.code === 'invalid_format') return words.format
  return issue.code === 'custom' ? sentenceOf(issue.message, words) : words.any
}

const valueAt = (draft: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], draft)

/** A refinement of the contract and a refusal of the server name a code; what is no code is a sentence already. */
export const sentenceOf = (why: string, words: UiWords['wrong']): string => (/^[a-z_]+$/.test(why) ? (words.codes[why] ?? words.any) : why || words.any)

/** Fields of a form in words, by name; what `say` leaves out is shown as it is. */
export type Told = { names: Readonly<Record<string, string>>; say: (field: string, value: unknown) => string | undefined }

/** Somebody was faster. `theirs` is what stands there now, in the fields of the form that was sent. */
export class Overwritten extends Error {
  readonly theirs: Readonly<Record<string, unknown>>
  readonly told: Told
  constructor(theirs: Readonly<Record<string, unknown>>, told: Told) {
    super('overwritten')
    this.theirs = theirs
    this.told = told
  }
}

/** Checks a draft by the contract. Errors by dotted path, the first of each; `value` only when there are none. */
export function checkDraft<S extends z.ZodType>(schema: S, draft: unknown, words: UiWords['wrong']): { value: z.output<S> } | { errors: FieldErrors } {
  const result = schema.safeParse(draft)
  if (result.success) return { value: result.data }
  const errors: Record<string, string> = {}
  for (const issue of result.error.issues) errors[issue.path.join('.')] ??= wording(issue, valueAt(draft, issue.path), words)
  return { errors }
}

/** Field errors out of whatever was thrown; null when it names no field. */
export function refusalOf(error: unknown): Refusal | null {
  if (!(error instanceof Error) || !('fields' in error) || !Array.isArray(error.fields)) return null
  const fields = (error.fields as unknown[]).filter((field): field is { at: string; why: string } => typeof field === 'object' && field !== null && 'at' in field && 'why' in field)
  return fields.length > 0 ? { message: error.message, fields } : null
}
