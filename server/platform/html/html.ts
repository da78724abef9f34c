/** Pages that the server writes: a tagged template that escapes whatever is put into it, so that nobody's words become markup. */
export class Html {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

export type Inside = Html | string | number | bigint | null | undefined | false | readonly Inside[]

const unsafe: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => unsafe[sign] ?? sign)

function inside(value: Inside): string {
  if (value === null || value === undefined || value === false) return ''
  if (value instanceof Html) return value.text
  return typeof value === 'object' ? value.map(inside).join('') : escapeHtml(String(value))
}

const tight = new WeakMap<TemplateStringsArray, readonly string[]>()

/** What is markup for sure, without the indentation of its source: a third of a page would be spaces that nobody sees. Looked through once for each template. */
function tightened(parts: TemplateStringsArray): readonly string[] {
  const known = tight.get(parts)
  if (known) return known
  const made = parts.map((part) => part.replace(/\s*\n\s*/g, '\n'))
  tight.set(parts, made)
  return made
}

/** `html`<p>${name}</p>``: every value is escaped; `Html` and lists of it go in as they are. Attributes must stand in double quotes. */
export const html = (parts: TemplateStringsArray, ...values: Inside[]): Html => new Html(tightened(parts).reduce((text, part, at) => `${text}${inside(values[at - 1])}${part}`))
