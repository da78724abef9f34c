import type { ConsentKind } from '../../../contract/consent/consent.ts'
import { invalid, Refusal, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'

export type TextRow = { id: string; version: number; validDays: number }

const newest = statement<TextRow>(
  'consent_text_newest',
  `
  select id, version, valid_days "validDays" from consent_texts where tenant_id = $1 and kind = $2 order by version desc limit 1`,
)
const named = statement<TextRow>('consent_text_named', `select id, version, valid_days "validDays" from consent_texts where tenant_id = $1 and kind = $2 and id = $3`)
const lastGiven = statement<TextRow>(
  'consent_text_given',
  `
  select t.id, t.version, t.valid_days "validDays" from consent_events e join consent_texts t on t.tenant_id = $1 and t.id = e.text_id
  where e.tenant_id = $1 and e.person_id = $2 and e.kind = $3 and e.state = 'given' order by e.at desc, e.id desc limit 1`,
)

type Asked = {
  /** Needed where no text is named. */ personId?: string
  kind: ConsentKind
  state: 'given' | 'refused' | 'withdrawn'
  textId?: string | undefined
  /** The field to name when the text is no text of ours. */ at?: string | undefined
}

/**
 * The very text that was shown: one of this company and of this kind, else refused by its field. Left out: the newest for a "yes", the one
 * that was agreed to for a "no". A "no" is taken without any text at all (152-ФЗ art. 9 ч.2: at any time); a "yes" without one is nothing.
 */
export async function textOf(ctx: Ctx, { personId, kind, state, textId, at = 'textId' }: Asked): Promise<TextRow | null> {
  if (textId !== undefined) {
    const [text] = await ctx.run(named, [kind, textId])
    if (!text) throw invalid(at, 'unknown')
    return text
  }
  const [agreed] = state === 'given' ? [] : await ctx.run(lastGiven, [personId, kind])
  const [text] = agreed ? [agreed] : await ctx.run(newest, [kind])
  if (!text && state === 'given') throw new Refusal('no_text', { details: { kind } })
  return text ?? null
}
