import type { PersonalData } from '../../contract/personal-data.ts'
import type { Action, Ctx } from '../kernel/index.ts'

export const dnmActions: readonly Action[] = []
export const dnmPersonalData: readonly PersonalData[] = []
export const dnmJobs: Record<string, (ctx: Ctx, payload: Record<string, unknown>) => Promise<void>> = {}
