import { errors, type ErrorCode } from '../../contract/errors.ts'

/** The vault's "no": a code of contract/errors.ts and nothing else. */
export class VaultRefusal extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode) {
    super(code)
    this.code = code
  }
}

/** The vault did not answer in time: it restarts, or a database behind it does. Trying again is safe for every method. */
export class VaultUnavailable extends VaultRefusal {
  constructor() {
    super('unavailable')
  }
}

export const isErrorCode = (code: unknown): code is ErrorCode => typeof code === 'string' && Object.hasOwn(errors, code)

const lost = /^(08\d{3}|57P0[1-4]|53[1-4]00|55P03|57014|40001|40P01|ECONN\w+|ENOENT|EPIPE|ETIMEDOUT)$/

/** What the asker is told of any failure: a refusal as it is, lost databases as `unavailable`, all else as `internal`. */
export function codeOf(error: unknown): ErrorCode {
  if (error instanceof VaultRefusal) return error.code
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (typeof code === 'string' && lost.test(code)) return 'unavailable'
  if (typeof message === 'string' && /connection|timeout/i.test(message)) return 'unavailable'
  return 'internal'
}
