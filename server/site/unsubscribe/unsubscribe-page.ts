import { channels, type Channel } from '../../../contract/consent/consent.ts'
import { unsubscribeWords as english } from '../../../i18n/en/unsubscribe.ts'
import { unsubscribeWords as russian } from '../../../i18n/ru/unsubscribe.ts'
import { html, type Html } from '../../platform/html/html.ts'
import { layout } from '../pages/layout.ts'
import type { Visit } from '../pages/open-site.ts'

const wordsOf = { ru: russian, en: english }

/** What the link would stop, with the one button that does; afterwards what is stopped, and the offer to stop all. */
export function unsubscribePage(visit: Visit, token: string, { channel, stopped }: { channel: Channel; stopped: readonly Channel[] }): string {
  const words = wordsOf[visit.language]
  const isStopped = stopped.includes(channel)
  const named = stopped.map((each) => words.channels[each]).join(words.and)
  const main = html`<section class="narrow plain">
    <h1>${words.title}</h1>
    ${isStopped ? html`<p class="notice" role="status">${words.stopped(named)}</p>` : html`<p class="lead">${words.ask(visit.site.operator.name, words.channels[channel])}</p>`}
    ${!isStopped && button(visit, token, 'this', words.stop, 'button')}
    ${
      stopped.length < channels.length &&
      html`<p>${words.allText}</p>
        ${button(visit, token, 'all_channels', words.all, 'button second')}`
    }
    <p class="soft">${words.service}</p>
    ${isStopped && html`<p class="soft">${words.back}</p>`}
  </section>`
  return layout({ ...visit, title: words.title, main, robots: 'noindex', choice: { ...visit.choice, isAsked: false } })
}

/** No proof of the form: the link itself is the proof, and it works without any cookie. */
const button = ({ site }: Visit, token: string, scope: 'this' | 'all_channels', text: string, look: string): Html =>
  html`<form method="post" action="/site/${site.slug}/unsubscribe/${token}">
    <button class="${look}" name="scope" value="${scope}">${text}</button>
  </form>`
