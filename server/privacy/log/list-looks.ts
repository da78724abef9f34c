import { log } from '../../../contract/audit/log.ts'
import { listLooks as readLooks } from '../../audit/index.ts'
import { handle } from '../../kernel/index.ts'
import { visiblePerson } from '../../people/index.ts'
import { actorsOfLog } from './actors-of-log.ts'
import { pageOfLog } from './read-log.ts'

/** Who looked at this person: the answer that the law lets every person ask for. A look shows here once it is sealed, a second or two later. */
export const listLooks = handle(log.looks, async (ctx, { personId, ...paging }) => {
  await visiblePerson(ctx, personId)
  const page = await pageOfLog(ctx, { ...paging, personId }, (read, tenantId, query) => readLooks(read, tenantId, { ...query, personId }))
  return { ...page, actors: await actorsOfLog(ctx, page.rows) }
})
