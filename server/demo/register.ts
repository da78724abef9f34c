import type { TenantKind } from '../../contract/identity/tenant.ts'
import { standardRegister } from '../founding/index.ts'
import type { Random } from './random.ts'
import { termEnd } from '../platform/calendar/term-end.ts'
import type { Row } from './rows.ts'

/** The register of one company, as every company of its kind begins with. */
export function registerOf(random: Random, tenantId: string, kind: TenantKind, at: Date): Row<'activities'>[] {
  return standardRegister(kind).map((line) => ({ tenantId, id: random.uuid(at), ...line }))
}

/**
 * Until when an activity may hold a person after its end, by the rule that the acts go by.
 * @param ended the moment the term counts from: closed lead, consent, returned car; for accounting documents the end of its year follows from it
 */
export const holdUntil = (activity: Row<'activities'>, ended: Date, timeZone: string): Date => termEnd(activity, ended, timeZone)
