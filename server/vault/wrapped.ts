import type { VaultClient } from './client.ts'
import type { Asker, FactClass, Facts, MaskedCar, MaskedContact, RevealRequest, SearchHit, SearchRequest } from './protocol.ts'
import { Revealed } from './revealed.ts'

export type WrappedFact = { [C in FactClass]: { class: C; recordId: string; version: number; facts: Revealed<Facts[C]> } }[FactClass]
export type WrappedPerson =
  | { personId: string; state: 'open'; masked: Revealed<MaskedContact>; cars: { recordId: string; masked: Revealed<Omit<MaskedCar, 'recordId'>> }[]; facts: WrappedFact[] }
  | { personId: string; state: 'restricted' | 'no_ground' | 'not_found' }
export type WrappedHit = Omit<SearchHit, 'masked'> & { masked: Revealed<MaskedContact> }

/** The vault as acts know it: whatever it opened has no string form until an answer that may show people leaves. */
export type WrappedVault = Omit<VaultClient, 'reveal' | 'search' | 'openRecord'> & {
  reveal(asker: Asker, tenantId: string, request: RevealRequest): Promise<WrappedPerson[]>
  search(asker: Asker, tenantId: string, request: SearchRequest): Promise<WrappedHit[]>
  openRecord(...asked: Parameters<VaultClient['openRecord']>): Promise<Revealed<Buffer>>
}

export function wrapVault(vault: VaultClient): WrappedVault {
  return {
    ...vault,
    reveal: async (asker, tenantId, request) =>
      (await vault.reveal(asker, tenantId, request)).map((person) =>
        person.state === 'open'
          ? {
              ...person,
              masked: new Revealed(person.masked),
              cars: person.cars.map(({ recordId, ...masked }) => ({ recordId, masked: new Revealed(masked) })),
              facts: person.facts.map((fact) => ({ ...fact, facts: new Revealed(fact.facts) }) as WrappedFact),
            }
          : person,
      ),
    search: async (asker, tenantId, request) => (await vault.search(asker, tenantId, request)).map((hit) => ({ ...hit, masked: new Revealed(hit.masked) })),
    openRecord: async (...asked) => new Revealed(await vault.openRecord(...asked)),
  }
}
