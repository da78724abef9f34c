import type { ErrorCode } from '../../contract/errors.ts'
import { UnknownCalendarYear } from '../platform/calendar/working-days.ts'
import { VaultRefusal } from '../vault/index.ts'

/** A typed "no". Thrown anywhere inside an act; everything of the act is rolled back and the caller is told the code. */
export class Refusal extends Error {
  readonly code: ErrorCode
  readonly fields: { at: string; why: string }[] | undefined
  readonly details: Record<string, unknown> | undefined
  constructor(code: ErrorCode, more: { fields?: { at: string; why: string }[]; details?: Record<string, unknown> } = {}) {
    super(code)
    this.code = code
    this.fields = more.fields
    this.details = more.details
  }
}

export const notFound = (): Refusal => new Refusal('not_found')
export const wrongState = (state: string): Refusal => new Refusal('wrong_state', { details: { state } })
export const invalid = (at: string, why: string): Refusal => new Refusal('invalid', { fields: [{ at, why }] })
/** A lost update is refused; `current` (ids, codes and numbers only) lets the browser show both values. */
export const stale = (current: Record<string, unknown>): Refusal => new Refusal('stale', { details: { current } })

/** Thrown when a race was lost and running the act again will find the winner's row. */
export class TryAgain extends Error {}

type PgError = Error & { code?: string; constraint?: string }
export const isPgError = (error: unknown): error is PgError => error instanceof Error && typeof (error as PgError).code === 'string'

/** Lets the database decide a race: when `constraint` objects, the refusal is `code`. */
export async function orConflict<T>(constraint: string, code: ErrorCode, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (isPgError(error) && error.constraint === constraint) throw new Refusal(code)
    throw error
  }
}

/** Own data is read only by whoever came by an address that nobody else has (152-ФЗ art. 14 ч.2, 3). @throws Refusal shared_address */
export function assertProved({ isProved }: { isProved: boolean }): void {
  if (!isProved) throw new Refusal('shared_address')
}

/**
 * What passes: the connection broke, the server restarts, has no room (class 53: connections, memory, disk) or no patience (25P03: a process that was held up in its
 * transaction), a lock or a turn was not to be had.
 */
const passing = /^(?:08\d{3}|25P03|40001|40P01|53\d{3}|55P03|57014|57P0[1-5]|E(?:AGAIN|CONN\w+|HOSTUNREACH|NOENT|PIPE|TIMEDOUT)|CONNECTION_LOST)$/
/** The driver says the same of its own accord, without a code. */
const broken = /Connection terminated|connection error|timeout exceeded when trying to connect|timeout expired|Client was closed/i

/** What the database's own objections mean to the caller; the one place that knows. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error
  if (error instanceof VaultRefusal) return new Refusal(error.code)
  // A term is never guessed: without the calendar of its year there is none.
  if (error instanceof UnknownCalendarYear) return new Refusal('calendar_unknown', { details: { year: error.year } })
  if (!isPgError(error)) return broken.test(String((error as Error)?.message)) ? new Refusal('unavailable') : undefined
  if (error.code === '23503') return new Refusal('invalid', { fields: [{ at: column(error.constraint), why: 'unknown' }] })
  if (error.code === '23505') return new Refusal('taken', { details: { constraint: error.constraint } })
  if (error.code === '23514' || error.code === '22003' || error.code === '22008' || error.code === '22021' || error.code === '22P05')
    return new Refusal('invalid', { fields: [{ at: column(error.constraint), why: 'out_of_range' }] })
  if (passing.test(error.code ?? '')) return new Refusal('unavailable')
  return undefined
}

const camel = (name: string): string => name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
/** leads_tenant_id_model_id_fkey → modelId */
const column = (constraint = ''): string => camel(/(?:tenant_id_)?([a-z]+(?:_[a-z]+)*?)_(?:fkey|check|key)\d*$/.exec(constraint.replace(/^[a-z]+s_(?=tenant_id_)/, ''))?.[1] ?? '')
