import { z } from 'zod'
import { ConsentParts, type ConsentKind } from '../../../../contract/consent/consent.ts'
import { lintText } from '../../../../contract/consent/lint-text.ts'

/** A text as it is written in the editor: lists are lines, a party is `name, address` on a line. */
export type TextDraft = {
  operatorName: string
  operatorAddress: string
  purpose: string
  data: string
  processors: string
  operations: string
  methods: string
  term: string
  withdrawal: string
  validDays: number | null
  /** Signed on paper: the lines of whoever signs follow the text. */
  isWritten: boolean
}
type Problem = { field: keyof TextDraft; why: string }

const YEAR = 365
const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

function partyOf(line: string): { name: string; address: string } {
  const comma = line.indexOf(',')
  return comma < 0 ? { name: line, address: '' } : { name: line.slice(0, comma).trim(), address: line.slice(comma + 1).trim() }
}

/** The parts of the contract; not checked yet. */
export const partsOf = (draft: TextDraft): ConsentParts => ({
  ...(draft.isWritten ? { form: 'written' as const } : {}),
  operator: { name: draft.operatorName.trim(), address: draft.operatorAddress.trim() },
  purpose: draft.purpose.trim(),
  data: lines(draft.data),
  processors: lines(draft.processors).map(partyOf),
  operations: lines(draft.operations),
  methods: draft.methods.trim(),
  term: draft.term.trim(),
  withdrawal: draft.withdrawal.trim(),
})

/** Of the version before, else empty but for who the operator is. */
export function draftOf(before: { parts: ConsentParts; validDays: number } | null, company: { name: string; address: string }): TextDraft {
  if (!before)
    return {
      operatorName: company.name,
      operatorAddress: company.address,
      purpose: '',
      data: '',
      processors: '',
      operations: '',
      methods: '',
      term: '',
      withdrawal: '',
      validDays: YEAR,
      isWritten: false,
    }
  const { form, operator, data, processors, operations, ...rest } = before.parts
  return {
    ...rest,
    operatorName: operator.name,
    operatorAddress: operator.address,
    data: data.join('\n'),
    operations: operations.join('\n'),
    processors: processors.map(({ name, address }) => `${name}, ${address}`).join('\n'),
    validDays: before.validDays,
    isWritten: form === 'written',
  }
}

/** `parts.data.2` → `data`, `parts.operator.address` → `operatorAddress`: the field of the editor that a problem is about. */
export function fieldOf(at: string): keyof TextDraft {
  const [first = '', second = ''] = at.replace(/^parts\./, '').split('.')
  if (first === 'operator') return second === 'address' ? 'operatorAddress' : 'operatorName'
  return first as keyof TextDraft
}

/** What the linter has against the draft so far, by field; fields that are still empty are left in peace. */
export const lintDraft = (kind: ConsentKind, draft: TextDraft): Problem[] =>
  lintText(kind, partsOf(draft)).flatMap(({ at, why }) => {
    const field = fieldOf(at)
    return draft[field] === '' ? [] : [{ field, why }]
  })

/** The draft as a form checks it: the contract's own rules and the linter's, told by the editor's fields. */
export const draftSchema = (kind: ConsentKind) =>
  z.custom<TextDraft>().superRefine((draft, ctx) => {
    const checked = ConsentParts.safeParse(partsOf(draft))
    for (const issue of checked.error?.issues ?? []) {
      const at = issue.path.join('.')
      const isAddress = at.startsWith('processors.') && at.endsWith('.address')
      ctx.addIssue(isAddress ? { code: 'custom', path: ['processors'], message: 'address_needed' } : { ...issue, path: [fieldOf(at)] })
    }
    if (draft.validDays === null || draft.validDays < 1 || draft.validDays > 3650) ctx.addIssue({ code: 'custom', path: ['validDays'], message: 'no_term' })
    for (const { field, why } of lintDraft(kind, draft)) ctx.addIssue({ code: 'custom', path: [field], message: why })
  })
