import { z } from 'zod'
import { post } from '../endpoint.ts'

/** The word by which a company's site is found. */
const Site = z.object({ site: z.string().min(1).max(40) })

/** A "no" says nothing more: wrong, used, expired and never sent are one. */
const Entered = z.object({ entered: z.boolean(), expiresAt: z.iso.datetime().nullable() })

export const CODE_MINUTES = 10
export const CODE_ATTEMPTS = 5

/**
 * How somebody without an account comes to the page that shows what is held about them. Whatever address is given, the answer, its time and what is
 * written are the same: nobody learns here who is known.
 */
export const portal = {
  askCode: post('/sites/:site/portal/code', {
    can: 'site.visit',
    purpose: 'rights',
    summary: 'Send a one-time code to this e-mail or phone, if it is on record. The answer is the same for every address',
    secrets: ['address'],
    input: Site.extend({ address: z.string().trim().min(3).max(254), language: z.enum(['ru', 'en']).default('ru') }),
    output: z.object({ challengeId: z.uuid(), expiresAt: z.iso.datetime() }),
  }),
  enter: post('/sites/:site/portal/enter', {
    can: 'site.visit',
    purpose: 'rights',
    summary: 'Come in with the code. Wrong, used, expired and never sent are answered alike',
    secrets: ['code'],
    input: Site.extend({ challengeId: z.uuid(), code: z.string().regex(/^\d{6}$/) }),
    output: Entered,
  }),
  enterByLink: post('/sites/:site/portal/enter-by-link', {
    can: 'site.visit',
    purpose: 'rights',
    summary: 'Come in with the link of a letter, good once',
    secrets: ['token'],
    input: Site.extend({ token: z.string().min(20).max(200) }),
    output: Entered,
  }),
}
