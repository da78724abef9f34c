import { hash } from 'node:crypto'
import type { JsonSchema, OpenApi, Operation } from './openapi.ts'

type Language = 'ru' | 'en'
const words = {
  ru: {
    title: 'Программный интерфейс',
    document: 'Описание для программ (OpenAPI 3.1)',
    right: 'право',
    purpose: 'цель',
    anyone: 'без входа',
    signed_in: 'любой сотрудник',
    sent: 'Передаётся',
    answered: 'Ответ',
    refusals: 'Отказы',
    field: 'Поле',
    type: 'Вид',
    required: 'обязательно',
    nothing: 'ничего',
    dangerous: 'подтверждение пароля',
    personal: 'показывает людей',
    contents: 'Разделы',
    codes: 'Коды отказов',
  },
  en: {
    title: 'Programming interface',
    document: 'For programs (OpenAPI 3.1)',
    right: 'right',
    purpose: 'purpose',
    anyone: 'no sign-in',
    signed_in: 'any member of staff',
    sent: 'Sent',
    answered: 'Answer',
    refusals: 'Refusals',
    field: 'Field',
    type: 'Type',
    required: 'required',
    nothing: 'nothing',
    dangerous: 'password proof',
    personal: 'shows people',
    contents: 'Sections',
    codes: 'Refusal codes',
  },
} as const

const style = `:root{color-scheme:light dark;--line:color-mix(in srgb,CanvasText 15%,Canvas);--soft:color-mix(in srgb,CanvasText 6%,Canvas);--dim:color-mix(in srgb,CanvasText 72%,Canvas)}
*{box-sizing:border-box}body{margin:0;font:15px/1.5 "Inter Variable",system-ui,sans-serif;color:CanvasText;background:Canvas}
main{max-width:960px;margin:0 auto;padding:24px 16px 64px}h1{font-size:28px;margin:0 0 8px}h2{margin:40px 0 8px;padding-top:8px;border-top:1px solid var(--line)}
p{margin:8px 0}code{font:13px/1.5 ui-monospace,monospace;background:var(--soft);padding:1px 5px;border-radius:4px;overflow-wrap:anywhere}
nav a{display:inline-block;margin:2px 12px 2px 0}article{border:1px solid var(--line);border-radius:8px;margin:12px 0;padding:12px 16px}
h3{margin:0;font-size:15px;display:flex;flex-wrap:wrap;gap:8px;align-items:baseline}.method{font:600 12px ui-monospace,monospace;border:1px solid var(--line);border-radius:4px;padding:1px 6px}
.marks{display:flex;flex-wrap:wrap;gap:4px 16px;color:var(--dim);font-size:13px;margin:4px 0}.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:13px;margin:4px 0 12px}
th,td{text-align:left;padding:4px 12px 4px 0;border-bottom:1px solid var(--line);vertical-align:top}th{color:var(--dim);font-weight:500}summary{cursor:pointer;color:var(--dim)}`

/** The page loads nothing and runs nothing; its one style sheet stands in it and is named by its hash. */
export const openApiPagePolicy = `default-src 'none'; style-src 'sha256-${hash('sha256', style, 'base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

const escape = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)
/** `code` in plain text. */
const prose = (text: string): string =>
  text
    .split('\n')
    .map((line) => `<p>${escape(line).replace(/`([^`]+)`/g, '<code>$1</code>')}</p>`)
    .join('')

