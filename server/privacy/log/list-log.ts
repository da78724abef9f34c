import { log } from '../../../contract/audit/log.ts'
import { handle } from '../../kernel/index.ts'
import { actorsOfLog } from './actors-of-log.ts'
import { pageOfLog } from './read-log.ts'

/** The whole log of the company, for the privacy officer (152-ФЗ art. 22.1 ч.4 п.1). */
export const listLog = handle(log.list, async (ctx, filter) => {
  const page = await pageOfLog(ctx, filter)
  return { ...page, actors: await actorsOfLog(ctx, page.rows) }
})
