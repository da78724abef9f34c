import type { PolicyVersion, PolicyVersionRow } from '../../../contract/privacy/policy.ts'
import type { z } from 'zod'
import { notFound, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { hashOfFacts, policyFacts, type PolicyFacts } from './facts.ts'
import { renderPolicy } from './render-policy.ts'

type Row = { version: number; publishedAt: Date; publishedBy: string | null; sha256Ru: Buffer; sha256En: Buffer }
type WholeRow = Row & { bodyRu: string; bodyEn: string; pageRu: string; pageEn: string }
const columns = `version, published_at "publishedAt", published_by "publishedBy", sha256_ru "sha256Ru", sha256_en "sha256En"`
const whole = `${columns}, body_ru "bodyRu", body_en "bodyEn", page_ru "pageRu", page_en "pageEn"`

const list = statement<Row>('policy_versions', `select ${columns} from policy_versions where tenant_id = $1 order by version desc limit 500`)
const one = statement<WholeRow>('policy_version', `select ${whole} from policy_versions where tenant_id = $1 and version = $2`)
const last = statement<WholeRow & { facts: Partial<PolicyFacts>; factsSha256: Buffer }>(
  'policy_last',
  `select ${whole}, facts, facts_sha256 "factsSha256" from policy_versions where tenant_id = $1 order by version desc limit 1`,
)

export const toRow = ({ version, publishedAt, publishedBy, sha256Ru, sha256En }: Row): z.output<typeof PolicyVersionRow> => ({
  version,
  publishedAt: publishedAt.toISOString(),
  publishedBy,
  sha256: { ru: sha256Ru.toString('hex'), en: sha256En.toString('hex') },
})
const toVersion = (row: WholeRow): z.output<typeof PolicyVersion> => ({ ...toRow(row), body: { ru: row.bodyRu, en: row.bodyEn }, page: { ru: row.pageRu, en: row.pageEn } })

export const readVersions = async (ctx: Pick<Ctx, 'run'>): Promise<z.output<typeof PolicyVersionRow>[]> => (await ctx.run(list)).map(toRow)

/** The version in force: the newest. Its facts are in their order again, as they were hashed. */
export async function lastVersion(ctx: Pick<Ctx, 'run'>): Promise<(WholeRow & { facts: Partial<PolicyFacts>; factsSha256: Buffer }) | undefined> {
  const [row] = await ctx.run(last)
  return row
}

/** Throws not_found for a version that is not there, and, without a number, where none was ever published. */
export async function readVersion(ctx: Ctx, version?: number): Promise<z.output<typeof PolicyVersion>> {
  const row = version === undefined ? await lastVersion(ctx) : (await ctx.run(one, [version]))[0]
  if (!row) throw notFound()
  return toVersion(row)
}

/** A version as its table holds it, but for the ids: what acts, founding and the demonstration write alike. */
export type NewVersion = {
  facts: PolicyFacts
  factsSha256: Buffer
  bodyRu: string
  bodyEn: string
  pageRu: string
  pageEn: string
  sha256Ru: Buffer
  sha256En: Buffer
}
export function versionOf(gathered: Parameters<typeof policyFacts>[0]): NewVersion {
  const facts = policyFacts(gathered)
  const [ru, en] = [renderPolicy(facts, 'ru'), renderPolicy(facts, 'en')]
  return { facts, factsSha256: hashOfFacts(facts), bodyRu: ru.body, bodyEn: en.body, pageRu: ru.page, pageEn: en.page, sha256Ru: ru.sha256, sha256En: en.sha256 }
}
