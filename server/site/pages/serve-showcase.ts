import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Html } from '../../platform/html/html.ts'
import { listPublicTexts, showPublicText } from '../showcase/public-texts.ts'
import { showHome, showModel, showModels } from '../showcase/show-models.ts'
import { showPlaces } from '../showcase/show-places.ts'
import type { CountedPage } from '../visits/visit-counter.ts'
import { HOME_PLACES, homePage } from './home-page.ts'
import { layout, siteWords } from './layout.ts'
import { modelPage, modelsPage } from './models-pages.ts'
import { noteVisit } from './note-visit.ts'
import { openPage, type Ask, type Visit } from './open-site.ts'
import { placesPage } from './places-page.ts'
import { sendPage } from './send-page.ts'
import type { PagesDeps } from './site-deps.ts'
import { textPage, textsPage } from './texts-pages.ts'

type Drawn = { title: string; main: Html }
type Page<T> = { counted: CountedPage; read: (ask: Ask, request: FastifyRequest) => Promise<T>; draw: (visit: Visit, shown: T) => Drawn }

/** What anybody may look at. */
export function serveShowcase(http: FastifyInstance, deps: PagesDeps): void {
  const serve = <T>(paths: readonly string[], { counted, read, draw }: Page<T>): void => {
    const handler = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const { visit, shown } = await openPage(deps, request, reply, (ask) => read(ask, request))
      const drawn = draw(visit, shown)
      noteVisit(deps, request, reply, visit, counted)
      return sendPage(reply, layout({ ...visit, ...drawn }))
    }
    for (const path of paths) http.get(`/site/:site${path}`, handler)
  }
  serve(['', '/'], {
    counted: 'home',
    read: (ask) => Promise.all([ask(showHome, {}), ask(showPlaces, { limit: HOME_PLACES })]),
    draw: (visit, [home, { places }]) => ({ title: visit.site.name, main: homePage(visit, home, places, deps.now()) }),
  })
  serve(['/models'], {
    counted: 'models',
    read: (ask) => ask(showModels, {}),
    draw: (visit, { models }) => ({ title: siteWords[visit.language].models, main: modelsPage(visit, models) }),
  })
  serve(['/models/:modelId'], {
    counted: 'model',
    read: (ask, request) => ask(showModel, { modelId: param(request, 'modelId') }),
    draw: (visit, model) => ({ title: `${model.brand} ${model.name}`, main: modelPage(visit, model) }),
  })
  serve(['/dealers'], {
    counted: 'dealers',
    read: (ask) => ask(showPlaces, {}),
    draw: (visit, { places }) => ({ title: siteWords[visit.language].places, main: placesPage(visit, places, deps.now()) }),
  })
  serve(['/consents'], {
    counted: 'consents',
    read: (ask) => ask(listPublicTexts, {}),
    draw: (visit, { texts }) => ({ title: siteWords[visit.language].texts.title, main: textsPage(visit, texts) }),
  })
  serve(['/consents/:textId'], {
    counted: 'consents',
    read: (ask, request) => ask(showPublicText, { textId: param(request, 'textId') }),
    draw: (visit, text) => ({ title: siteWords[visit.language].texts.kinds[text.kind], main: textPage(visit, text) }),
  })
  http.get('/site/:site/consents/:textId/plain', async (request, reply) => {
    const {
      shown: { body },
    } = await openPage(deps, request, reply, (ask) => ask(showPublicText, { textId: param(request, 'textId') }))
    return reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(body)
  })
}

const param = (request: FastifyRequest, name: string): string => (request.params as Record<string, string | undefined>)[name] ?? ''
