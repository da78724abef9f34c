import type { Ctx } from '../../kernel/index.ts'
import type { MaskedContact, Revealed } from '../../vault/index.ts'
import { toPerson, type PersonColumns } from './visible-person.ts'

/** What stands where the vault opens nothing. */
export const hiddenContact: MaskedContact = { name: '···', phone: null, email: null }
type Row = ReturnType<typeof toPerson> & { masked: MaskedContact | Revealed<MaskedContact>; state: 'open' | 'restricted' | 'no_ground' }

/** Rows with masked contacts, as the vault lets the actor see them; one trace for all. */
export async function showPeople(ctx: Ctx, rows: PersonColumns[]): Promise<Row[]> {
  if (rows.length === 0) return []
  const people = await ctx.vault.reveal(ctx.asker, ctx.tenantId, { purpose: ctx.purpose, personIds: rows.map(({ id }) => id), classes: ['contact'], masked: true, door: ctx.door })
  const byId = new Map(people.map((person) => [person.personId, person]))
  return rows.map((row) => {
    const person = byId.get(row.id)
    if (person?.state === 'open') return { ...toPerson(row), masked: person.masked, state: 'open' }
    return { ...toPerson(row), masked: hiddenContact, state: person?.state === 'restricted' ? 'restricted' : 'no_ground' }
  })
}
