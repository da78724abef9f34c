import { html, type Html } from '../../platform/html/html.ts'

/** A text as it is built: sections of blocks. Plain text and a part of a page are made of the same. */
export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'list'; items: readonly string[] }
  /** Names and values under a heading of their own: a line of a register. */
  | { kind: 'facts'; title: string; facts: readonly (readonly [name: string, value: string])[] }
  | { kind: 'table'; head: readonly string[]; rows: readonly (readonly string[])[] }
  | { kind: 'links'; items: readonly { title: string; href: string }[] }
export type Section = { id: string; title: string; blocks: readonly Block[] }
export type PolicyDocument = { title: string; sections: readonly Section[] }

const RULE = '\n\n'

/** The document as plain text, whose bytes are hashed: the same document always gives the same bytes. */
export const toText = ({ title, sections }: PolicyDocument): string =>
  `${[title, ...sections.flatMap((section, at) => [`${at + 1}. ${section.title}`, ...section.blocks.map(blockText)])].join(RULE)}\n`

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.text
    case 'list':
      return block.items.map((item) => `— ${item}`).join('\n')
    case 'facts':
      return [block.title, ...block.facts.map(([name, value]) => `${name}: ${value}`)].join('\n')
    case 'table':
      return block.rows.map((row) => `— ${row.map((cell, at) => (at === 0 ? cell : `${block.head[at] ?? ''}: ${cell}`)).join('; ')}`).join('\n')
    case 'links':
      // A place in this very document has no address outside a page.
      return block.items.map(({ title, href }) => (href.startsWith('#') ? `— ${title}` : `— ${title}: ${href}`)).join('\n')
  }
}

/** The document as a part of a page: headings, paragraphs, lists and tables, no class and no style. */
export const toPage = ({ title, sections }: PolicyDocument): string =>
  html`<h1>${title}</h1>
    <nav aria-label="${title}">
      <ol>
        ${sections.map(({ id, title: name }) => html`<li><a href="#${id}">${name}</a></li>`)}
      </ol>
    </nav>
    ${sections.map(
      ({ id, title: name, blocks }, at) =>
        html`<section id="${id}">
          <h2>${at + 1}. ${name}</h2>
          ${blocks.map(blockPage)}
        </section>`,
    )}`.text.replace(/>\s+</g, '><')

function blockPage(block: Block): Html {
  switch (block.kind) {
    case 'text':
      return html`<p>${block.text}</p>`
    case 'list':
      return html`<ul>
        ${block.items.map((item) => html`<li>${item}</li>`)}
      </ul>`
    case 'facts':
      return html`<h3>${block.title}</h3>
        <dl>
          ${block.facts.map(
            ([name, value]) =>
              html`<dt>${name}</dt>
                <dd>${value}</dd>`,
          )}
        </dl>`
    case 'table':
      return html`<table>
        <thead>
          <tr>
            ${block.head.map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${block.rows.map(
            (row) =>
              html`<tr>
                ${row.map((cell, at) => html`<td data-head="${block.head[at]}">${cell}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>`
    case 'links':
      return html`<ul>
        ${block.items.map(({ title, href }) => html`<li><a href="${href}">${title}</a></li>`)}
      </ul>`
  }
}

/** Where the document leads to: what begins with `#` must be a section of it. */
export const linksOf = ({ sections }: PolicyDocument): string[] =>
  sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'links' ? block.items.map(({ href }) => href) : [])))
