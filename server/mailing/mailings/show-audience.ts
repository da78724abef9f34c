import { audience } from '../../../contract/mailing/mailing.ts'
import { handle, type Ctx } from '../../kernel/index.ts'
import { maskedPeople } from '../../people/index.ts'
import { AT_ONCE, audiencePage, considered, ownOutlet, type Filter } from './audience.ts'

type Asked = { outletId?: string | undefined; modelId?: string | undefined; activityId?: string | undefined }
const filterOf = (ctx: Ctx, { outletId, modelId, activityId }: Asked): Filter => ({
  outletId: ownOutlet(ctx, outletId ?? null),
  modelId: modelId ?? null,
  activityId: activityId ?? null,
})

/** Numbers only, part by part: a company of a million clients is counted while one looks on, and no question takes longer than its part. */
export const countAudience = handle(audience.count, async (ctx, { channel, limit, cursor, ...asked }) => {
  const ids = await audiencePage(ctx, filterOf(ctx, asked), cursor ?? null, limit)
  const groups = Map.groupBy(await considered(ctx, ids, channel), ([, { because }]) => because)
  return {
    people: ids.length,
    counts: [...groups].map(([because, answers]) => ({ because, may: answers[0]?.[1].may ?? false, people: answers.length })),
    nextCursor: ids.length === limit ? (ids.at(-1) ?? null) : null,
  }
})

/** At most so many people are asked about for one answer; where none fits among them the answer is empty and goes on. */
const MAX_LOOKED_AT = 4 * AT_ONCE

export const listAudience = handle(audience.people, async (ctx, { channel, because, cursor, limit, ...asked }) => {
  const found: string[] = []
  let last: string | null = cursor ?? null
  let looked = 0
  let isOver = false
  while (found.length < limit && looked < MAX_LOOKED_AT && !isOver) {
    const ids = await audiencePage(ctx, filterOf(ctx, asked), last, AT_ONCE)
    isOver = ids.length < AT_ONCE
    looked += ids.length
    const fitting = new Set((await considered(ctx, ids, channel)).flatMap(([id, answer]) => (answer.because === because ? [id] : [])))
    for (const id of ids) {
      last = id
      if (fitting.has(id)) found.push(id)
      if (found.length < limit) continue
      isOver &&= id === ids.at(-1)
      break
    }
  }
  const masks = await maskedPeople(ctx, found)
  return { rows: found.map((personId) => ({ personId, masked: masks.get(personId) ?? null, because })), nextCursor: isOver ? null : last }
})
