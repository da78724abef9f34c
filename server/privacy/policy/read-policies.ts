import { policies, sitePolicies } from '../../../contract/privacy/policy.ts'
import { handle } from '../../kernel/index.ts'
import { readVersion, readVersions } from './versions.ts'

export const listPolicyVersions = handle(policies.versions, async (ctx) => ({ rows: await readVersions(ctx) }))
export const showPolicyVersion = handle(policies.version, (ctx, { version }) => readVersion(ctx, version))

/** What a visitor of the site reads: the same bytes as everybody else. */
export const showSitePolicy = handle(sitePolicies.current, (ctx) => readVersion(ctx))
export const showArchivedPolicy = handle(sitePolicies.archived, (ctx, { version }) => readVersion(ctx, version))
export const listSitePolicies = handle(sitePolicies.list, async (ctx) => ({ rows: await readVersions(ctx) }))
