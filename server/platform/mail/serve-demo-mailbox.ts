import type { FastifyInstance } from 'fastify'
import { demoMailboxPath, DemoLetters, DemoLetterText } from '../../../contract/platform/mailbox.ts'
import { listDemoLetters, readDemoLetter } from './demo-mailbox.ts'

/** The demo mailbox's answers; call in the demo only. */
export function serveDemoMailbox(http: FastifyInstance, folder: string): void {
  http.get(demoMailboxPath, async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    return DemoLetters.parse({ letters: await listDemoLetters(folder) })
  })
  http.get<{ Params: { letterId: string } }>(`${demoMailboxPath}/:letterId`, async (request, reply) => {
    const letter = await readDemoLetter(folder, request.params.letterId)
    if (!letter) return reply.callNotFound()
    reply.header('cache-control', 'no-store')
    return DemoLetterText.parse(letter)
  })
}
