import type { Became } from '../../../../contract/crm/intake.ts'
import { companyZone } from '../../../identity/index.ts'
import type { Ctx } from '../../../kernel/index.ts'
import { parseAdf } from '../adf/parse-adf.ts'
import type { AdfOptions, AdfResult } from '../adf/types.ts'
import type { Original } from '../../leads/keep-message.ts'
import { intakeFromAdf } from './intake-from-adf.ts'
import { keepUnparsed, referenceKey, takeIn } from './take-in.ts'
import { vendorZones } from './vendor-zones.ts'

export const MAX_PROSPECTS = 50

type Adf = { sourceId: string; document: string | Uint8Array; original: Omit<Original, 'messageId'>; idOf?: (index: number) => string; notices?: readonly string[] }

/**
 * Every prospect of a document becomes a lead, a repeat or a message in the tray, each by itself; a document that is no ADF becomes one message.
 * Times without a zone are on the vendor's wall, and on that of the company's first outlet when the vendor is not known here. `idOf` names the kept
 * originals, where the door knows a delivery again; `notices` are what the door has to say of the delivery.
 */
export async function receiveAdf(
  ctx: Ctx,
  { sourceId, document, original, idOf = () => ctx.newId(), notices: ofDoor = [] }: Adf,
): Promise<{ results: Became[]; notices: string[] }> {
  const [key, timeZone] = [await referenceKey(ctx), await companyZone(ctx)]
  const read = await readAdf(ctx, document, { timeZone, referenceKey: key })
  const door = { sourceId, original, messageId: idOf(0) }
  if ('problem' in read) return { results: [await keepUnparsed(ctx, door, null, read)], notices: [] }
  const codes = [...new Set([...ofDoor, ...read.notices.map(({ code }) => code)])]
  if (read.prospects.length > MAX_PROSPECTS) return { results: [await keepUnparsed(ctx, door, null, { problem: 'too_many_prospects', at: null })], notices: codes }
  const results: Became[] = []
  for (const [index, prospect] of read.prospects.entries()) {
    const { intake, notices } = intakeFromAdf(prospect, key)
    const named = { sourceId, original: { ...original, notices: [...codes, ...notices] }, messageId: idOf(index) }
    results.push(await takeIn(ctx, named, intake, { externalRef: intake.externalRef ?? null, isResend: prospect.isResend }))
  }
  return { results, notices: codes }
}

/** Who the vendors are stands in the document: where a time needs their zone, it is read once more with it. */
async function readAdf(ctx: Ctx, document: Adf['document'], options: AdfOptions): Promise<AdfResult> {
  const read = parseAdf(document, options)
  if ('problem' in read || !read.notices.some(({ code }) => code === 'requestdate_without_zone' || code === 'more_notices')) return read
  const zoneOf = await vendorZones(
    ctx,
    read.prospects.map(({ vendor }) => vendor),
  )
  return parseAdf(document, { ...options, zoneOf })
}
