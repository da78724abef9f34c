import type { Ctx } from '../../../kernel/index.ts'

/** The one answer to everybody who does not come in. The log says that somebody tried, not by which address. */
export function refused(ctx: Ctx): { entered: false; expiresAt: null } {
  ctx.audit('portal.refused')
  return { entered: false, expiresAt: null }
}
