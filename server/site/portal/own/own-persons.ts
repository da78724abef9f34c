import { assertProved, notFound, type Ctx } from '../../../kernel/index.ts'
import type { Hands } from '../../../people/index.ts'
import { statement } from '../../../platform/db/session.ts'
import type { MaskedContact, Revealed } from '../../../vault/index.ts'

export type OwnRow = { id: string; restrictedAt: Date | null; destroyAfter: Date | null; createdAt: Date } & Hands

const rows = statement<OwnRow>(
  'own_persons',
  `
  select id, restricted_at "restrictedAt", destroy_after "destroyAfter", created_at "createdAt", outlet_id "outletId", responsible_id "responsibleId", specialist_id "specialistId"
  from persons where tenant_id = $1 and id = any ($2::uuid[]) and kind = 'customer' order by created_at, id`,
)

/** Those whose page this is and who are still held, in a lasting order. A restriction hides nobody from themself. */
export const ownPersons = (ctx: Ctx): Promise<OwnRow[]> => ctx.run(rows, [ctx.actor.persons])

/** The same, to be read: refuses `shared_address` to whoever came by an address that others have too. */
export async function provedPersons(ctx: Ctx): Promise<OwnRow[]> {
  assertProved(ctx.actor)
  return ownPersons(ctx)
}

/** One of them; anybody else does not exist. */
export async function ownPerson(ctx: Ctx, personId: string): Promise<OwnRow> {
  const person = (await ownPersons(ctx)).find(({ id }) => id === personId)
  if (!person) throw notFound()
  return person
}

/** With the masked name by which a family tells whose line is whose. The vault writes the look into the log before it answers. */
export async function namedPersons(ctx: Ctx, persons: readonly OwnRow[]): Promise<{ row: OwnRow; masked: Revealed<MaskedContact> }[]> {
  if (persons.length === 0) return []
  const opened = await ctx.vault.reveal(ctx.asker, ctx.tenantId, {
    purpose: ctx.purpose,
    personIds: persons.map(({ id }) => id),
    classes: ['contact'],
    masked: true,
    door: ctx.door,
  })
  const byId = new Map(opened.map((person) => [person.personId, person]))
  return persons.flatMap((row) => {
    const person = byId.get(row.id)
    return person?.state === 'open' ? [{ row, masked: person.masked }] : []
  })
}
