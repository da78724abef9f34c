/** What is left of a city's name when it is written in every way that people write it: «г. Орёл», «Ростов на Дону», «САНКТ-ПЕТЕРБУРГ». */
const bare = (city: string): string =>
  city
    .normalize('NFC')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .trim()
    .replace(/^г(?:ор(?:од)?)?(?:\.\s*|\s+)/, '')
    .split(/[\s\u2010-\u2015-]+/)
    .filter((part) => part !== '')
    .join(' ')

/** Whether two people mean one city. Nobody means none: an empty name is no city, also not the same as another empty one. */
export function sameCity(one: string, other: string | null): boolean {
  const name = bare(one)
  return name !== '' && other !== null && name === bare(other)
}
