import type { Contact, Facts } from '../protocol.ts'
import { normalisePlate } from './plate.ts'
import { normaliseVin } from './vin.ts'

type NameParts = Pick<Contact, 'surname' | 'given' | 'patronymic'>

/** A name on one line, surname first. */
export const wholeName = ({ surname, given, patronymic }: NameParts): string => [surname, given, patronymic].filter(Boolean).join(' ')

/**
 * How a name was typed, whole or in parts, where that differs from how it is kept. Undefined: the kept name is what was typed, or there is none.
 * A name that came both ways and was written differently keeps both, with a stroke between.
 */
export function typedNameOf(typed: NameParts & { fullName?: string | undefined }, kept: NameParts): string | undefined {
  const name = wholeName(kept)
  if (name === '') return undefined
  const ways = new Set([typed.fullName ?? '', wholeName(typed)].filter((way) => way !== '' && way !== name))
  return [...ways].join(' / ') || undefined
}

/** A car as its owner names it: canonical, or as typed where nobody can read it; `typedVin` and `typedPlate` only where they differ from that. */
export function carFacts(typed: { vin?: string | undefined; plate?: string | undefined }): Facts['vehicle'] {
  const vin = (typed.vin && normaliseVin(typed.vin)) || typed.vin
  const plate = (typed.plate && normalisePlate(typed.plate)?.plate) || typed.plate
  return {
    ...(vin ? { vin } : {}),
    ...(plate ? { plate } : {}),
    ...(vin && vin !== typed.vin ? { typedVin: typed.vin } : {}),
    ...(plate && plate !== typed.plate ? { typedPlate: typed.plate } : {}),
  }
}
