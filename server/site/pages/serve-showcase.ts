import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Html } from '../../platform/html/html.ts'
import { listPublicTexts, showPublicText } from '../showcase/public-texts.ts'
import { showHome, showModel, showModels } from '../showcase/show-models.ts'
import { showPlaces } from '../showcase/show-places.ts'
import type { CountedPage } from '../visits/visit-counter.ts'
import { askAct } from './ask-act.ts'
import { homePage } from './home-page.ts'
import { layout, siteWords } from './layout.ts'
import { modelPage, modelsPage } from './models-pages.ts'
import { noteVisit } from './note-visit.ts'
import { openSite, type Visit } from './open-site.ts'
import { placesPage } from './places-page.ts'
import { sendPage } from './send-page.ts'
import type { PagesDeps } from './site-deps.ts'
import { textPage, textsPage } from './texts-pages.ts'

type Drawn = { title: string; main: Html }
type Draw = (request: FastifyRequest, visit: Visit) => Promise<Drawn>

/** What anybody may look at. */
export function serveShowcase(http: FastifyInstance, deps: PagesDeps): void {
  const serve = (paths: readonly string[], page: CountedPage, draw: Draw): void => {
    const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const visit = await openSite(deps, request, reply)
      const drawn = await draw(request, visit)
      noteVisit(deps, request, reply, visit, page)
      return sendPage(reply, layout({ ...visit, ...drawn }))
    }
    for (const path of paths) http.get(`/site/:site${path}`, handler)
  }
  serve(['', '/'], 'home', async (request, visit) => {
    const [home, { places }] = await Promise.all([askAct(deps, request, visit, showHome, {}), askAct(deps, request, visit, showPlaces, {})])
    return { title: visit.site.name, main: homePage(visit, home, places, deps.now()) }
  })
  serve(['/models'], 'models', async (request, visit) => {
    const { models } = await askAct(deps, request, visit, showModels, {})
    return { title: siteWords[visit.language].models, main: modelsPage(visit, models) }
  })
  serve(['/models/:modelId'], 'model', async (request, visit) => {
    const model = await askAct(deps, request, visit, showModel, { modelId: param(request, 'modelId') })
    return { title: `${model.brand} ${model.name}`, main: modelPage(visit, model) }
  })
  serve(['/dealers'], 'dealers', async (request, visit) => {
    const { places } = await askAct(deps, request, visit, showPlaces, {})
    return { title: siteWords[visit.language].places, main: placesPage(visit, places, deps.now()) }
  })
  serve(['/consents'], 'consents', async (request, visit) => {
    const { texts } = await askAct(deps, request, visit, listPublicTexts, {})
    return { title: siteWords[visit.language].texts.title, main: textsPage(visit, texts) }
  })
  serve(['/consents/:textId'], 'consents', async (request, visit) => {
    const text = await askAct(deps, request, visit, showPublicText, { textId: param(request, 'textId') })
    return { title: siteWords[visit.language].texts.kinds[text.kind], main: textPage(visit, text) }
  })
  http.get('/site/:site/consents/:textId/plain', async (request, reply) => {
    const visit = await openSite(deps, request, reply)
    const { body } = await askAct(deps, request, visit, showPublicText, { textId: param(request, 'textId') })
    return reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(body)
  })
}

const param = (request: FastifyRequest, name: string): string => (request.params as Record<string, string | undefined>)[name] ?? ''
