export type ClockState = 'calm' | 'soon' | 'late' | 'stopped'

/** `soonMs` before the end a clock turns to "soon"; at the end exactly it is late. A stopped clock no longer runs. */
export function clockState(nowMs: number, dueMs: number, soonMs: number, isStopped: boolean): ClockState {
  if (isStopped) return 'stopped'
  if (nowMs >= dueMs) return 'late'
  return dueMs - nowMs <= soonMs ? 'soon' : 'calm'
}
