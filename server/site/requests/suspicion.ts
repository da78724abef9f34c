import { LEAST_MS } from './form-token.ts'

const link = /(?:https?|ftp):\/\/|\bwww\.|\[url|<a\b/i

/** The name is what a letter to the address begins with: an address in it would be sent to anybody's mailbox in our name. */
const noName = /\d|[/@\\]|[^\s.]{2,}\.[^\s.]{2,}/

/**
 * Why a request looks like a machine's; null when it does not. Nobody is refused for it: a human looks at the request first. `trap`: a field was
 * filled that people do not see; `too_fast`: nobody writes that fast; `links`: clients of a dealer do not advertise addresses.
 */
export function suspicionOf({ website, name, wishes, ageMs }: { website: string; name: string; wishes: string; ageMs: number }): 'trap' | 'too_fast' | 'links' | null {
  if (website !== '') return 'trap'
  if (ageMs < LEAST_MS) return 'too_fast'
  return link.test(wishes) || link.test(name) || noName.test(name) ? 'links' : null
}
