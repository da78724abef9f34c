import { z } from 'zod'
import { get, patch } from '../endpoint.ts'
import { purposeCodes } from '../purposes.ts'
import { factClassNames } from './person.ts'

/** Grounds of lawful processing that the register knows (152-ФЗ art. 6 ч.1: п.1 consent, п.2 law, п.5 contract, п.6 vital interest, п.7 legitimate interest). */
export const legalBases = ['consent', 'contract', 'law', 'legitimate_interest', 'vital_interest'] as const

const said = (max: number) => z.string().trim().min(1).max(max)

/** One line of the tenant's register of processing (152-ФЗ art. 18.1, 22). */
export const Activity = z.object({
  id: z.uuid(),
  code: z.string(),
  name: said(200),
  purposes: z.array(z.enum(purposeCodes)).min(1).max(purposeCodes.length),
  bases: z.array(z.string().max(40)).min(1).max(10),
  classes: z.array(z.enum(factClassNames)).min(1).max(factClassNames.length),
  /** Counted from `retentionFrom` when the purpose is reached. */
  retentionDays: z.number().int().min(1).max(36_525),
  /** From the end of the year in which it was reached: what accounting keeps (402-ФЗ art. 29 ч.1). */
  countsFromYearEnd: z.boolean(),
  retentionFrom: said(300),
  legalRef: said(300),
  destruction: said(300),
  /** People whom a live ground of this activity holds; null for whoever only reads the register: how many clients there are is no business of theirs. */
  people: z.number().int().nullable(),
  version: z.number().int(),
})
export type Activity = z.output<typeof Activity>

export const register = {
  list: get('/register', {
    can: 'register.read',
    summary: 'The register of processing: why, on which basis and how long people are held',
    input: z.object({}),
    output: z.object({ activities: z.array(Activity) }),
  }),
  edit: patch('/register/:activityId', {
    can: 'register.edit',
    dangerous: true,
    summary: 'Change a line of the register; terms that run already stay as they are',
    input: Activity.omit({ id: true, code: true, people: true, version: true })
      .extend({ bases: z.array(z.enum(legalBases)).min(1).max(legalBases.length) })
      .partial()
      .extend({ activityId: z.uuid(), version: z.number().int() }),
    output: z.object({ id: z.uuid(), version: z.number().int() }),
  }),
}
