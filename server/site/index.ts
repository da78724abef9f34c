import type { PersonalData } from '../../contract/personal-data.ts'
import type { Action, Ctx } from '../kernel/index.ts'

export const siteActions: readonly Action[] = []
export const sitePersonalData: readonly PersonalData[] = []
export const siteJobs: Record<string, (ctx: Ctx, payload: Record<string, unknown>) => Promise<void>> = {}
