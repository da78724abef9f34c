import type { z } from 'zod'
import { lintTemplate, type TemplateProblem } from '../../../contract/mailing/lint-template.ts'
import { TemplateDraft, type Template } from '../../../contract/mailing/template.ts'

/** Of the version before, else empty: a letter about the client's own business. */
export function draftOf(before: Template | null): TemplateDraft {
  if (!before) return { code: '', kind: 'service', channel: 'email', name: '', subject: '', body: '' }
  const { code, kind, channel, name, subject, body } = before
  return { code, kind, channel, name, subject, body }
}

/** What the linter has against the draft so far; what is not written yet is left in peace. */
export const lintDraft = (draft: TemplateDraft): TemplateProblem[] =>
  lintTemplate(draft).filter(({ why, at }) => draft[at] !== '' || (why === 'subject_needed' && draft.body !== ''))

/** The draft as the form checks it: the contract's rules and the linter's. */
export const draftSchema = TemplateDraft.superRefine((draft, ctx) => {
  for (const { at, why } of lintTemplate(draft)) ctx.addIssue({ code: 'custom', path: [at], message: why })
}) satisfies z.ZodType<TemplateDraft>
