import type { FastifyReply, FastifyRequest } from 'fastify'
import { dateIn } from '../../platform/calendar/zone.ts'
import type { CountedPage } from '../visits/visit-counter.ts'
import { cookieOf, setCookie } from './cookies.ts'
import type { Visit } from './open-site.ts'
import type { PagesDeps } from './site-deps.ts'

const campaignName = /^[a-z0-9_.-]{1,60}$/

/**
 * What the visitor has allowed, and no more: with statistics the page is counted (the cookie holds a date, so a day's visitors are told apart from
 * their pages without numbers); with marketing the campaign that led here is remembered.
 */
export function noteVisit(deps: PagesDeps, request: FastifyRequest, reply: FastifyReply, visit: Visit, page: CountedPage): void {
  const place = { isSecure: deps.isSecure, path: `/site/${visit.site.slug}` }
  if (visit.choice.analytics) {
    const day = dateIn('Europe/Moscow', deps.now())
    const isFirstToday = cookieOf(request, 'infotech_seen') !== day
    if (isFirstToday) setCookie(reply, place, 'infotech_seen', day)
    deps.visits.count({ tenantId: visit.site.tenantId, day, page, isFirstToday })
  }
  // What is no longer allowed, by the visitor or by their browser's signal, goes at the next page.
  if (!visit.choice.analytics && cookieOf(request, 'infotech_seen')) setCookie(reply, place, 'infotech_seen', null)
  if (!visit.choice.marketing && cookieOf(request, 'infotech_from')) setCookie(reply, place, 'infotech_from', null)
  const campaign = (request.query as { utm_campaign?: string }).utm_campaign?.toLowerCase() ?? ''
  if (visit.choice.marketing && campaignName.test(campaign)) setCookie(reply, place, 'infotech_from', campaign)
}
