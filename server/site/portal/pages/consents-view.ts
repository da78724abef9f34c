import type { z } from 'zod'
import type { ConsentNow } from '../../../../contract/consent/consent.ts'
import type { OwnConsents } from '../../../../contract/site/own.ts'
import { html, type Html } from '../../../platform/html/html.ts'
import type { Language } from '../../pages/layout.ts'
import type { PortalWords } from './portal-page.ts'
import { day, deskWords, moment } from './say.ts'

type Saying = { words: PortalWords; language: Language }
type Whose = OwnConsents['persons'][number]

/** What each kind amounts to now, every word behind it, and the texts word for word. `at`: where a consent is withdrawn; null on paper. */
export function consentsOf(saying: Saying, { persons, texts }: OwnConsents, at: string | null): Html {
  return html`${persons.map((person) => personOf(saying, person, at))} ${texts.length > 0 && textsOf(saying, texts)}`
}

function personOf(saying: Saying, person: Whose, at: string | null): Html {
  const { words, language } = saying
  const said = person.now.filter(({ state }) => state !== 'absent')
  const channels = deskWords[language].consent.channels
  return html`<section class="part" aria-labelledby="said-${person.personId}">
    <h2 id="said-${person.personId}">${person.masked.name}</h2>
    ${person.objected.length > 0 && html`<p class="notice">${words.consents.objected}: ${person.objected.map((channel) => channels[channel]).join(', ')}</p>`}
    ${
      said.length === 0
        ? html`<p>${words.consents.empty}</p>`
        : html`<h3>${words.consents.now}</h3>
            <ul class="rows">
              ${said.map((now) => nowOf(saying, person.personId, now, at))}
            </ul>`
    }
    ${person.events.length > 0 && historyOf(saying, person)}
  </section>`
}

function nowOf({ words, language }: Saying, personId: string, { kind, state, validUntil }: z.output<typeof ConsentNow>, at: string | null): Html {
  const { kinds, states } = deskWords[language].consent
  const until = state === 'given' && validUntil ? html` <span class="soft">${words.consents.validUntil(day(language, validUntil))}</span>` : ''
  return html`<li>
    <span><strong>${kinds[kind]}</strong>: <span class="badge${state === 'given' ? ' good' : ''}">${states[state]}</span>${until}</span>
    ${at !== null && state === 'given' && html`<a class="button second small" href="${at}/consents/${personId}/${kind}/withdraw">${words.consents.withdraw}</a>`}
  </li>`
}

function historyOf({ words, language }: Saying, { events }: Whose): Html {
  const { kinds, states, hows } = deskWords[language].consent
  return html`<h3>${words.consents.history}</h3>
    <ul>
      ${events.map(
        ({ kind, state, how, at, textId, textVersion }) =>
          html`<li>
            ${moment(language, at)}: ${kinds[kind]}, ${states[state]}, ${lowered(hows[how])}.
            ${textId && textVersion !== null ? html`<a href="#text-${textId}">${words.consents.text(textVersion)}</a>` : html`<span class="soft">${words.consents.noText}</span>`}
          </li>`,
      )}
    </ul>`
}

const textsOf = ({ words, language }: Saying, texts: OwnConsents['texts']): Html =>
  html`${texts.map(
    ({ id, kind, version, body, bodySha256 }) =>
      html`<details class="paper" id="text-${id}">
        <summary>${deskWords[language].consent.kinds[kind]}. ${words.consents.text(version)}</summary>
        <p class="verbatim">${body}</p>
        <p class="soft">${words.consents.hash}: <span class="hash">${bodySha256}</span></p>
      </details>`,
  )}`

/** Inside a sentence. */
const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
