import type { OwnPerson } from '../../../../contract/site/own.ts'
import { html, type Html } from '../../../platform/html/html.ts'
import type { Language } from '../../pages/layout.ts'
import type { PortalWords } from './portal-page.ts'
import { day, deskWords, wordOf } from './say.ts'

type Saying = { words: PortalWords; language: Language }
type Row = OwnPerson['records'][number]
const SHOWN = 20

/** What was written down, newest first: the first twenty at once, the rest folded. */
export function recordsOf(saying: Saying, records: readonly Row[]): Html {
  const { held } = saying.words
  if (records.length === 0) return html`<p>${held.nothing}</p>`
  const rest = records.slice(SHOWN)
  return html`<p class="soft">${held.recordsHint}</p>
    <ul>
      ${records.slice(0, SHOWN).map((row) => recordOf(saying, row))}
    </ul>
    ${
      rest.length > 0 &&
      html`<details>
        <summary>${held.more(rest.length)}</summary>
        <ul>
          ${rest.map((row) => recordOf(saying, row))}
        </ul>
      </details>`
    }`
}

function recordOf(saying: Saying, row: Row): Html {
  const { words, language } = saying
  const said = [row.at && day(language, row.at), words.held.kinds[row.kind], ...aboutOf(saying, row)].filter(Boolean).join(', ')
  const text = row.kind === 'evidence' ? evidenceOf(row.text) : row.text
  return html`<li>${said}${text && html`<p class="verbatim">${text}</p>`}</li>`
}

/** Codes of the contract in words. */
function aboutOf({ words, language }: Saying, { kind, word, about }: Row): string[] {
  const { people, consent } = deskWords[language]
  switch (kind) {
    case 'lead':
      return [wordOf(people.interests, word), about ?? '']
    case 'deal':
      return [wordOf(people.stages, word), about ?? '']
    case 'test_drive':
      return [wordOf(people.driveStatuses, word), about ?? '']
    case 'interaction':
      return [wordOf(people.kinds, word), wordOf(people.results, about)]
    case 'task':
      return [wordOf(words.held.tasks, word)]
    case 'request':
      return [wordOf(words.requests.kinds, word), about ? `№ ${about}` : '']
    case 'evidence':
      return [wordOf(consent.kinds, word), wordOf(consent.states, about)]
    case 'other':
      return []
  }
}

/** From where and with what a consent was given, as it was sealed. */
function evidenceOf(text: string | null): string | null {
  const found = text === null ? null : /"address":"([^"]*)","agent":"((?:[^"\\]|\\.)*)"/.exec(text)
  return found ? [found[1], found[2]].filter(Boolean).join(', ') : text
}
