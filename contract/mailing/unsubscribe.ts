import { z } from 'zod'
import { channels } from '../consent/consent.ts'
import { get, post } from '../endpoint.ts'

const Site = z.object({ site: z.string().max(40) })
/** Sealed by the vault: names company, channel, address hash, message and person; good for as long as the letter lies somewhere. */
const Token = z.string().max(400)
export const unsubscribeScopes = ['this', 'all_channels'] as const
export type UnsubscribeScope = (typeof unsubscribeScopes)[number]

/** The link of an advertising message. No session and no password: the token is the proof. */
export const unsubscribe = {
  show: get('/sites/:site/unsubscribe', {
    can: 'site.visit',
    evenClosed: true,
    purpose: 'rights',
    summary: 'What a link in a message would stop; changes nothing, so that whoever scans links stops nothing',
    input: Site.extend({ token: Token }),
    output: z.object({ channel: z.enum(channels), stopped: z.array(z.enum(channels)) }),
  }),
  make: post('/sites/:site/unsubscribe', {
    can: 'site.visit',
    evenClosed: true,
    purpose: 'rights',
    summary: 'Stop advertising to the address of a message, or on every channel; once is as good as many times',
    input: Site.extend({ token: Token, scope: z.enum(unsubscribeScopes).default('this') }),
    output: z.object({ stopped: z.array(z.enum(channels)), cancelled: z.number().int() }),
  }),
}
