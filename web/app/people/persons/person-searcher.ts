import { call } from '../../../../contract/call.ts'
import { persons } from '../../../../contract/people/person.ts'
import type { Searcher } from '../../shell/searchers.ts'

const MOST = 8

/** People by phone or its tail, e-mail, name (also in the wrong layout), VIN or plate; each says what it was found by. */
export const personSearcher: Searcher = {
  can: persons.search.can as 'person.read',
  ask: async (query, { signal, words, go }) => {
    const { hits } = await call(persons.search, { query, limit: MOST }, { signal })
    const foundBy: Record<string, string> = words.people.foundBy
    return hits.map(({ id, masked, because }) => ({
      id,
      group: words.people.clients,
      title: masked.name || words.people.client,
      hint: [masked.phone, foundBy[because]].filter(Boolean).join(' · '),
      run: () => go(`/people/${id}`),
    }))
  },
}
