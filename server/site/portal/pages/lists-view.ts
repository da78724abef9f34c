import type { z } from 'zod'
import type { OwnLook, OwnRecipient } from '../../../../contract/site/own.ts'
import { html, type Html } from '../../../platform/html/html.ts'
import type { Language } from '../../pages/layout.ts'
import type { PortalWords } from './portal-page.ts'
import { day, deskWords, eventText, moment, purposeText } from './say.ts'

type Saying = { words: PortalWords; language: Language }

export function looksOf({ words, language }: Saying, rows: readonly OwnLook[]): Html {
  const { looks } = words
  if (rows.length === 0) return html`<p>${looks.empty}</p>`
  return html`<ul class="rows">
    ${gathered(language, rows).map(
      ({ look: { at, by, position, event, purpose }, count }) =>
        html`<li>
          <span
            ><strong>${position ?? looks.by[by]}</strong>:
            ${looks.events[event] ?? eventText(language, event)}${purpose && html`. ${looks.why}: ${purposeText(language, purpose)}`}${count > 1 && html` (${deskWords[language].people.times(count)})`}</span
          >
          <span class="soft">${moment(language, at)}</span>
        </li>`,
    )}
  </ul>`
}

/** The same look several times in one minute is one line: a page that is opened asks more than once. */
function gathered(language: Language, rows: readonly OwnLook[]): { look: OwnLook; count: number }[] {
  const lines: { look: OwnLook; count: number }[] = []
  for (const look of rows) {
    const last = lines.at(-1)
    const isSame =
      last && (['by', 'position', 'event', 'purpose'] as const).every((part) => last.look[part] === look[part]) && moment(language, last.look.at) === moment(language, look.at)
    if (isSame) last.count++
    else lines.push({ look, count: 1 })
  }
  return lines
}

export function recipientsOf({ words, language }: Saying, rows: readonly z.output<typeof OwnRecipient>[]): Html {
  const { recipients, held } = words
  if (rows.length === 0) return html`<p>${recipients.empty}</p>`
  return html`<p>${recipients.hint}</p>
    ${rows.map(
      ({ name, basis, what, at }) =>
        html`<div class="paper">
          <h3>${name}</h3>
          <dl class="facts">
            <dt>${recipients.what}</dt>
            <dd>${what.map((each) => held.classes[each]).join(', ')}</dd>
            <dt>${recipients.basis}</dt>
            <dd>${held.bases[basis] ?? basis}</dd>
            <dt>${recipients.when}</dt>
            <dd>${day(language, at)}</dd>
          </dl>
        </div>`,
    )}`
}
