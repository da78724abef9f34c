/** A document as whoever writes it says it: what stands in it and in which order, nothing of how it looks. */
export type Block =
  | { kind: 'title'; text: string; under?: string }
  | { kind: 'heading'; text: string }
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'facts'; rows: readonly (readonly [name: string, value: string])[] }
  /** `widths` in shares of the page; equal when left out. */
  | { kind: 'table'; head: readonly string[]; rows: readonly (readonly string[])[]; widths?: readonly number[] }
  | { kind: 'signature'; position: string; name: string; hint: string }

export type PdfDocument = {
  title: string
  /** At the foot of every page, before its number. */
  footer: string
  /** `{page}` and `{pages}` are put in. */
  pageOf: string
  blocks: readonly Block[]
}
