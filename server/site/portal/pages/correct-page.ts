import type { FastifyInstance } from 'fastify'
import type { OwnPerson } from '../../../../contract/site/own.ts'
import { errorBody, notFound } from '../../../kernel/index.ts'
import { html } from '../../../platform/html/html.ts'
import { fileOwnRequest } from '../../../privacy/index.ts'
import { errorSummary, field, problemText, textArea, type Problem } from '../../pages/form.ts'
import type { Form } from '../../pages/read-form.ts'
import { goTo } from '../../pages/send-page.ts'
import type { SiteDeps } from '../../pages/site-deps.ts'
import { showHeld } from '../own/show-held.ts'
import { ask, formTo, inside, paramOf, show, type Inside } from './portal-page.ts'

const parts = ['surname', 'given', 'patronymic', 'phones', 'emails', 'birthDate', 'address', 'words'] as const
type Part = (typeof parts)[number]
type Typed = Record<Part, string>

/** What should stand there instead: looked at by the officer before it does (152-ФЗ art. 20 ч.3, art. 21 ч.2). */
export function serveCorrection(http: FastifyInstance, deps: SiteDeps): void {
  http.get(
    '/site/:site/my/correct/:personId',
    inside(deps, async (portal) => {
      const person = await heldPerson(portal)
      return showForm(portal, person, typedOf(person))
    }),
  )
  http.post(
    '/site/:site/my/correct/:personId',
    inside(deps, async (portal, form) => {
      const person = await heldPerson(portal)
      const typed = Object.fromEntries(parts.map((part) => [part, form.text(part)])) as Typed
      try {
        const { id } = await ask(portal, portal.own, fileOwnRequest, { personId: person.personId, kind: 'rectify', words: typed.words, draft: draftOf(form) })
        return goTo(portal.reply, `${portal.at}/requests?filed=${id}`)
      } catch (error) {
        const { body } = errorBody(error, portal.request)
        if (body.error !== 'invalid') throw error
        return showForm(portal, person, typed, problemsOf(portal, body.fields ?? []))
      }
    }),
  )
}

async function heldPerson(portal: Inside): Promise<OwnPerson> {
  const { persons } = await ask(portal, portal.own, showHeld, {})
  const person = persons.find(({ personId }) => personId === paramOf(portal.request, 'personId'))
  if (!person) throw notFound()
  return person
}

function typedOf({ contact }: OwnPerson): Typed {
  return {
    surname: contact?.surname ?? '',
    given: contact?.given ?? '',
    patronymic: contact?.patronymic ?? '',
    phones: (contact?.phones ?? []).map(({ e164 }) => e164).join('\n'),
    emails: (contact?.emails ?? []).map(({ address }) => address).join('\n'),
    birthDate: contact?.birthDate ?? '',
    address: contact?.address ?? '',
    words: '',
  }
}

const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

function draftOf(form: Form) {
  const given = (part: Part): Record<string, string> => (form.text(part) === '' ? {} : { [part]: form.text(part) })
  return {
    ...given('surname'),
    ...given('given'),
    ...given('patronymic'),
    ...given('birthDate'),
    ...given('address'),
    phones: lines(form.text('phones')),
    emails: lines(form.text('emails')),
  }
}

/** `draft.phones.1` and `contact.phones.1` both speak of the field `phones`. */
function problemsOf({ visit }: Inside, fields: readonly { at: string; why: string }[]): Problem[] {
  const found = fields.map(({ at, why }) => ({ at: parts.find((part) => at.split('.').includes(part)) ?? 'words', text: problemText(visit.language, why) }))
  return [...new Map(found.map((problem) => [problem.at, problem])).values()]
}

function showForm(portal: Inside, person: OwnPerson, typed: Typed, problems: readonly Problem[] = []): unknown {
  const { words, visit, at } = portal
  const { correct } = words
  const of = (name: Part, label: string) => ({ name, label, language: visit.language, value: typed[name], problems })
  const main = html`<section class="narrow plain">
    <p><a href="${at}">← ${words.back}</a></p>
    <h1>${correct.title}</h1>
    <p class="soft">${person.masked.name}</p>
    <p class="lead">${correct.text}</p>
    ${errorSummary(visit.language, problems)}
    ${formTo(
      portal,
      `${at}/correct/${person.personId}`,
      html`<div class="pair">
          ${field({ ...of('surname', correct.surname), autocomplete: 'family-name' })}${field({ ...of('given', correct.given), autocomplete: 'given-name' })}
        </div>
        ${field({ ...of('patronymic', correct.patronymic), isOptional: true, autocomplete: 'additional-name' })}
        ${textArea({ ...of('phones', correct.phones), hint: correct.lines, rows: 2, maxlength: 250 })}
        ${textArea({ ...of('emails', correct.emails), hint: correct.lines, rows: 2, maxlength: 1300 })}
        ${field({ ...of('birthDate', correct.birthDate), type: 'date', isOptional: true, autocomplete: 'bday' })}
        ${field({ ...of('address', correct.address), isOptional: true, maxlength: 500 })} ${textArea({ ...of('words', correct.why), isOptional: true, maxlength: 4000 })}
        <div class="buttons"><button class="button">${correct.button}</button><a class="button second" href="${at}">${words.cancel}</a></div>`,
    )}
  </section>`
  return show(portal, correct.title, main, problems.length > 0 ? 422 : 200)
}
