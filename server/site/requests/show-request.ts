import { siteConsents, siteRequests, type SiteConsent } from '../../../contract/site/request.ts'
import { handle, notFound } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { policyInForce } from '../../privacy/index.ts'
import { makeToken } from './form-token.ts'
import { findTaken } from './taken.ts'

const inForce = statement<{ kind: SiteConsent; textId: string }>(
  'site_texts_in_force',
  `
  select distinct on (kind) kind, id "textId" from consent_texts where tenant_id = $1 and kind = any ($2::text[]) order by kind, version desc`,
)

/** The boxes stand in the order of the contract; a kind without a published text has no box. */
export const showForm = handle(siteRequests.form, async (ctx) => {
  const [token, texts, policyVersion] = await Promise.all([makeToken(ctx), ctx.run(inForce, [[...siteConsents]]), policyInForce(ctx)])
  return { token, texts: texts.toSorted((one, other) => siteConsents.indexOf(one.kind) - siteConsents.indexOf(other.kind)), policyVersion }
})

/** The ref is known to whoever sent the form and to nobody else. */
export const showRequest = handle(siteRequests.show, async (ctx, { ref }) => {
  const taken = await findTaken(ctx, ref)
  if (!taken) throw notFound()
  return taken
})
