import { z } from 'zod'

/** A letter or a short message of the demo mailbox as the page lists it. The mailbox exists in the demo only and holds what was sent to anyone. */
export const DemoLetter = z.object({ id: z.string(), kind: z.enum(['email', 'sms']), at: z.iso.datetime(), to: z.string(), from: z.string(), subject: z.string() })
/** `unsubscribe`: the address of `List-Unsubscribe`, by which a mail program says no in one click. */
export const DemoLetterText = DemoLetter.extend({
  text: z.string(),
  headers: z.array(z.object({ name: z.string(), value: z.string() })),
  unsubscribe: z.string().nullable(),
})
export const DemoLetters = z.object({ letters: z.array(DemoLetter) })

/** Where the demo's page asks; answered by the web process in the demo only, else 404. Nobody need be signed in: an invitation is read by who cannot sign in yet. */
export const demoMailboxPath = '/api/demo/mailbox'
