import type { FastifyRequest } from 'fastify'
import type { z } from 'zod'
import { askedOf, type Action } from '../../kernel/index.ts'
import type { Visit } from './open-site.ts'
import type { SiteDeps } from './site-deps.ts'

/** An act of the visitor, as the JSON door would carry it out: same right, same contract, same transaction. */
export async function askAct<I extends z.ZodType, O extends z.ZodType>(
  deps: Pick<SiteDeps, 'work'>,
  request: FastifyRequest,
  visit: Visit,
  action: Action<I, O>,
  input: Omit<z.input<I>, 'site'>,
): Promise<z.output<O>> {
  const asked = askedOf(action, visit.credential, request)
  const named = { ...input, site: visit.site.slug } as z.input<I>
  return (await deps.work({ ...asked, caller: { ...asked.caller, language: visit.language } }, (ctx) => action(ctx, named))).result
}
