import type { Ctx } from '../../kernel/index.ts'
import type { MaskedContact, Revealed } from '../../vault/index.ts'

/** Masked contacts by person id, for lists; the destroyed (null) and people without a live ground for the act's purpose are left out. One trace for the whole list. */
export async function maskedPeople(ctx: Ctx, personIds: readonly (string | null)[]): Promise<Map<string | null, Revealed<MaskedContact>>> {
  const ids = [...new Set(personIds.flatMap((id) => id ?? []))]
  if (ids.length === 0) return new Map()
  const people = await ctx.vault.reveal(ctx.asker, ctx.tenantId, { purpose: ctx.purpose, personIds: ids, classes: ['contact'], masked: true, door: ctx.door })
  return new Map(people.flatMap((person) => (person.state === 'open' ? [[person.personId, person.masked] as const] : [])))
}
