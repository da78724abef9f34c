import type { z } from 'zod'
import { own, type OwnPerson } from '../../../../contract/site/own.ts'
import { handle, type Ctx } from '../../../kernel/index.ts'
import type { Shown, WrappedPerson } from '../../../vault/index.ts'
import { provedPersons, type OwnRow } from './own-persons.ts'
import { readHeld, type HeldRows } from './read-held.ts'
import { operatorOf, processorOf } from './show-own.ts'

type Open = Extract<WrappedPerson, { state: 'open' }>
export type ShownPerson = Shown<z.input<typeof OwnPerson>>

/** Everything that is held of those whose page this is, opened by the vault, which writes the look into the log before it answers. */
export async function heldPersons(ctx: Ctx): Promise<ShownPerson[]> {
  const rows = await provedPersons(ctx)
  if (rows.length === 0) return []
  const personIds = rows.map(({ id }) => id)
  const [opened, held] = await Promise.all([
    ctx.vault.reveal(ctx.asker, ctx.tenantId, { purpose: ctx.purpose, personIds, classes: ['contact', 'document', 'vehicle', 'communication'], masked: false, door: ctx.door }),
    readHeld(ctx, personIds),
  ])
  const byId = new Map(opened.map((person) => [person.personId, person]))
  return rows.flatMap((row) => {
    const person = byId.get(row.id)
    return person?.state === 'open' ? [toOwnPerson(row, person, held)] : []
  })
}

export const showHeld = handle(own.held, async (ctx) => {
  const [operator, processor, persons] = await Promise.all([operatorOf(ctx), processorOf(ctx), heldPersons(ctx)])
  return { operator, processor, persons }
})

function toOwnPerson(row: OwnRow, person: Open, held: HeldRows): ShownPerson {
  const mine = <T extends { personId: string }>(all: readonly T[]): T[] => all.filter(({ personId }) => personId === row.id)
  return {
    personId: row.id,
    masked: person.masked,
    heldSince: row.createdAt.toISOString(),
    restrictedAt: row.restrictedAt?.toISOString() ?? null,
    destroyAfter: row.destroyAfter?.toISOString() ?? null,
    contact: person.facts.flatMap((fact) => (fact.class === 'contact' ? [fact.facts] : []))[0] ?? null,
    vehicles: vehiclesOf(person, mine(held.cars)),
    documents: person.facts.flatMap((fact) =>
      fact.class === 'document'
        ? [
            {
              id: fact.recordId,
              licenceTail: fact.facts.map(({ licenceTail }) => licenceTail ?? null),
              licenceCheckedOn: fact.facts.map(({ licenceCheckedOn }) => licenceCheckedOn ?? null),
              licenceValidTo: fact.facts.map(({ licenceValidTo }) => licenceValidTo ?? null),
            },
          ]
        : [],
    ),
    records: recordsOf(person, mine(held.records)),
    grounds: mine(held.grounds).map(({ personId: _whose, ...ground }) => ({
      ...ground,
      since: ground.since.toISOString(),
      until: ground.until?.toISOString() ?? null,
      endedAt: ground.endedAt?.toISOString() ?? null,
    })),
    sources: mine(held.sources).map(({ kind, name, at }) => ({ kind, name, at: at.toISOString() })),
  }
}

/** A car that a lead spoke of has a sealed number and no row of its own. */
function vehiclesOf(person: Open, cars: HeldRows['cars']) {
  const byId = new Map(cars.map((car) => [car.id, car]))
  return person.facts.flatMap((fact) => {
    if (fact.class !== 'vehicle') return []
    const car = byId.get(fact.recordId)
    return [
      {
        id: fact.recordId,
        model: car?.model ?? null,
        year: car?.year ?? null,
        relation: car?.relation ?? null,
        vin: fact.facts.map(({ vin }) => vin ?? null),
        plate: fact.facts.map(({ plate }) => plate ?? null),
        typedVin: fact.facts.map(({ typedVin }) => typedVin ?? null),
        typedPlate: fact.facts.map(({ typedPlate }) => typedPlate ?? null),
      },
    ]
  })
}

/** Whose words stand in these rows: the person's own, or of the consent they gave. */
const ownWords: ReadonlySet<string> = new Set<HeldRows['records'][number]['kind']>(['lead', 'request', 'evidence'])

/**
 * Rows with what the person said in them. What staff wrote down may speak of somebody else (152-ФЗ art. 14 ч.2): that it is there is told, the words are given with
 * the answer that the officer looks through. Words whose row is kept elsewhere stand by themselves, so that none is left out.
 */
function recordsOf(person: Open, rows: HeldRows['records']) {
  const texts = new Map(person.facts.flatMap((fact) => (fact.class === 'communication' ? [[fact.recordId, fact.facts.map(({ text }) => text)] as const] : [])))
  const known = new Set(rows.map(({ id }) => id))
  // Of a consent only the sealed proof belongs here: the word itself stands among the consents.
  const told = rows.filter(({ id, kind }) => kind !== 'evidence' || texts.has(id))
  const others = [...texts.keys()].filter((id) => !known.has(id)).map((id) => ({ id, kind: 'other' as const, at: null, word: null, about: null, text: null }))
  return [...told.map(({ id, kind, at, word, about }) => ({ id, kind, at: at.toISOString(), word, about, text: ownWords.has(kind) ? (texts.get(id) ?? null) : null })), ...others]
}
