import { z } from 'zod'

/** A letter of the demo mailbox as the page lists it. The mailbox exists in the demo only and holds what was sent to anyone. */
export const DemoLetter = z.object({ id: z.string(), at: z.iso.datetime(), to: z.string(), from: z.string(), subject: z.string() })
export const DemoLetterText = DemoLetter.extend({ text: z.string() })
export const DemoLetters = z.object({ letters: z.array(DemoLetter) })

/** Where the demo's page asks; answered by the web process in the demo only, else 404. Nobody need be signed in: an invitation is read by who cannot sign in yet. */
export const demoMailboxPath = '/api/demo/mailbox'
