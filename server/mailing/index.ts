import type { PersonalData } from '../../contract/personal-data.ts'
import type { Action, Ctx } from '../kernel/index.ts'

export const mailingActions: readonly Action[] = []
export const mailingPersonalData: readonly PersonalData[] = []
export const mailingJobs: Record<string, (ctx: Ctx, payload: Record<string, unknown>) => Promise<void>> = {}
