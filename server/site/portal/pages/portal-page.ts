import type { FastifyReply, FastifyRequest, RouteHandlerMethod } from 'fastify'
import type { z } from 'zod'
import { portal as en } from '../../../../i18n/en/portal.ts'
import { portal as ru } from '../../../../i18n/ru/portal.ts'
import { askedOf, errorBody, orderCookie, subjectOf, type Action, type Credential } from '../../../kernel/index.ts'
import { html, type Html } from '../../../platform/html/html.ts'
import { field, type Problem } from '../../pages/form.ts'
import { refuseForeignForm } from '../../pages/guard-form.ts'
import { layout } from '../../pages/layout.ts'
import { openSite, type Visit } from '../../pages/open-site.ts'
import { readForm, type Form } from '../../pages/read-form.ts'
import { goTo, sendPage } from '../../pages/send-page.ts'
import type { SiteDeps } from '../../pages/site-deps.ts'

export type PortalWords = typeof ru
/** One request to the page of a person. `own`: the proof of who they are, when they have one for this very company. */
export type Portal = { deps: SiteDeps; request: FastifyRequest; reply: FastifyReply; visit: Visit; words: PortalWords; at: `/site/${string}/my`; own: Credential | null }
export type Inside = Portal & { own: Credential }

export async function openPortal(deps: SiteDeps, request: FastifyRequest, reply: FastifyReply): Promise<Portal> {
  const visit = await openSite(deps, request, reply)
  const shown = subjectOf(request)
  const own = shown.kind === 'subject' && shown.tenantId === visit.site.tenantId ? shown : null
  return { deps, request, reply, visit, words: visit.language === 'ru' ? ru : en, at: `/site/${visit.site.slug}/my`, own }
}

/** Asks an act, as the person or as a visitor, through the same door as JSON does. A cookie that it orders leaves with the page. */
export async function ask<I extends z.ZodType, O extends z.ZodType>(
  { deps, request, reply }: Portal,
  credential: Credential,
  action: Action<I, O>,
  input: z.input<I>,
): Promise<z.output<O>> {
  const { result, cookie } = await deps.work(askedOf(action, credential, request), (ctx) => action(ctx, input))
  orderCookie(deps, reply, cookie)
  return result
}

/** A page for everybody. */
export const entrance =
  (deps: SiteDeps, show: (portal: Portal, form: Form) => Promise<unknown>): RouteHandlerMethod =>
  async (request, reply) => {
    const form = formOf(deps, request)
    return show(await openPortal(deps, request, reply), form)
  }

/** A page for whoever is in; others are led to the entrance, which tells nobody why. */
export const inside =
  (deps: SiteDeps, show: (portal: Inside, form: Form) => Promise<unknown>): RouteHandlerMethod =>
  async (request, reply) => {
    const form = formOf(deps, request)
    const portal = await openPortal(deps, request, reply)
    const { own } = portal
    if (own === null) return goTo(reply, portal.at)
    try {
      return await show({ ...portal, own }, form)
    } catch (error) {
      const code = codeOf(error, request)
      if (code === 'not_signed_in') return goTo(reply, `${portal.at}?over=1`)
      // What the address does not open is explained where it can be opened.
      if (code === 'shared_address') return goTo(reply, portal.at)
      throw error
    }
  }

export const codeOf = (error: unknown, request: FastifyRequest): string => errorBody(error, request).body.error
export const queryOf = (request: FastifyRequest, name: string): string => (request.query as Record<string, string | undefined>)[name] ?? ''
export const paramOf = (request: FastifyRequest, name: string): string => (request.params as Record<string, string | undefined>)[name] ?? ''

const nothing: Form = { text: () => '', isOn: () => false, values: new Map() }
/** Every form proves that it came from a page of ours before anything else is looked at. */
function formOf(deps: SiteDeps, request: FastifyRequest): Form {
  if (request.method !== 'POST') return nothing
  const form = readForm(request)
  refuseForeignForm(request, form, deps.origin)
  return form
}

export const show = ({ reply, visit }: Portal, title: string, main: Html, status = 200): FastifyReply =>
  sendPage(reply, layout({ ...visit, title, main, robots: 'noindex' }), status)

/** A form of ours with its proof. */
export const formTo = ({ visit }: Portal, action: string, content: Html): Html =>
  html`<form method="post" action="${action}" novalidate>
    <input type="hidden" name="key" value="${visit.choice.key}" />
    ${content}
  </form>`

/** A page inside: title, what is on it, the way back. */
export const section = (portal: Portal, title: string, main: Html): FastifyReply =>
  show(
    portal,
    title,
    html`<section class="narrow plain">
      <p><a href="${portal.at}">← ${portal.words.back}</a></p>
      <h1>${title}</h1>
      ${main}
    </section>`,
  )

/** The address by which somebody comes in, or comes in again as themself alone. */
export const askForm = (portal: Portal, { address = '', problems = [] }: { address?: string | undefined; problems?: readonly Problem[] } = {}): Html =>
  formTo(
    portal,
    `${portal.at}/code`,
    html`<p>${portal.words.ask.how}</p>
      ${field({
        name: 'address',
        label: portal.words.ask.address,
        hint: portal.words.ask.addressHint,
        language: portal.visit.language,
        value: address,
        problems,
        autocomplete: 'username',
        inputmode: 'email',
        maxlength: 254,
      })}
      <div class="buttons"><button class="button">${portal.words.ask.send}</button></div>`,
  )

export const notice = (text: string): Html => html`<p class="notice" role="status">${text}</p>`
