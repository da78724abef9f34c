import { type NetworkLead, readNetworkBecause } from '../../../contract/dnm/network-lead.ts'
import { useWords } from '../language.tsx'

/** What a request of the network says of itself, in words. */
export function useNetworkWords() {
  const { dnm: t, leads } = useWords()
  return {
    because: (said: string): string => {
      const { code, name, openLeads } = readNetworkBecause(said)
      switch (code) {
        case 'wished_outlet':
        case 'wished_dealer':
        case 'rule_outlet':
        case 'rule_dealer':
          return t.because[code](name ?? '')
        case 'rule_least':
        case 'city_least':
          return t.because[code](name ?? '', openLeads ?? 0)
        case 'least':
          return t.because.least(openLeads ?? 0)
        case 'take_overdue':
        case 'contact_overdue':
        case 'by_hand':
        case 'unknown':
          return t.because[code]
        case 'no_dealer':
        case 'no_basis':
        case 'too_many':
        case 'not_delivered':
        case 'destroyed':
          return t.unrouted[code]
      }
    },
    subject: ({ interest, model }: Pick<NetworkLead, 'interest' | 'model'>): string => [leads.interests[interest], model].filter(Boolean).join(', '),
    state: ({ state, unroutedBecause }: Pick<NetworkLead, 'state' | 'unroutedBecause'>): string =>
      state === 'unrouted' && unroutedBecause ? `${t.states.unrouted}: ${t.unrouted[unroutedBecause]}` : t.states[state],
  }
}
