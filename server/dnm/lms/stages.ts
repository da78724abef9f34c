import type { z } from 'zod'
import { lmsResults, lmsStages, lmsStatuses, type LmsStage } from '../../../contract/dnm/lms.ts'
import { networkClock, type NetworkColumns } from '../leads/network-row.ts'

export const stageIdOf = (number: number, type: number): number => number * 10 + type
/** Which stage of which request an id speaks of; null: of none of this request's. */
export const stageTypeOf = (number: number, stageId: number): 'take' | 'work' | null =>
  stageId === stageIdOf(number, lmsStages.take) ? 'take' : stageId === stageIdOf(number, lmsStages.work) ? 'work' : null

export const statusOf = (row: Pick<NetworkColumns, 'closedAt' | 'takenAt' | 'firstContactAt'>): number =>
  row.closedAt ? lmsStatuses.closed : row.takenAt || row.firstContactAt ? lmsStatuses.inWork : lmsStatuses.new

type Stage = z.input<typeof LmsStage>
/** The two stages with the clocks that run in them, in UTC and seconds of the dealer's working time. */
export function stagesOf(row: NetworkColumns, now: Date): Stage[] {
  const clock = networkClock(row, now)
  if (!clock) return []
  const takenAt = row.takenAt ?? row.firstContactAt
  const stage = (type: number, code: string, { dueAt, leftMinutes }: typeof clock.take, done: { at: Date | null; result: number | null }): Stage => ({
    id: stageIdOf(row.number, type),
    request_id: row.number,
    stage_type_id: type,
    code,
    last_time_at: dueAt.toISOString(),
    finished_at: done.at?.toISOString() ?? null,
    result_id: done.result,
    is_closed: done.at !== null,
    time_left: Math.round(leftMinutes * 60),
  })
  return [
    stage(lmsStages.take, 'take', clock.take, { at: takenAt ?? row.closedAt, result: takenAt ? lmsResults.taken : null }),
    stage(lmsStages.work, 'work', clock.firstContact, { at: row.closedAt, result: row.closedAt ? resultOf(row) : row.firstContactAt ? lmsResults.contacted : null }),
  ]
}

const resultOf = ({ result }: NetworkColumns): number | null => (result === null || result === 'taken_back' ? null : lmsResults[result])
