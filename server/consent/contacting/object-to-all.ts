import { channels, type ConsentHow, type ConsentKind } from '../../../contract/consent/consent.ts'
import type { Ctx } from '../../kernel/index.ts'
import { addConsent, type Evidence } from '../events/add-consent.ts'
import { readEvents } from '../events/read-events.ts'
import { stateOf } from '../events/state-of.ts'
import { objectOn } from './objections.ts'
import { contactConsents } from './verdict.ts'

type All = { personId: string; how: ConsentHow; place?: string; evidence?: Evidence }

/**
 * "Write to me and call me no more" (152-ФЗ art. 15 ч.2): every advertising consent that is in force is withdrawn, and every address of the person
 * is objected to on every channel, also where nothing had been agreed to. Said again it adds no second withdrawal. Returns the kinds withdrawn.
 */
export async function objectToAll(ctx: Ctx, { personId, how, ...where }: All): Promise<ConsentKind[]> {
  const events = await readEvents(ctx, personId, contactConsents)
  const given = contactConsents.filter((kind) => stateOf(kind, events, ctx.now()).state === 'given')
  for (const kind of given) await addConsent(ctx, { personId, kind, state: 'withdrawn', how, ...where })
  await objectOn(ctx, { personId, channels, how })
  return given
}
