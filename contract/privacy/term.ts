import { z } from 'zod'
import { get } from '../endpoint.ts'
import { Masked } from '../people/person.ts'

/**
 * How long the law gives for what (152-ФЗ, art. 10.1, 12, 14–16, 20, 21; ГК РФ art. 190–194 for the counting). A term begins with what the row says; the
 * day of it is not counted. `extension` is how many working days may be added once, with a reasoned notice sent before the term is over; 0: none.
 */
type Unit = 'at_once' | 'working_days' | 'days' | 'months' | 'not_before_days'
type Term = { unit: Unit; count: number; extension: 0 | 5; starts: 'receipt' | 'proof' | 'detection' | 'achievement' | 'consent' | 'first_request' | 'block'; article: string }

export const terms = {
  D_ACCESS: { unit: 'working_days', count: 10, extension: 5, starts: 'receipt', article: 'ст. 14 ч. 3, ст. 20 ч. 1' },
  D_REFUSE: { unit: 'working_days', count: 10, extension: 5, starts: 'receipt', article: 'ст. 20 ч. 2' },
  D_RECTIFY: { unit: 'working_days', count: 7, extension: 0, starts: 'proof', article: 'ст. 20 ч. 3, ст. 21 ч. 2' },
  D_ERASE_PROOF: { unit: 'working_days', count: 7, extension: 0, starts: 'proof', article: 'ст. 20 ч. 3' },
  D_BLOCK: { unit: 'at_once', count: 0, extension: 0, starts: 'receipt', article: 'ст. 21 ч. 1' },
  D_UNBLOCK: { unit: 'working_days', count: 7, extension: 0, starts: 'proof', article: 'ст. 21 ч. 2' },
  D_UNLAWFUL_STOP: { unit: 'working_days', count: 3, extension: 0, starts: 'detection', article: 'ст. 21 ч. 3' },
  D_UNLAWFUL_DESTROY: { unit: 'working_days', count: 10, extension: 0, starts: 'detection', article: 'ст. 21 ч. 3' },
  D_PURPOSE: { unit: 'days', count: 30, extension: 0, starts: 'achievement', article: 'ст. 21 ч. 4' },
  D_WITHDRAW: { unit: 'days', count: 30, extension: 0, starts: 'receipt', article: 'ст. 21 ч. 5' },
  D_STOP: { unit: 'working_days', count: 10, extension: 5, starts: 'receipt', article: 'ст. 21 ч. 5.1' },
  D_MAXBLOCK: { unit: 'months', count: 6, extension: 0, starts: 'block', article: 'ст. 21 ч. 6' },
  D_RKN: { unit: 'working_days', count: 10, extension: 5, starts: 'receipt', article: 'ст. 20 ч. 4' },
  D_MARKETING: { unit: 'at_once', count: 0, extension: 0, starts: 'receipt', article: 'ст. 15 ч. 2; 38-ФЗ ст. 18 ч. 1' },
  D_AUTO_OBJ: { unit: 'days', count: 30, extension: 0, starts: 'receipt', article: 'ст. 16 ч. 4' },
  D_DIST_PUB: { unit: 'working_days', count: 3, extension: 0, starts: 'consent', article: 'ст. 10.1 ч. 10' },
  D_DIST_STOP: { unit: 'working_days', count: 3, extension: 0, starts: 'receipt', article: 'ст. 10.1 ч. 12–14' },
  D_REPEAT: { unit: 'not_before_days', count: 30, extension: 0, starts: 'first_request', article: 'ст. 14 ч. 4–6' },
  D_CB_INFO: { unit: 'working_days', count: 10, extension: 5, starts: 'receipt', article: 'ст. 12 ч. 6' },
} as const satisfies Record<string, Term>

export type TermCode = keyof typeof terms
export const termCodes = Object.keys(terms) as [TermCode, ...TermCode[]]

/** Days before our own day at which a block is near its end (30), urgent (7), over. */
export const blockStages = ['near', 'urgent', 'late'] as const
export type BlockStage = (typeof blockStages)[number]

const Clock = z.object({
  startedOn: z.iso.date(),
  /** Our own day of doing it: the last working day inside the term. */
  dueOn: z.iso.date(),
  /** Whole days until that day; negative: so many late. */
  daysLeft: z.number().int(),
  article: z.string(),
})
/** Somebody whose processing is restricted. `isOver`: nothing else holds them, so that they are to be destroyed. */
export const BlockRow = Clock.extend({
  personId: z.uuid(),
  masked: Masked.nullable(),
  endsOn: z.iso.date(),
  stage: z.enum(['running', ...blockStages]),
  isOver: z.boolean(),
})
/** A recipient who has not heard of a destruction. `number`: of their request in the network. */
export const UntoldRow = Clock.extend({ id: z.uuid(), actId: z.uuid(), actNumber: z.number().int(), recipient: z.string(), number: z.number().int().nullable() })

export const deadlines = {
  list: get('/terms', {
    can: 'request.read',
    purpose: 'rights',
    personal: true,
    summary: 'What the law wants by a day and is no request: the blocked with their six months (152-FZ art. 21 part 6), and recipients who have not heard of a destruction',
    input: z.object({}),
    output: z.object({ blocks: z.array(BlockRow), untold: z.array(UntoldRow) }),
  }),
}
