import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import type { OwnRequest } from '../../../../contract/privacy/request.ts'
import { notFound } from '../../../kernel/index.ts'
import { html, type Html } from '../../../platform/html/html.ts'
import { listOwnRequests, showOwnAnswer } from '../../../privacy/index.ts'
import type { SiteDeps } from '../../pages/site-deps.ts'
import { ask, codeOf, inside, notice, paramOf, queryOf, section, type Inside } from './portal-page.ts'
import { day } from './say.ts'

type Row = z.output<typeof OwnRequest>

/** What was demanded, by which day it is answered, and the answer itself. */
export function serveRequests(http: FastifyInstance, deps: SiteDeps): void {
  http.get(
    '/site/:site/my/requests',
    inside(deps, async (portal) => {
      const { words, visit, request } = portal
      const { rows } = await ask(portal, portal.own, listOwnRequests, {})
      const filed = rows.find(({ id }) => id === queryOf(request, 'filed'))
      const said = filed && notice(words.requests.filed(filed.number, day(visit.language, filed.dueOn)))
      return section(portal, words.requests.title, html`${said}${rows.length === 0 ? html`<p>${words.requests.empty}</p>` : rows.map((row) => requestOf(portal, row))}`)
    }),
  )
  for (const form of ['pdf', 'json'] as const) {
    http.get(
      `/site/:site/my/requests/:requestId/answer.${form}`,
      inside(deps, async (portal) => {
        const { request, reply } = portal
        const file = await ask(portal, portal.own, showOwnAnswer, { requestId: paramOf(request, 'requestId'), form }).catch((error: unknown) => {
          throw codeOf(error, request) === 'invalid' ? notFound() : error
        })
        return reply
          .header('cache-control', 'no-store')
          .header('content-disposition', `attachment; filename="answer.${form}"`)
          .type(form === 'pdf' ? 'application/pdf' : 'application/json; charset=utf-8')
          .send(Buffer.from(file.base64, 'base64'))
      }),
    )
  }
}

function requestOf({ words, visit, at }: Inside, row: Row): Html {
  const { requests } = words
  return html`<article class="paper">
    <h2>№ ${row.number}. ${requests.kinds[row.kind]}</h2>
    <dl class="facts">
      <dt>${requests.state}</dt>
      <dd>
        <span class="badge${row.state === 'answered' || row.state === 'executed' ? ' good' : ''}">${requests.states[row.state]}</span>
        ${row.refusal && requests.refused(row.refusal.article)}
      </dd>
      <dt>${requests.received}</dt>
      <dd>${day(visit.language, row.receivedOn)}</dd>
      <dt>${requests.due}</dt>
      <dd>${day(visit.language, row.dueOn)}</dd>
    </dl>
    ${row.reply && html`<p class="verbatim">${row.reply}</p>`}
    ${
      row.hasAnswer &&
      html`<p class="buttons">
        <a class="button small" href="${at}/requests/${row.id}/answer.pdf">${requests.pdf}</a>
        <a class="button second small" href="${at}/requests/${row.id}/answer.json">${requests.json}</a>
      </p>`
    }
  </article>`
}
