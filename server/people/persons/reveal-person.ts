import { persons } from '../../../contract/people/person.ts'
import { handle, notFound, Refusal } from '../../kernel/index.ts'
import type { WrappedPerson } from '../../vault/index.ts'
import { visiblePerson } from './visible-person.ts'

/** Opens contact and cars for a purpose. The vault checks right, ground, restriction and quota itself and writes the trace before it answers. */
export const revealPerson = handle(persons.reveal, async (ctx, { personId, purpose }) => {
  const { version } = await visiblePerson(ctx, personId)
  const [person] = await ctx.vault.reveal(ctx.asker, ctx.tenantId, { purpose, personIds: [personId], classes: ['contact', 'vehicle'], masked: false, door: ctx.door })
  return { version, ...openedFacts(person) }
})

/** What a person is known by, still wrapped. @throws Refusal not_found, restricted or no_ground when the vault has not opened them. */
export function openedFacts(person: WrappedPerson | undefined) {
  if (!person || person.state === 'not_found') throw notFound()
  if (person.state !== 'open') throw new Refusal(person.state)
  const contact = person.facts.flatMap((fact) => (fact.class === 'contact' ? [fact.facts] : []))[0] ?? null
  const vehicles = person.facts.flatMap((fact) => (fact.class === 'vehicle' ? [fact.facts.map((car) => ({ id: fact.recordId, ...car }))] : []))
  return { contact, vehicles }
}
