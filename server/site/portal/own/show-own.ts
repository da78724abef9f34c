import { own } from '../../../../contract/site/own.ts'
import { handle, type Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import { namedPersons, ownPersons } from './own-persons.ts'

export type Operator = { name: string; address: string; inn: string; ogrn: string }
const operator = statement<Operator>('own_operator', 'select name, address, inn, ogrn from tenants where tenant_id = $1')
export async function operatorOf(ctx: Ctx): Promise<Operator> {
  const [row] = await ctx.run(operator)
  if (!row) throw new Error('a company without its row')
  return row
}

const platform = statement<{ name: string; address: string }>(
  'own_processor',
  'select p.name, p.address from platform_company() p where not exists (select from tenants t where t.tenant_id = $1 and t.name = p.name)',
)

/** Who runs the installation keeps the data by instruction, unless it is the operator's own. */
export async function processorOf(ctx: Ctx): Promise<{ name: string; address: string } | null> {
  const [row] = await ctx.run(platform)
  return row ?? null
}

// Who was there when the page was opened and is not any more.
const gone = statement<{ personId: string; actNumber: number | null; at: Date | null }>(
  'own_gone',
  `
  select g.id "personId", a.number "actNumber", a.at from portal_sessions s cross join unnest(s.person_ids) g(id)
    left join destruction_acts a on a.tenant_id = $1 and a.at >= s.created_at and g.id = any (a.person_ids)
  where s.tenant_id = $1 and s.id = $2 and not exists (select from persons p where p.tenant_id = $1 and p.id = g.id)`,
)

export const showOwn = handle(own.show, async (ctx) => {
  const [company, persons, over] = await Promise.all([operatorOf(ctx), ownPersons(ctx).then((rows) => namedPersons(ctx, rows)), ctx.run(gone, [ctx.actor.id])])
  return {
    operator: company,
    isProved: ctx.actor.isProved,
    persons: persons.map(({ row, masked }) => ({
      personId: row.id,
      masked,
      restrictedAt: (ctx.actor.isProved && row.restrictedAt?.toISOString()) || null,
      destroyAfter: (ctx.actor.isProved && row.destroyAfter?.toISOString()) || null,
    })),
    gone: over.map(({ actNumber, at }) => ({ actNumber, at: at?.toISOString() ?? null })),
  }
})
