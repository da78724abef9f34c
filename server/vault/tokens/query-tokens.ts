import type { SearchHit } from '../protocol.ts'
import { lastFour, lastTen } from '../normalise/index.ts'
import { fold } from '../normalise/text.ts'
import { indexed } from './contact-tokens.ts'
import { type IndexKey, token, type TokenKind } from './index-key.ts'
import { type NameReading, type Reading, readQuery } from './read-query.ts'
import { skeleton, slippedDeletions, withoutGender } from './skeleton.ts'
import { MAX_PREFIX, MIN_PREFIX, variantCount } from './smoothing.ts'

/** One thing to try: people who have any token of every group. `tokenGroups` is never empty and no group is. Of one value nobody has two tokens. */
export type SearchAlternative = { readonly because: SearchHit['because']; readonly isOneValue: boolean; readonly tokenGroups: bigint[][] }
/** In the order to try them: from what was surely meant to one slip of the finger. Stop when there are enough people after `rank`. */
export type SearchPlan = SearchAlternative[]

type Wanted = { because: SearchHit['because']; kind: TokenKind; values: string[] }

/**
 * What to look up for a query as a person types it: a phone, its last four or more digits, an e-mail, a VIN or body number, a plate (also without
 * region), a surname with or without given name and patronymic in either order, its beginning, with one slip, in Latin, or on the wrong keyboard
 * layout; a surname with the last four digits. Candidates may be false: open them and pass them through `rank`. Empty: there is nothing to look for.
 */
export function queryTokens(key: IndexKey, query: string): SearchPlan {
  const readings = readQuery(query)
  const names = readings.filter((reading) => reading.kind === 'name')
  const wanted = [...readings.flatMap(plainly), ...names.flatMap(byName), ...names.flatMap(byPrefix), ...names.flatMap(byTypo), ...names.flatMap(byNameAlone)]
  const tried = new Set<string>()
  const plan: SearchPlan = []
  for (const { because, kind, values } of wanted) {
    const fresh = [...new Set(values)].filter((value) => value !== '' && !tried.has(`${kind} ${value}`))
    if (fresh.length === 0) continue
    for (const value of fresh) tried.add(`${kind} ${value}`)
    plan.push(alternative(because, fresh.length === 1, () => [fresh.flatMap((value) => everyVariant(key, kind, value))]))
  }
  return plan
}

/** Tokens are computed when first asked for: most searches end with the first alternative and a slip of a common name has hundreds. */
function alternative(because: SearchHit['because'], isOneValue: boolean, compute: () => bigint[][]): SearchAlternative {
  let computed: bigint[][] | undefined
  return {
    because,
    isOneValue,
    get tokenGroups() {
      return (computed ??= compute())
    },
  }
}

const everyVariant = (key: IndexKey, kind: TokenKind, value: string): bigint[] =>
  Array.from({ length: variantCount(kind, value) }, (_, variant) => token(key, kind, value, variant))

function plainly(reading: Reading): Wanted[] {
  switch (reading.kind) {
    case 'phone':
      return [
        { because: 'phone', kind: 'phone', values: [reading.e164] },
        { because: 'phone', kind: 'phone_ten', values: [lastTen(reading.e164)] },
      ]
    case 'phone_tail':
      return [
        ...(reading.digits.length === 10 ? [{ because: 'phone' as const, kind: 'phone_ten' as const, values: [reading.digits] }] : []),
        { because: 'phone_tail', kind: 'phone_tail', values: [lastFour(reading.digits)] },
      ]
    case 'email':
      return [{ because: 'email', kind: 'email', values: [reading.value] }]
    case 'vin':
      return [{ because: 'vin', kind: 'vin', values: [reading.value] }]
    case 'body_number':
      return [{ because: 'vin', kind: 'body_number', values: [reading.value] }]
    case 'plate':
      return [{ because: 'plate', kind: 'plate', values: [reading.value] }]
    case 'plate_body':
      return [{ because: 'plate', kind: 'plate_body', values: [reading.value] }]
    case 'name':
      return []
  }
}

function byName({ surname, given, tail }: NameReading): Wanted[] {
  const { folded = '', bones = '' } = indexed(surname) ?? {}
  const exact = withoutGender(folded)
  if (tail !== undefined) return [{ because: 'phone_tail', kind: 'tail_initial', values: [`${tail}|${bones.charAt(0)}`] }]
  const other = indexed(given)
  if (!other) return [{ because: 'name', kind: 'name', values: [exact] }]
  return [
    ...(other.folded.length > 2 ? [{ because: 'name' as const, kind: 'name_given' as const, values: [`${exact}|${other.bones}`] }] : []),
    { because: 'name', kind: 'name_initial', values: [`${exact}|${other.bones.charAt(0)}`] },
  ]
}

function byPrefix({ surname, given, tail }: NameReading): Wanted[] {
  const folded = fold(surname)
  if (given !== undefined || tail !== undefined || folded.length < MIN_PREFIX) return []
  return [{ because: 'name_prefix', kind: 'prefix', values: [folded.slice(0, MAX_PREFIX)] }]
}

function byTypo({ surname, given, tail }: NameReading): Wanted[] {
  if (tail !== undefined) return []
  const bones = skeleton(surname)
  const initial = skeleton(given ?? '').charAt(0)
  return [
    ...(initial === '' ? [] : [{ because: 'name_typo' as const, kind: 'skeleton_initial' as const, values: [`${bones}|${initial}`] }]),
    { because: 'name_typo', kind: 'deletion', values: slippedDeletions(surname) },
  ]
}

/** People who are kept without a given name are found last, when the query names one. */
const byNameAlone = ({ surname, given, tail }: NameReading): Wanted[] =>
  given === undefined || tail !== undefined ? [] : [{ because: 'name', kind: 'name', values: [withoutGender(fold(surname))] }]
