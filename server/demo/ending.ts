import { consent, sayNo } from './consent-story.ts'
import { type Dealership, type Person, put } from './telling.ts'

/**
 * Ends the story: grounds and the person's row.
 * Of the people who went away without buying, the law leaves only those who agreed to be kept or drove a car by contract; all others were destroyed thirty days
 * after their request was closed (152-ФЗ art. 21 ч.4). So whoever would stand here with no ground left is one of those who agreed.
 */
export function finish(shop: Dealership, person: Person): void {
  if (person.holds.length === 0) consent(shop, person, person.createdAt, shop.random.chance(0.7) ? ['relations', 'marketing'] : ['relations'])
  sayNo(shop, person)
  const ends = person.holds.map((one) => one.until)
  const { tenantId } = shop.batch
  put(shop, 'persons', {
    tenantId,
    id: person.id,
    kind: 'customer',
    outletId: person.outlet.id,
    responsibleId: person.responsible?.id ?? null,
    specialistId: person.specialist?.id ?? null,
    destroyAfter: ends.includes(null) ? null : new Date(Math.max(...ends.map((end) => end ?? 0))),
    createdAt: new Date(person.createdAt),
    updatedAt: new Date(Math.min(person.touchedAt, shop.now)),
  })
  for (const { activity, basis, since, until, evidence } of person.holds) {
    put(shop, 'grounds', {
      tenantId,
      id: shop.random.uuid(since),
      personId: person.id,
      activityId: activity.id,
      basis,
      evidence,
      since: new Date(since),
      until: until === null ? null : new Date(until),
    })
  }
}
