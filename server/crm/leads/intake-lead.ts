import { leads } from '../../../contract/crm/lead.ts'
import { handle, invalid } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { keepRefusedJson } from '../intake/doors/keep-refused.ts'
import { receiveLead } from './receive-lead.ts'

const activeSource = statement<{ id: string }>('source_active', 'select id from lead_sources where tenant_id = $1 and code = $2 and is_active')

/** The JSON door: what was sent is kept sealed beside the lead, as it came: also what the contract does not name. */
export const intakeLead = handle(
  leads.intake,
  async (ctx, { sourceCode, ...intake }) => {
    const [source] = await ctx.run(activeSource, [sourceCode])
    if (!source) throw invalid('sourceCode', 'unknown')
    const { leadId, number, isRepeated } = await receiveLead(ctx, {
      sourceId: source.id,
      intake,
      original: { format: 'json', bytes: ctx.caller.bytes ?? Buffer.from(JSON.stringify({ sourceCode, ...intake })) },
    })
    return { leadId, number, isRepeated }
  },
  { keepRefused: keepRefusedJson },
)
