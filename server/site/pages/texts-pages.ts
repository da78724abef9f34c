import type { z } from 'zod'
import type { PublicText, showcase } from '../../../contract/site/showcase.ts'
import { html, type Html } from '../../platform/html/html.ts'
import { siteWords } from './layout.ts'
import type { Visit } from './open-site.ts'
import { dateText } from './say.ts'

type Listed = z.output<typeof showcase.texts.output>['texts'][number]

export function textsPage({ site, language }: Visit, texts: readonly Listed[]): Html {
  const words = siteWords[language].texts
  const kinds = [...new Set(texts.map(({ kind }) => kind))]
  return html`<section class="narrow plain">
    <h1>${words.title}</h1>
    <p class="lead">${texts.length > 0 ? words.lead : words.none}</p>
    ${kinds.map(
      (kind) =>
        html`<section class="paper">
          <h2>${words.kinds[kind]}</h2>
          <ul class="bare">
            ${texts
              .filter((text) => text.kind === kind)
              .map(
                ({ id, version, publishedAt, newestId }) =>
                  html`<li>
                    <a href="/site/${site.slug}/consents/${id}">${words.version(version, dateText(language, new Date(publishedAt)))}</a>
                    ${id === newestId && html`<span class="badge good">${words.newest}</span>`}
                  </li>`,
              )}
          </ul>
        </section>`,
    )}
  </section>`
}

/** Word for word: what stands between the marks is the text itself, and its hash can be counted anew from the plain one. */
export function textPage({ site, language }: Visit, { id, kind, version, body, bodySha256, publishedAt, newestId }: PublicText): Html {
  const words = siteWords[language].texts
  const at = `/site/${site.slug}/consents`
  return html`<article class="narrow plain">
    <p class="soft eyebrow"><a href="${at}">${words.title}</a></p>
    <h1>${words.kinds[kind]}</h1>
    <p class="soft">${words.version(version, dateText(language, new Date(publishedAt)))} ${id === newestId && html`<span class="badge good">${words.newest}</span>`}</p>
    ${id !== newestId && html`<p class="notice">${words.older} <a href="${at}/${newestId}">${words.toNewest}</a></p>`}
    ${language !== 'ru' && html`<p class="notice">${words.russianOnly}</p>`}
    <div class="paper verbatim" lang="ru">${body}</div>
    <p class="soft">${words.hash}:<br /><code class="hash">${bodySha256}</code></p>
    <p><a href="${at}/${id}/plain">${words.raw}</a></p>
  </article>`
}
