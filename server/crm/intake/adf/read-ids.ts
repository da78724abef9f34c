import type { Notebook } from './notebook.ts'
import type { Element } from './read-tree.ts'
import type { AdfId } from './types.ts'

const LENGTH = 200

/** The `id`s of an element that say anything. Real senders leave the element empty and put the number into `sequence`. */
export function readIds(book: Notebook, element: Element): AdfId[] {
  const ids: AdfId[] = []
  for (const id of book.all(element, 'id')) {
    const text = book.text(id)
    const sequence = attribute(id, 'sequence')
    if (text === '' && sequence !== null) book.note('id_in_sequence', id)
    if (text !== '' || sequence !== null) ids.push({ value: text || (sequence ?? ''), source: attribute(id, 'source'), sequence })
  }
  return ids
}

function attribute(element: Element, name: string): string | null {
  return element.attributes.get(name)?.trim().slice(0, LENGTH) || null
}
