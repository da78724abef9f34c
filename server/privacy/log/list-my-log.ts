import { log } from '../../../contract/audit/log.ts'
import { handle } from '../../kernel/index.ts'
import { pageOfLog } from './read-log.ts'

/** Everybody may see what the log says of themselves. */
export const listMyLog = handle(log.mine, (ctx, filter) => pageOfLog(ctx, { ...filter, actorId: ctx.me }))
