import type { StaffState } from '../../../../contract/identity/staff.ts'
import type { Tone } from '../../../ui/badge.tsx'

export const stateTones: Record<StaffState, Tone> = { active: 'good', invited: 'info', expired: 'warn', left: 'neutral' }
