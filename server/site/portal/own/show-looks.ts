import type { z } from 'zod'
import { own, type OwnLook } from '../../../../contract/site/own.ts'
import { listLooks } from '../../../audit/index.ts'
import { handle, notFound, type Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import { pageOfLog } from '../../../privacy/index.ts'
import { provedPersons } from './own-persons.ts'

const positions = statement<{ id: string; position: string }>('own_look_positions', 'select id, position from employees where tenant_id = $1 and id = any ($2::uuid[])')

type Asked = { personId: string; limit: number; cursor?: string | undefined }

/** Looks at one person with the position of whoever looked. The name of a member of staff is theirs and stays away (152-ФЗ art. 14 ч.7 п.4). */
export async function looksAt(ctx: Ctx, asked: Asked): Promise<{ rows: z.input<typeof OwnLook>[]; nextCursor: string | null }> {
  const page = await pageOfLog(ctx, asked, (read, tenantId, query) => listLooks(read, tenantId, { ...query, personId: asked.personId }))
  const staffIds = [...new Set(page.rows.flatMap(({ actorKind, actorId }) => (actorKind === 'staff' && actorId ? [actorId] : [])))]
  const byId = new Map((staffIds.length > 0 ? await ctx.run(positions, [staffIds]) : []).map(({ id, position }) => [id, position]))
  return {
    rows: page.rows.map(({ id, at, event, purpose, actorKind, actorId }) => ({ id, at, event, purpose, by: actorKind, position: actorId ? (byId.get(actorId) ?? null) : null })),
    nextCursor: page.nextCursor,
  }
}

export const showOwnLooks = handle(own.looks, async (ctx, asked) => {
  if (!(await provedPersons(ctx)).some(({ id }) => id === asked.personId)) throw notFound()
  return looksAt(ctx, asked)
})