/** The document as a page for people: no script, readable without styles, one anchor per operation. */
export function openApiPage(document: OpenApi, language: Language): string {
  const t = words[language]
  const sections = document.tags.map(
    ({ name }) =>
      `<h2 id="${escape(name)}">/${escape(name)}</h2>${operationsOf(document, name)
        .map((each) => article(each, language))
        .join('')}`,
  )
  const codes = Object.entries(document.components.responses).map(
    ([name, { description }]) =>
      `<tr><td>${escape(name.replace('Refused', ''))}</td><td>${description
        .split('\n')
        .map((line) => prose(line.replace(/^(\w+):/, '`$1`:')))
        .join('')}</td></tr>`,
  )
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${t.title} — Infotech</title><style>${style}</style></head><body><main>
<h1>${t.title}</h1><p><a href="/api/openapi.json">${t.document}</a></p>${prose(document.info.description)}
<nav aria-label="${t.contents}">${document.tags.map(({ name }) => `<a href="#${escape(name)}">/${escape(name)}</a>`).join('')}<a href="#codes">${t.codes}</a></nav>
${sections.join('\n')}<h2 id="codes">${t.codes}</h2><div class="scroll"><table>${codes.join('')}</table></div></main></body></html>`
}

type Placed = { path: string; method: string; operation: Operation }
const operationsOf = ({ paths }: OpenApi, tag: string): Placed[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { tags }]) => tags.includes(tag))
      .map(([method, operation]) => ({ path, method, operation })),
  )

function article({ path, method, operation }: Placed, language: Language): string {
  const t = words[language]
  const right = operation['x-right']
  const marks = [
    right === 'anyone' ? t.anyone : right === 'signed_in' ? t.signed_in : `${t.right} <code>${escape(right)}</code>`,
    ...(operation['x-purpose'] ? [`${t.purpose} <code>${escape(operation['x-purpose'])}</code>`] : []),
    ...(operation['x-personal'] ? [t.personal] : []),
    ...(operation['x-dangerous'] ? [t.dangerous] : []),
  ]
  const sent = [
    ...operation.parameters.map(({ name, schema, required }): Line => ({ name, schema, required })),
    ...linesOf(Object.values(operation.requestBody?.content ?? {})[0]?.schema ?? {}),
  ]
  const answer = operation.responses['200']
  const answered = answer && 'content' in answer ? linesOf(answer.content['application/json']?.schema ?? {}) : []
  return `<article id="${escape(operation.operationId)}"><h3><span class="method">${method.toUpperCase()}</span><code>${escape(path)}</code></h3><p>${escape(operation.summary)}</p>
<div class="marks">${marks.map((mark) => `<span>${mark}</span>`).join('')}</div>${table(t.sent, sent, language)}
<details><summary>${t.answered}</summary>${table(t.answered, answered, language)}<p>${t.refusals}: ${Object.keys(operation.responses)
    .filter((status) => status !== '200')
    .map((status) => `<a href="#codes">${status}</a>`)
    .join(', ')}</p></details></article>`
}

type Line = { name: string; schema: JsonSchema; required: boolean }

function table(title: string, lines: readonly Line[], language: Language): string {
  const t = words[language]
  if (lines.length === 0) return `<p class="marks">${title}: ${t.nothing}</p>`
  const rows = lines.map(({ name, schema, required }) => `<tr><td><code>${escape(name)}</code></td><td>${escape(typeOf(schema))}</td><td>${required ? t.required : ''}</td></tr>`)
  return `<div class="scroll"><table><thead><tr><th>${t.field}</th><th>${t.type}</th><th></th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`
}

const MAX_DEPTH = 3

/** Fields of an object, with those inside it as `contact.phones`. */
function linesOf(schema: JsonSchema, before = '', depth = 0): Line[] {
  const required = (schema.required ?? []) as string[]
  return Object.entries((schema.properties ?? {}) as Record<string, JsonSchema>).flatMap(([name, each]) => {
    const inner = each.type === 'array' ? ((each.items ?? {}) as JsonSchema) : each
    const place = `${before}${name}${each.type === 'array' ? '[]' : ''}`
    return [{ name: place, schema: each, required: required.includes(name) }, ...(depth < MAX_DEPTH ? linesOf(inner, `${place}.`, depth + 1) : [])]
  })
}

/** In JSON Schema `true` stands for anything and `false` for nothing. */
function typeOf(schema: JsonSchema | boolean): string {
  if (typeof schema === 'boolean') return 'any'
  if (Array.isArray(schema.prefixItems)) return `[${(schema.prefixItems as (JsonSchema | boolean)[]).map(typeOf).join(', ')}]`
  if (Array.isArray(schema.enum)) return schema.enum.map(String).join(' | ')
  if ('const' in schema) return String(schema.const)
  const either = (schema.anyOf ?? schema.oneOf) as (JsonSchema | boolean)[] | undefined
  if (either) return either.map(typeOf).join(' | ')
  if (schema.type === 'array') return `[${typeOf((schema.items ?? true) as JsonSchema | boolean)}]`
  const { format, maxLength, maxItems } = schema as { format?: string; maxLength?: number; maxItems?: number }
  const limits = [format, maxLength && `≤ ${maxLength}`, maxItems && `≤ ${maxItems}`].filter(Boolean)
  return [typeof schema.type === 'string' ? schema.type : 'any', ...limits].join(', ')
}
