import type { AdfProblemCode } from './types.ts'

/** Ends the reading of a document; parseAdf turns it into its answer. Carries no content. */
export class Refused extends Error {
  override readonly name = 'Refused'
  readonly code: AdfProblemCode
  readonly at: string
  constructor(code: AdfProblemCode, at: string) {
    super(code)
    this.code = code
    this.at = at
  }
}
