import type { OwnPerson } from '../../../../contract/site/own.ts'
import { html, type Html } from '../../../platform/html/html.ts'
import type { Language } from '../../pages/layout.ts'
import type { PortalWords } from './portal-page.ts'
import { day, deskWords, phoneText, purposeText } from './say.ts'
import { recordsOf } from './records-view.ts'

type Saying = { words: PortalWords; language: Language }
type Line = readonly [label: string, value: string | null | undefined]

const list = (lines: readonly Line[]): Html =>
  html`<dl class="facts">
    ${lines.flatMap(([label, value]) =>
      value
        ? [
            html`<dt>${label}</dt>
              <dd>${value}</dd>`,
          ]
        : [],
    )}
  </dl>`

/** Everything about one person, as it stands in the base: facts, records, grounds, sources. */
export function heldOf({ words, language }: Saying, person: OwnPerson): Html {
  const { held } = words
  return html`<article class="part">
    <h2>${person.masked.name}</h2>
    ${person.restrictedAt && html`<p class="notice">${words.restricted(day(language, person.restrictedAt))}</p>`}
    <p class="soft">${person.destroyAfter ? words.destroyAfter(day(language, person.destroyAfter)) : words.noEnd}</p>
    <div class="paper">
      <h3>${held.contact}</h3>
      ${contactOf({ words, language }, person.contact)}
    </div>
    ${
      person.vehicles.length > 0 &&
      html`<div class="paper">
        <h3>${held.vehicles}</h3>
        ${person.vehicles.map((car) => carOf({ words, language }, car))}
      </div>`
    }
    ${
      person.documents.length > 0 &&
      html`<div class="paper">
        <h3>${held.documents}</h3>
        ${person.documents.map((each) => documentOf({ words, language }, each))}
      </div>`
    }
    <div class="paper">
      <h3>${held.records}</h3>
      ${recordsOf({ words, language }, person.records)}
    </div>
    <div class="paper">
      <h3>${held.grounds}</h3>
      ${person.grounds.map((ground) => groundOf({ words, language }, ground))}
    </div>
    <div class="paper">
      <h3>${held.sources}</h3>
      <ul>
        ${person.sources.map((source) => html`<li>${sourceOf(words, source)}, ${day(language, source.at)}</li>`)}
      </ul>
    </div>
  </article>`
}

type Holder = { name: string; address: string }
/** Who answers for the data and who keeps them (152-ФЗ art. 14 ч.7 п.4, 9). */
export const holdersOf = ({ held }: PortalWords, operator: Holder, processor: Holder | null): Html =>
  html`<div class="paper">
    <h3>${held.who}</h3>
    ${list([
      [held.operator, `${operator.name}, ${operator.address}`],
      [held.processor, processor && `${processor.name}, ${processor.address}`],
    ])}
  </div>`

/** What was typed is held too, and is told where it differs from the clean form. */
const beside = (held: PortalWords['held'], kept: string, typed: string | false | null | undefined): string => (typed && typed !== kept ? `${kept} (${held.typed(typed)})` : kept)

function contactOf({ words: { held }, language }: Saying, contact: OwnPerson['contact']): Html {
  if (!contact) return html`<p>${held.nothing}</p>`
  return list([
    [held.name, [contact.surname, contact.given, contact.patronymic].filter(Boolean).join(' ')],
    [held.typedName, contact.typedName],
    [held.phones, contact.phones.map(({ e164, typed }) => beside(held, phoneText(e164), typed !== e164 && typed)).join(', ')],
    [held.emails, contact.emails.map(({ address, typed }) => beside(held, address, typed !== address && typed)).join(', ')],
    [held.birthDate, contact.birthDate && day(language, contact.birthDate)],
    [held.sex, contact.sex && held.sexes[contact.sex]],
    [held.address, contact.address],
  ])
}

const carOf = ({ words: { held }, language }: Saying, car: OwnPerson['vehicles'][number]): Html =>
  list([
    [held.car, [car.model, car.year, car.relation && deskWords[language].people.relations[car.relation]].filter(Boolean).join(', ')],
    [held.vin, car.vin && beside(held, car.vin, car.typedVin)],
    [held.plate, car.plate && beside(held, car.plate, car.typedPlate)],
  ])

function documentOf({ words: { held }, language }: Saying, { licenceTail, licenceCheckedOn, licenceValidTo }: OwnPerson['documents'][number]): Html {
  const said = [
    licenceTail ? held.licence(licenceTail) : held.licenceNoTail,
    licenceCheckedOn && held.licenceChecked(day(language, licenceCheckedOn)),
    licenceValidTo && held.licenceValid(day(language, licenceValidTo)),
  ]
  return html`<p>${said.filter(Boolean).join(', ')}</p>`
}

function groundOf({ words: { held }, language }: Saying, ground: OwnPerson['grounds'][number]): Html {
  const end = ground.endedAt
    ? `${held.ended(day(language, ground.endedAt))}${ground.endedReason ? `: ${held.reasons[ground.endedReason] ?? ground.endedReason}` : ''}`
    : ground.until
      ? held.until(day(language, ground.until))
      : held.open
  return html`<h4>${ground.activityName}</h4>
    ${list([
      [held.purposes, ground.purposes.map((purpose) => purposeText(language, purpose)).join('; ')],
      [held.basis, held.bases[ground.basis] ?? ground.basis],
      [held.law, ground.legalRef],
      [held.what, ground.classes.map((each) => held.classes[each]).join(', ')],
      [held.term, `${held.since(day(language, ground.since))}, ${end}; ${held.days(ground.retentionDays, ground.retentionFrom)}`],
      [held.how, ground.destruction],
    ])}`
}

const sourceOf = (words: PortalWords, { kind, name }: OwnPerson['sources'][number]): string => words.held.sourceKinds[kind](name ?? '')
