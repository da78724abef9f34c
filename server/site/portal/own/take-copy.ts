import { own } from '../../../../contract/site/own.ts'
import { handle } from '../../../kernel/index.ts'
import { namedPersons, provedPersons } from './own-persons.ts'
import { heldPersons } from './show-held.ts'
import { looksAt } from './show-looks.ts'
import { ownConsentsOf } from './show-own-consents.ts'
import { operatorOf, processorOf } from './show-own.ts'
import { recipientsOf } from './show-recipients.ts'

const MAX_LOOKS = 100

/** All that the page shows, in one answer that a program can read. The newest looks only: the whole list is on the page. */
export const takeCopy = handle(own.copy, async (ctx) => {
  const rows = await provedPersons(ctx)
  const personIds = rows.map(({ id }) => id)
  const [operator, processor, persons, consents, recipients, looks] = await Promise.all([
    operatorOf(ctx),
    processorOf(ctx),
    heldPersons(ctx),
    namedPersons(ctx, rows).then((named) => ownConsentsOf(ctx, named)),
    recipientsOf(ctx, personIds),
    Promise.all(personIds.map(async (personId) => (await looksAt(ctx, { personId, limit: MAX_LOOKS })).rows.map((look) => ({ ...look, personId })))),
  ])
  return { madeAt: ctx.now().toISOString(), operator, processor, persons, consents, recipients, looks: looks.flat() }
})
