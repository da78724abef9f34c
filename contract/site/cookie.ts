import { z } from 'zod'
import { post } from '../endpoint.ts'
import { Site } from './request.ts'

export const choiceWays = ['accept', 'refuse', 'details'] as const

export const cookieChoices = {
  choose: post('/sites/:site/cookie-choices', {
    can: 'site.visit',
    purpose: 'rights',
    summary: 'What a visitor says about cookies; kept with its proof. A category without a published text stays off',
    input: Site.extend({
      /** A random number that the visitor’s browser keeps; left out: a new one is made. */
      visitorId: z
        .string()
        .regex(/^[\w-]{16,64}$/)
        .optional(),
      analytics: z.boolean(),
      marketing: z.boolean(),
      how: z.enum(choiceWays),
      /** The browser sent Global Privacy Control: no marketing, whatever was ticked. */
      isSignalled: z.boolean().default(false),
    }),
    output: z.object({ visitorId: z.string(), analytics: z.boolean(), marketing: z.boolean() }),
  }),
}
