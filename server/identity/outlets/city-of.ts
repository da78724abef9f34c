const name = String.raw`[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*(?: [А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)*)?`
/** «г. Химки», «пос. Развилка», wherever it stands. */
const marked = new RegExp(String.raw`(?:^|[\s,])(?:[Гг](?:ор(?:од)?)?|[Пп](?:ос|гт)?|[Сс])\.?\s*(${name})(?![\p{L}-])`, 'u')
/** A name and nothing else at the beginning, after the index: «Владивосток, ул. Бородинская, д. 46». */
const first = new RegExp(String.raw`^\s*(?:\d{6},?\s*)?(${name})\s*(?:,|$)`, 'u')
const region = /^Республика |[ -](?:Область|Край)$/iu

/** The city of an address as Russian addresses name it: "620085, г. Екатеринбург, ул. 8 Марта, д. 267". Null: it names none. */
export function cityOf(address: string): string | null {
  const city = marked.exec(address)?.[1] ?? first.exec(address)?.[1]
  return city === undefined || region.test(city) ? null : city
}
