import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { escapeHtml, html } from './html.ts'

test('nobody’s words become markup, in a text or in an attribute', () => {
  const name = `"><script>alert('x')</script>&`
  assert.equal(html`<p title="${name}">${name}</p>`.text, `<p title="${escapeHtml(name)}">${escapeHtml(name)}</p>`)
  fc.assert(fc.property(fc.string(), (text) => !/[<>"']/.test(html`${text}`.text)))
})

test('pages are made of pages, lists are joined, and what is not there leaves nothing', () => {
  assert.equal(
    html`<ul>
      ${['a', '<'].map((each) => html`<li>${each}</li>`)}${null}${undefined}${false}${0}
    </ul>`.text,
    '<ul>\n<li>a</li><li>&lt;</li>0\n</ul>',
  )
})

test('the indentation of a template is not sent, what somebody wrote keeps every space of theirs', () => {
  const said = 'первая\n    вторая'
  assert.equal(
    html`<ul>
      <li>${said}</li>
      <li>третья</li>
    </ul>`.text,
    `<ul>\n<li>${said}</li>\n<li>третья</li>\n</ul>`,
  )
})
