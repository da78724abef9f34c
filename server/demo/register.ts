import type { TenantKind } from '../../contract/identity/tenant.ts'
import { standardRegister } from '../founding/index.ts'
import type { Random } from './random.ts'
import type { Row } from './rows.ts'

/** The register of one company, as every company of its kind begins with. */
export function registerOf(random: Random, tenantId: string, kind: TenantKind, at: Date): Row<'activities'>[] {
  return standardRegister(kind).map((line) => ({ tenantId, id: random.uuid(at), ...line }))
}

const YEAR_END_CODES = new Set(['sale', 'service'])

/**
 * Until when an activity may hold a person after its end.
 * @param ended the moment the term counts from: closed lead, consent, returned car; for accounting documents the end of its year follows from it
 */
export function holdUntil(activity: Row<'activities'>, ended: Date): Date {
  const from = YEAR_END_CODES.has(activity.code) ? Date.UTC(ended.getUTCFullYear() + 1, 0, 1) : ended.getTime()
  return new Date(from + activity.retentionDays * 86_400_000)
}
