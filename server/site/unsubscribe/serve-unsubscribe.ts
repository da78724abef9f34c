import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { makeUnsubscribe, showUnsubscribe } from '../../mailing/index.ts'
import { askAct } from '../pages/ask-act.ts'
import { openSite, type Visit } from '../pages/open-site.ts'
import { goTo, sendPage } from '../pages/send-page.ts'
import type { SiteDeps } from '../pages/site-deps.ts'
import { unsubscribePage } from './unsubscribe-page.ts'

const MAX_BYTES = 8_192
const tokenOf = (request: FastifyRequest): string => (request.params as { token?: string }).token ?? ''

/**
 * The link of an advertising message. Opening it changes nothing, because programs open links before people do. Sending it says no: from the page
 * by a button, from a mail program by one click (RFC 8058: POST, no cookie, no login, no redirect). No form of another site is refused
 * here: whoever has the link may say no by it, and can do nothing else.
 */
export function serveUnsubscribe(http: FastifyInstance, deps: SiteDeps): void {
  // Whoever closed the site meanwhile must still hear a "no" to what was sent before.
  const openHere = (request: FastifyRequest, reply: FastifyReply): Promise<Visit> => openSite(deps, request, reply, undefined, true)
  void http.register(async (scope) => {
    // The one-click POST may come in either form of the RFC.
    scope.addContentTypeParser('multipart/form-data', { parseAs: 'buffer', bodyLimit: MAX_BYTES }, (_request, body, done) => done(null, body))
    scope.get('/site/:site/unsubscribe/:token', async (request, reply) => {
      const visit = await openHere(request, reply)
      const token = tokenOf(request)
      return sendPage(reply, unsubscribePage(visit, token, await askAct(deps, request, visit, showUnsubscribe, { token })))
    })
    scope.post('/site/:site/unsubscribe/:token', async (request, reply) => {
      const visit = await openHere(request, reply)
      const token = tokenOf(request)
      const said = saidIn(request)
      await askAct(deps, request, visit, makeUnsubscribe, { token, scope: said.isEverywhere ? 'all_channels' : 'this' })
      if (!said.isOneClick) return goTo(reply, `/site/${visit.site.slug}/unsubscribe/${token}`)
      return sendPage(reply, unsubscribePage(visit, token, await askAct(deps, request, visit, showUnsubscribe, { token })))
    })
  })
}

/** What cannot be read is one click: whatever a mail program sends along, its reader wants no more of this. */
function saidIn({ body }: FastifyRequest): { isOneClick: boolean; isEverywhere: boolean } {
  const text = body instanceof Uint8Array ? Buffer.from(body).subarray(0, MAX_BYTES).toString('latin1') : ''
  const scope = new URLSearchParams(text).get('scope')
  return { isOneClick: scope === null, isEverywhere: scope === 'all_channels' }
}
