import { site as en } from '../../../i18n/en/site.ts'
import { site as ru } from '../../../i18n/ru/site.ts'
import { Html, html } from '../../platform/html/html.ts'
import { stylePath } from './assets.ts'

export type Language = 'ru' | 'en'
export const siteWords = { ru, en } as const

/** Whose pages these are: the name visitors know, and the operator in law who answers for them. */
export type SiteInfo = {
  tenantId: string
  slug: string
  name: string
  operator: { name: string; address: string; inn: string; ogrn: string }
  /** The company sells or serves cars, and so takes requests; the platform's own does not. */
  takesRequests: boolean
}
/** What the visitor has said about cookies. `isAsked`: nothing yet, so the banner stands on the page. `key`: proves that a form came from our page. */
export type Choice = { isAsked: boolean; analytics: boolean; marketing: boolean; key: string }
export type Page = { site: SiteInfo; language: Language; path: string; title: string; main: Html; robots?: 'noindex'; choice?: Choice }

/** A whole page of a company's site. No script, no inline style, nothing from another address: the content policy would refuse it. */
export function layout({ site, language, path, title, main, robots, choice }: Page): string {
  const at = `/site/${site.slug}`
  return pageOf({
    language,
    title: title === site.name ? title : `${title} · ${site.name}`,
    robots,
    body: html`${header(site, language, path)}
      <main id="main" tabindex="-1">${main}</main>
      ${footer(site, language)} ${choice?.isAsked && banner(at, language, path, choice.key)}`,
  })
}

/** A page of nobody's: the address names no company. */
export const bareLayout = (language: Language, title: string, main: Html): string =>
  pageOf({ language, title, robots: 'noindex', body: html`<main id="main" tabindex="-1">${main}</main>` })

type Bare = { language: Language; title: string; body: Html; robots?: 'noindex' | undefined }
const pageOf = ({ language, title, body, robots }: Bare): string =>
  html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        ${robots && html`<meta name="robots" content="${robots}" />`}
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${stylePath}" />
      </head>
      <body>
        <a class="skip" href="#main">${siteWords[language].skip}</a>
        ${body}
      </body>
    </html>`.text

function header(site: SiteInfo, language: Language, path: string): Html {
  const words = siteWords[language]
  const at = `/site/${site.slug}`
  const selling = site.takesRequests
    ? ([
        [`${at}/models`, words.models],
        [`${at}/dealers`, words.places],
      ] as const)
    : []
  const links = [...selling, [`${at}/my`, words.my]] as const
  const other = language === 'ru' ? 'en' : 'ru'
  return html`<header class="top">
    <div class="wide row">
      <a class="brand" href="${at}">${site.name}</a>
      <a class="quiet" href="${path}?lang=${other}" hreflang="${other}" lang="${other}" aria-label="${words.otherLanguage}">${other.toUpperCase()}</a>
      <nav aria-label="${words.sections}">${links.map(([href, name]) => html`<a href="${href}" ${isCurrent(path, href) && new Html('aria-current="page"')}>${name}</a>`)}</nav>
      ${site.takesRequests && html`<a class="button small" href="${at}/request">${words.request}</a>`}
    </div>
  </header>`
}

const isCurrent = (path: string, href: string): boolean => path === href || path.startsWith(`${href}/`)

function footer(site: SiteInfo, language: Language): Html {
  const words = siteWords[language]
  const at = `/site/${site.slug}`
  const { operator } = site
  return html`<footer class="bottom">
    <div class="wide">
      <nav aria-label="${words.legal}">
        <a href="${at}/policy">${words.policy}</a>
        <a href="${at}/consents">${words.consents}</a>
        <a href="${at}/cookies">${words.cookies}</a>
        <a href="${at}/my">${words.my}</a>
      </nav>
      <p>${operator.name}, ${words.inn} ${operator.inn}, ${words.ogrn} ${operator.ogrn}</p>
      <p>${operator.address}</p>
    </div>
  </footer>`
}

/** Accept and refuse are the same kind of button, side by side: neither is easier to press. */
function banner(at: string, language: Language, path: string, key: string): Html {
  const words = siteWords[language].banner
  return html`<section class="banner" aria-labelledby="cookies-title">
    <form class="wide" method="post" action="${at}/cookies">
      <input type="hidden" name="key" value="${key}" />
      <input type="hidden" name="back" value="${path}" />
      <div>
        <h2 id="cookies-title">${words.title}</h2>
        <p>${words.text}</p>
      </div>
      <div class="choices">
        <button class="button" name="choose" value="all">${words.accept}</button>
        <button class="button" name="choose" value="none">${words.refuse}</button>
        <a class="quiet" href="${at}/cookies">${words.details}</a>
      </div>
    </form>
  </section>`
}
