/** What an ADF 1.0 message says, in our words. Values are as the sender wrote them, trimmed; normalising phones and names is the business of people. */

export type AdfOptions = {
  /** IANA zone for times written without one, where that of the vendor is not known. */
  timeZone: string
  /** The vendor's own, when it is known. */
  zoneOf?: (vendor: AdfParty | null) => string | null
  /** Secret for references made from contacts, so that a stored reference cannot be guessed back to a phone: HMAC-SHA-256 instead of SHA-256. */
  referenceKey?: Uint8Array
}

export type AdfNoticeCode =
  | 'declaration_missing'
  | 'version_unknown'
  | 'unknown_element'
  | 'extension'
  | 'unknown_value'
  | 'value_too_long'
  | 'value_repeated'
  | 'requestdate_missing'
  | 'requestdate_unreadable'
  | 'requestdate_without_zone'
  | 'requestdate_without_time'
  | 'requestdate_not_iso'
  | 'name_guessed'
  | 'customer_missing'
  | 'contact_missing'
  | 'vendor_missing'
  | 'id_in_sequence'
  | 'id_missing'
  | 'more_notices'
/** What was ignored or guessed. `at` is a path of known ADF elements (`*` for one that is not ADF) and a line, never content. */
export type AdfNotice = { code: AdfNoticeCode; at: string }

export type AdfProblemCode =
  | 'too_large'
  | 'nul'
  | 'invalid_utf8'
  | 'encoding_unsupported'
  | 'doctype'
  | 'entity'
  | 'too_deep'
  | 'not_well_formed'
  | 'not_adf'
  | 'no_prospect'
  | 'empty'
/** Why nothing was read. `at` is 'document' or 'line N'. */
export type AdfProblem = { problem: AdfProblemCode; at: string }

export type AdfResult = { prospects: AdfProspect[]; notices: AdfNotice[] } | AdfProblem

export type AdfId = { value: string; source: string | null; sequence: string | null }

/** Russian names: surname/last → surname, first → given, middle → patronymic; `isGuess` when a full name was split and a person should look. */
/** `full`: the whole name as it stands there, when its parts were guessed from it. */
export type AdfName = { surname: string | null; given: string | null; patronymic: string | null; company: string | null; full: string | null; isGuess: boolean }

export type AdfPhone = {
  typed: string
  kind: 'voice' | 'cellphone' | 'fax' | 'pager'
  place: 'home' | 'work' | null
  time: 'morning' | 'afternoon' | 'evening' | 'day' | null
  isPreferred: boolean
}
export type AdfEmail = { typed: string; isPreferred: boolean }
export type AdfAddress = { street: string | null; apartment: string | null; city: string | null; region: string | null; postalCode: string | null; country: string | null }
export type AdfContact = { name: AdfName; emails: AdfEmail[]; phones: AdfPhone[]; address: AdfAddress | null }

export type AdfInterest = 'buy' | 'lease' | 'sell' | 'trade_in' | 'test_drive'
/** Money and figures stay text: senders write «от 2 млн». */
export type AdfPrice = { amount: string; type: string; currency: string | null }
export type AdfVehicle = {
  interest: AdfInterest
  /** The person's own car (trade-in or sell), not the wanted one. */
  isOwn: boolean
  condition: 'new' | 'used'
  ids: AdfId[]
  year: string | null
  make: string | null
  model: string | null
  vin: string | null
  stock: string | null
  trim: string | null
  doors: string | null
  bodyStyle: string | null
  transmission: string | null
  odometer: { value: string; units: 'km' | 'mi' | null } | null
  colors: { exterior: string | null; interior: string | null }[]
  prices: AdfPrice[]
  priceComments: string | null
  options: string[]
  finance: { method: string | null; amounts: { amount: string; type: string; limit: string; currency: string | null }[] } | null
  comments: string | null
}

export type AdfTimeframe = { description: string | null; earliest: string | null; latest: string | null }
export type AdfParty = { ids: AdfId[]; name: string | null; service: string | null; url: string | null; contact: AdfContact | null }

export type AdfProspect = {
  /** The same for every delivery of one lead; not longer than 400 characters. */
  externalRef: string
  /** The sender says it sent this before: must never make a second lead. */
  isResend: boolean
  ids: AdfId[]
  requestedAt: Date | null
  vehicles: AdfVehicle[]
  customer: { ids: AdfId[]; contact: AdfContact; timeframe: AdfTimeframe | null; comments: string | null }
  vendor: AdfParty | null
  provider: AdfParty | null
  /** Elements of foreign namespaces, for rules of a source (consent has no field of its own in ADF). */
  extensions: { name: string; value: string }[]
}
