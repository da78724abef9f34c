import { MAX_RULES } from '../../../contract/crm/routing.ts'
import { full, stale, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

/** Rules that are asked in an order, in a table with `place`: a company's own and those of a network. */
export function ruleOrder(table: 'routing_rules' | 'network_rules') {
  const lock = statement(`${table}_lock`, `select id from ${table} where tenant_id = $1 order by id for update`)
  const list = statement<{ id: string; place: number }>(`${table}_places`, `select id, place from ${table} where tenant_id = $1 order by place, id limit ${MAX_RULES}`)
  const put = statement(
    `${table}_order`,
    `update ${table} r set place = o.place from unnest($2::uuid[]) with ordinality o(id, place) where r.tenant_id = $1 and r.id = o.id and r.place <> o.place`,
  )
  /** Adding and ordering at once would give two rules one place; whoever comes second waits here. */
  const locked = async (ctx: Ctx): Promise<{ id: string; place: number }[]> => {
    await ctx.run(lock)
    return ctx.run(list)
  }
  return {
    /** The place of one more, at the end. */
    async nextPlace(ctx: Ctx): Promise<number> {
      const rows = await locked(ctx)
      if (rows.length >= MAX_RULES) throw full(MAX_RULES)
      return (rows.at(-1)?.place ?? 0) + 1
    },
    /** The whole order at once: whoever did not see a rule that a colleague has just added is told so instead of losing its place. */
    async reorder(ctx: Ctx, ruleIds: readonly string[]): Promise<void> {
      const ids = (await locked(ctx)).map(({ id }) => id)
      if (ids.length !== ruleIds.length || !ids.every((id) => ruleIds.includes(id))) throw stale({ ruleIds: ids })
      await ctx.run(put, [ruleIds])
    },
  }
}
