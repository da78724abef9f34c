import { notFound, seer, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { seenText, seerValues } from '../../vault/index.ts'

export type PersonColumns = {
  id: string
  outletId: string | null
  responsibleId: string | null
  specialistId: string | null
  restrictedAt: Date | null
  destroyAfter: Date | null
  version: number
  createdAt: Date
  updatedAt: Date
}
export const personColumns = `p.id, p.outlet_id "outletId", p.responsible_id "responsibleId", p.specialist_id "specialistId", p.restricted_at "restrictedAt", p.destroy_after "destroyAfter", p.version, p.created_at "createdAt", p.updated_at "updatedAt"`

const one = statement<PersonColumns>('person_one', `select ${personColumns} from persons p where p.tenant_id = $1 and p.id = $5 and p.kind = 'customer' and ${seenText('p', 2)}`)

/** A client whom the actor may see; anybody else does not exist. */
export async function visiblePerson(ctx: Ctx, personId: string): Promise<PersonColumns> {
  const [row] = await ctx.run(one, [...seerValues(seer(ctx.actor, 'person.read_all')), personId])
  if (!row) throw notFound()
  return row
}

/** Whether the actor may see this client at all. */
export const seesPerson = async (ctx: Ctx, personId: string): Promise<boolean> => (await ctx.run(one, [...seerValues(seer(ctx.actor, 'person.read_all')), personId])).length > 0

/** In whose hands a person is: whom it concerns when something of theirs changes. */
export type Hands = Pick<PersonColumns, 'outletId' | 'responsibleId' | 'specialistId'>
/** Tells the open cards of those who see this person that something on them has changed. */
export const tellPerson = (ctx: Ctx, id: string, { outletId, responsibleId, specialistId }: Hands): void => ctx.live({ kind: 'person', id, outletId, responsibleId, specialistId })

/** The row as it is told, without what the vault says of it. */
export const toPerson = (row: PersonColumns) => ({
  id: row.id,
  outletId: row.outletId,
  responsibleId: row.responsibleId,
  destroyAfter: row.destroyAfter?.toISOString() ?? null,
  updatedAt: row.updatedAt.toISOString(),
})
