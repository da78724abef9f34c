import type { z } from 'zod'
import { consentKinds, type Channel, type ConsentKind } from '../../../../contract/consent/consent.ts'
import { own, type OwnConsents } from '../../../../contract/site/own.ts'
import { addressedOn, readEvents, stateOf } from '../../../consent/index.ts'
import { handle, type Ctx } from '../../../kernel/index.ts'
import { statement } from '../../../platform/db/session.ts'
import type { MaskedContact, Revealed, Shown } from '../../../vault/index.ts'
import { namedPersons, ownPersons, type OwnRow } from './own-persons.ts'

type TextRow = { id: string; kind: ConsentKind; version: number; body: string; bodySha256: Buffer; publishedAt: Date }
const texts = statement<TextRow>(
  'own_consent_texts',
  `
  select id, kind, version, body, body_sha256 "bodySha256", published_at "publishedAt" from consent_texts where tenant_id = $1 and id = any ($2::uuid[]) order by kind, version desc`,
)

/** What each of them said, what it amounts to now, and the texts as they were shown. By an address that several share only what can be withdrawn. */
export async function ownConsentsOf(ctx: Ctx, persons: readonly { row: OwnRow; masked: Revealed<MaskedContact> }[]): Promise<Shown<z.input<typeof OwnConsents>>> {
  const addressed = await addressedOn(
    ctx,
    persons.map(({ row }) => row.id),
  )
  const told = await Promise.all(persons.map((person) => consentsOf(ctx, person, [...(addressed.get(person.row.id)?.objected ?? [])])))
  const textIds = [...new Set(told.flatMap(({ events }) => events.flatMap(({ textId }) => textId ?? [])))]
  const bodies = textIds.length > 0 ? await ctx.run(texts, [textIds]) : []
  return {
    persons: told,
    texts: bodies.map(({ bodySha256, publishedAt, ...text }) => ({ ...text, bodySha256: bodySha256.toString('hex'), publishedAt: publishedAt.toISOString() })),
  }
}

async function consentsOf(ctx: Ctx, { row, masked }: { row: OwnRow; masked: Revealed<MaskedContact> }, objected: Channel[]) {
  const events = await readEvents(ctx, row.id, null)
  return {
    personId: row.id,
    masked,
    now: consentKinds.map((kind) => {
      const now = stateOf(kind, events, ctx.now())
      return { ...now, at: now.at?.toISOString() ?? null, validUntil: now.validUntil?.toISOString() ?? null }
    }),
    events: (ctx.actor.isProved ? events : []).map(({ byId: _who, at, validUntil, textSha256, ...event }) => ({
      ...event,
      at: at.toISOString(),
      validUntil: validUntil?.toISOString() ?? null,
      textSha256: textSha256?.toString('hex') ?? null,
    })),
    objected,
  }
}

export const showOwnConsents = handle(own.consents, async (ctx) => ownConsentsOf(ctx, await namedPersons(ctx, await ownPersons(ctx))))
