import type { PersonalData } from '../../contract/personal-data.ts'
import type { Action, Ctx } from '../kernel/index.ts'
import { portalPersonalData } from './portal/personal-data.ts'

export { serveSite } from './serve.ts'
export const siteActions: readonly Action[] = []
export const sitePersonalData: readonly PersonalData[] = [...portalPersonalData]
export const siteJobs: Record<string, (ctx: Ctx, payload: Record<string, unknown>) => Promise<void>> = {}
