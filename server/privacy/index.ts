import type { PersonalData } from '../../contract/personal-data.ts'
import type { Ctx } from '../kernel/index.ts'
import { listHeads } from './log/list-heads.ts'
import { listLog } from './log/list-log.ts'
import { listLogOfStaff } from './log/list-log-of-staff.ts'
import { listLogStaff } from './log/list-log-staff.ts'
import { listLooks } from './log/list-looks.ts'
import { listMyLog } from './log/list-my-log.ts'
import { proveEvent } from './log/prove-event.ts'

export const privacyActions = [listLog, listMyLog, listLogStaff, listLogOfStaff, listHeads, proveEvent, listLooks]
export const privacyPersonalData: readonly PersonalData[] = []
export const privacyJobs: Record<string, (ctx: Ctx, payload: Record<string, unknown>) => Promise<void>> = {}
