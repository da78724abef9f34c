import { showHealth } from './health/show-health.ts'

export const upkeepActions = [showHealth]
