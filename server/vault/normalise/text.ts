/**
 * Makes any text safe to work on: Unicode form, no controls, no invisible or directional marks, no lone surrogates, single spaces.
 * `limit` is in UTF-16 units and is asked first, so that a megabyte is refused without being read. Null: too long or empty.
 */
export function cleanText(text: string, limit: number, form: 'NFC' | 'NFKC'): string | null {
  if (text.length > limit) return null
  // Printable ASCII and Russian letters, as nearly everything is, have nothing to clean but spaces.
  if (/^[ -~А-яЁё]+$/.test(text)) return text.trim().replace(/ {2,}/g, ' ') || null
  const clean = text
    .toWellFormed()
    .normalize(form)
    // Formatting marks (ZWJ, bidi, soft hyphen), private and unassigned characters and the mark of a lost character show nothing.
    .replace(/[\p{Cf}\p{Co}\p{Cn}\p{Default_Ignorable_Code_Point}\uFFFD]/gu, '')
    .replace(/[\p{Cc}\p{Z}]+/gu, ' ')
    .normalize(form)
    .trim()
  return clean === '' || clean.length > limit ? null : clean
}

/** For comparing, never for showing: lower case, ё as е, and only letters and digits left. */
export const fold = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(/[^\p{L}\p{N}]+/gu, '')
