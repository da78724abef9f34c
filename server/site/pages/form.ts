import { Html, html } from '../../platform/html/html.ts'
import { siteWords, type Language } from './layout.ts'

/** `why` is a code of i18n site.form.problems, or a sentence of the page's own. */
export type Problem = { at: string; text: string }
type ProblemCode = keyof (typeof siteWords)['ru']['form']['problems']

/** The sentence of a code; a code that has none is told as an unreadable field. */
export function problemText(language: Language, code: string): string {
  const { problems } = siteWords[language].form
  return Object.hasOwn(problems, code) ? problems[code as ProblemCode] : problems.needed
}

/** Stands above the form after a refusal: names every problem and leads to its field. */
export const errorSummary = (language: Language, problems: readonly Problem[]): Html | false =>
  problems.length > 0 &&
  html`<div class="summary" role="alert" tabindex="-1" id="problems" autofocus>
    <h2>${siteWords[language].form.summary}</h2>
    <ul>
      ${problems.map(({ at, text }) => html`<li><a href="#${at}">${text}</a></li>`)}
    </ul>
  </div>`

type Field = {
  name: string
  label: string
  language: Language
  value?: string
  problems?: readonly Problem[]
  hint?: string
  isOptional?: boolean
  /** Attributes of the control: they must be ours, never a visitor's. */
  type?: 'text' | 'email' | 'tel' | 'number' | 'date'
  autocomplete?: string
  inputmode?: 'text' | 'numeric' | 'tel' | 'email'
  maxlength?: number
}

const problemOf = (name: string, problems: readonly Problem[] = []): Problem | undefined => problems.find(({ at }) => at === name)
const describedBy = (name: string, hint: string | undefined, problem: Problem | undefined): Html | false => {
  const ids = [hint && `${name}-hint`, problem && `${name}-problem`].filter(Boolean)
  return ids.length > 0 && html` aria-describedby="${ids.join(' ')}"`
}

function around({ name, label, language, problems, hint, isOptional }: Field, control: Html): Html {
  const problem = problemOf(name, problems)
  return html`<div class="field${problem ? ' wrong' : ''}">
    <label for="${name}">${label}${isOptional && html` <span class="optional">${siteWords[language].form.optional}</span>`}</label>
    ${hint && html`<p class="hint" id="${name}-hint">${hint}</p>`} ${problem && html`<p class="problem" id="${name}-problem">${problem.text}</p>`} ${control}
  </div>`
}

const stateOf = ({ name, problems, hint }: Field): Html => {
  const problem = problemOf(name, problems)
  return html`${describedBy(name, hint, problem)}${problem && html` aria-invalid="true"`}`
}

/** A line of text with its label, hint and problem; what was typed is kept. */
export const field = (of: Field): Html =>
  around(
    of,
    html`<input
      id="${of.name}"
      name="${of.name}"
      type="${of.type ?? 'text'}"
      value="${of.value ?? ''}"
      maxlength="${of.maxlength ?? 200}"
      ${of.autocomplete && html`autocomplete="${of.autocomplete}"`}
      ${of.inputmode && html`inputmode="${of.inputmode}"`}
      ${stateOf(of)}
    />`,
  )

/** Several lines of text. */
export const textArea = (of: Field & { rows?: number }): Html =>
  around(of, html`<textarea id="${of.name}" name="${of.name}" rows="${of.rows ?? 4}" maxlength="${of.maxlength ?? 2000}" ${stateOf(of)}>${`\n${of.value ?? ''}`}</textarea>`)

/** One of a list; `options` are pairs of value and words. */
export const select = (of: Field & { options: readonly (readonly [value: string, text: string])[] }): Html =>
  around(
    of,
    html`<select id="${of.name}" name="${of.name}" ${of.autocomplete && html`autocomplete="${of.autocomplete}"`} ${stateOf(of)}>
      ${of.options.map(([value, text]) => html`<option value="${value}" ${value === (of.value ?? '') && new Html('selected')}>${text}</option>`)}
    </select>`,
  )

/** A box that is ticked by the visitor only; `label` may hold a link to the text it stands for. */
export function checkbox({
  name,
  value = 'on',
  label,
  isChecked,
  problems,
}: {
  name: string
  value?: string
  label: Html
  isChecked?: boolean
  problems?: readonly Problem[]
}): Html {
  const problem = problemOf(name, problems)
  return html`<div class="box${problem ? ' wrong' : ''}">
    ${problem && html`<p class="problem" id="${name}-problem">${problem.text}</p>`}
    <input
      type="checkbox"
      id="${name}"
      name="${name}"
      value="${value}"
      ${isChecked === true && new Html('checked')}
      ${describedBy(name, undefined, problem)}
      ${problem && html`aria-invalid="true"`}
    />
    <label for="${name}">${label}</label>
  </div>`
}

/** One of a few, all in sight. */
export function radios({ name, label, value, problems, options }: Field & { options: readonly (readonly [value: string, text: string])[] }): Html {
  const problem = problemOf(name, problems)
  return html`<fieldset class="radios${problem ? ' wrong' : ''}" id="${name}">
    <legend>${label}</legend>
    ${problem && html`<p class="problem" id="${name}-problem">${problem.text}</p>`}
    ${options.map(
      ([each, text], at) =>
        html`<div class="radio">
          <input type="radio" id="${name}-${at}" name="${name}" value="${each}" ${each === value && new Html('checked')} />
          <label for="${name}-${at}">${text}</label>
        </div>`,
    )}
  </fieldset>`
}

/** What goes with a form and is no business of the visitor's. */
export const hiddenFields = (fields: Record<string, string>): Html =>
  html`${Object.entries(fields).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}" />`)}`
