import type { PersonalData } from '../../contract/personal-data.ts'
import { statement } from '../platform/db/session.ts'
import type { Ctx } from './ctx.ts'
import { declaredPersonalData } from './personal-data.ts'

/** Of each kind of rows that destruction takes, or leaves without the person. */
export type Held = { table: string; count: number; atTheEnd: 'deleted' | 'unlinked' }
type Declared = PersonalData & Pick<Held, 'atTheEnd'>

/** What destruction changes of all that is declared; what is kept as proof of it stands under an id alone before and after. */
export const changedByDestruction = (declarations: readonly PersonalData[]): Declared[] =>
  declarations.filter((each): each is Declared => each.atTheEnd === 'deleted' || each.atTheEnd === 'unlinked')

const FACTS = 'facts'
const countIn = (table: string): string =>
  `select ${table === FACTS ? 'class' : 'null'} as class, '${table}' as table, count(*)::int as count from ${table} where tenant_id = $1 and person_id = any ($2::uuid[]) group by 1`

/** How many rows of which kind these people have, and which classes of facts, in whatever the modules declare: what would go, or was there when they went. */
export async function countHeld(ctx: Ctx, personIds: readonly string[]): Promise<{ classes: Record<string, number>; rows: Held[] }> {
  const declared = changedByDestruction(declaredPersonalData())
  const text = declared.map(({ table }) => countIn(table)).join('\nunion all ')
  const counted = await ctx.run(statement<{ class: string | null; table: string; count: number }>('people_count_held', text), [[...personIds]])
  const classes = counted.flatMap((row) => (row.class === null ? [] : [[row.class, row.count] as const]))
  const rows = declared.map(({ table, atTheEnd }) => ({ table, atTheEnd, count: counted.reduce((sum, row) => (row.table === table ? sum + row.count : sum), 0) }))
  return { classes: Object.fromEntries(classes), rows: rows.filter(({ count }) => count > 0) }
}

/** What an act of destruction says was there (order РКН 179 п.3 «д»), counted before it goes. */
export async function countForAct(ctx: Ctx, personIds: readonly string[]): Promise<{ categories: string[]; counts: Record<string, number> }> {
  const { classes, rows } = await countHeld(ctx, personIds)
  return { categories: Object.keys(classes).sort(), counts: Object.fromEntries(rows.map(({ table, count }) => [table, count])) }
}
