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

// Acts by which somebody went who was there when the page was opened; of the person themself nothing is left.
const gone = statement<{ actNumber: number; at: Date }>(
  'own_gone',
  `
  select a.number "actNumber", a.at from portal_sessions s join destruction_acts a on a.tenant_id = $1 and a.id = any (s.act_ids)
  where s.tenant_id = $1 and s.id = $2 order by a.number`,
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
    gone: over.map(({ actNumber, at }) => ({ actNumber, at: at.toISOString() })),
  }
})
