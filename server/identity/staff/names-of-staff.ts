import type { Ctx } from '../../kernel/index.ts'
import type { Revealed } from '../../vault/index.ts'

/** Names of colleagues by person id, opened by the vault for the purpose of employment: "Иванова Анна". Who is destroyed (null) or no longer held is left out. */
export async function namesOfStaff(ctx: Ctx, ids: readonly (string | null)[]): Promise<Map<string | null, Revealed<string>>> {
  const personIds = [...new Set(ids.flatMap((id) => id ?? []))]
  if (personIds.length === 0) return new Map()
  const people = await ctx.vault.reveal(ctx.asker, ctx.tenantId, { purpose: 'employment', personIds, classes: ['contact'], masked: false, namesOnly: true, door: ctx.door })
  const names = new Map<string | null, Revealed<string>>()
  for (const person of people) {
    if (person.state !== 'open') continue
    const fact = person.facts.find(({ class: kind }) => kind === 'contact')
    if (fact?.class === 'contact')
      names.set(
        person.personId,
        fact.facts.map(({ surname, given }) => [surname, given].filter(Boolean).join(' ')),
      )
  }
  return names
}
