import { z } from 'zod'
import { get, patch, post } from '../endpoint.ts'
import { plain } from '../people/person.ts'
import { bodyTypes, Trim } from './showcase.ts'

/** The word of a site in its address: small Latin letters, digits and hyphens. */
export const Slug = z
  .string()
  .trim()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/)
const Words = { name: plain(120).min(2), headline: plain(160), about: plain(1_000) }

/** A model with what the site says of it; `isShown` false and version 0: nothing yet. */
export const ModelContent = z.object({
  modelId: z.uuid(),
  brand: z.string(),
  name: z.string(),
  headline: z.string(),
  bodyType: z.enum(bodyTypes),
  priceFromKopecks: z.number().int().nullable(),
  trims: z.array(Trim),
  place: z.number().int(),
  isShown: z.boolean(),
  version: z.number().int(),
})
export type ModelContent = z.output<typeof ModelContent>

export const SiteContent = z.object({ slug: z.string(), name: z.string(), headline: z.string(), about: z.string(), isOpen: z.boolean(), version: z.number().int() })
export type SiteContent = z.output<typeof SiteContent>

export const ModelDraft = z.object({
  headline: plain(200).min(2),
  bodyType: z.enum(bodyTypes),
  trims: z.array(Trim).min(1).max(20),
  place: z.number().int().min(0).max(1_000),
  isShown: z.boolean(),
})

export const siteContent = {
  show: get('/site', {
    can: 'site.read',
    summary: 'What visitors of our site see; null while there is none',
    input: z.object({}),
    output: z.object({ site: SiteContent.nullable(), models: z.array(ModelContent) }),
  }),
  open: post('/site', { can: 'site.edit', summary: 'Open a site of our own under a word of our choice', input: z.object({ slug: Slug, name: Words.name }), output: SiteContent }),
  edit: patch('/site', {
    can: 'site.edit',
    summary: 'Change the words of the site, close or open it',
    input: z.object({ ...Words, isOpen: z.boolean(), version: z.number().int() }),
    output: z.object({ version: z.number().int() }),
  }),
  editModel: patch('/site/models/:modelId', {
    can: 'site.edit',
    summary: 'What the site says of a model, and whether it is shown; version 0: for the first time',
    input: ModelDraft.extend({ modelId: z.uuid(), version: z.number().int().min(0) }),
    output: z.object({ modelId: z.uuid(), version: z.number().int() }),
  }),
  visits: get('/site/visits', {
    can: 'site.read',
    summary: 'Pages seen by day, of visitors who allowed counting, and requests by the site',
    input: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
    output: z.object({ days: z.array(z.object({ day: z.iso.date(), views: z.number().int(), visitors: z.number().int(), requests: z.number().int() })) }),
  }),
}
