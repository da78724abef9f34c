import { z } from 'zod'
import { consentKinds } from '../consent/consent.ts'
import { get } from '../endpoint.ts'
import { Site } from './request.ts'

export const bodyTypes = ['sedan', 'liftback', 'hatchback', 'wagon', 'crossover', 'suv', 'pickup', 'van'] as const
export type BodyType = (typeof bodyTypes)[number]
export const Trim = z.object({ name: z.string().trim().min(1).max(100), priceKopecks: z.number().int().positive().max(1e13) })

/** A model as visitors see it. */
export const ShownModel = z.object({
  modelId: z.uuid(),
  brand: z.string(),
  name: z.string(),
  headline: z.string(),
  bodyType: z.enum(bodyTypes),
  priceFromKopecks: z.number().int(),
  /** Its place in the row of models. */
  place: z.number().int(),
  trims: z.array(Trim),
})
export type ShownModel = z.output<typeof ShownModel>

/** Opening and closing by weekday on the place's own wall, as outlets have them. */
export const PlaceHours = z.record(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']), z.tuple([z.string(), z.string()]).nullable())
/** A place where one is served: an outlet of the company or, of a distributor, of its dealers. `until`: closing or next opening, on the place's wall. */
export const Place = z.object({
  id: z.uuid(),
  name: z.string(),
  city: z.string(),
  address: z.string(),
  timeZone: z.string(),
  hours: PlaceHours,
  isOpen: z.boolean(),
  changesAt: z.iso.datetime().nullable(),
})
export type Place = z.output<typeof Place>

/** A consent text as everybody may read it. */
export const PublicText = z.object({
  id: z.uuid(),
  kind: z.enum(consentKinds),
  version: z.number().int(),
  body: z.string(),
  bodySha256: z.string(),
  publishedAt: z.iso.datetime(),
  /** The text in force of this kind, when this one is not. */
  newestId: z.uuid(),
})
export type PublicText = z.output<typeof PublicText>

export const showcase = {
  home: get('/sites/:site/home', {
    can: 'site.visit',
    summary: 'The first page: words of the company and its models',
    input: Site,
    output: z.object({ headline: z.string(), about: z.string(), models: z.array(ShownModel) }),
  }),
  models: get('/sites/:site/models', { can: 'site.visit', summary: 'Models on show', input: Site, output: z.object({ models: z.array(ShownModel) }) }),
  model: get('/sites/:site/models/:modelId', { can: 'site.visit', summary: 'One model on show', input: Site.extend({ modelId: z.uuid() }), output: ShownModel }),
  places: get('/sites/:site/places', {
    can: 'site.visit',
    summary: 'Where one is served: name, city, address, hours, and whether it is open now; by city and name, as many as the limit names',
    input: Site.extend({ limit: z.coerce.number().int().min(1).max(500).default(500) }),
    output: z.object({ places: z.array(Place) }),
  }),
  texts: get('/sites/:site/consent-texts', {
    can: 'site.visit',
    summary: 'Every consent text that was ever published, newest version first',
    input: Site,
    output: z.object({ texts: z.array(PublicText.omit({ body: true })) }),
  }),
  text: get('/sites/:site/consent-texts/:textId', {
    can: 'site.visit',
    summary: 'One consent text, word for word, with its hash',
    input: Site.extend({ textId: z.uuid() }),
    output: PublicText,
  }),
}
