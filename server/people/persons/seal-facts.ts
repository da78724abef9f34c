import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { Sealed, SealItem } from '../../vault/index.ts'
import { factColumns, tokenColumns } from './add-person.ts'

// An upsert would have to read the payload that it replaces, and the web may not read payloads: so first update, then insert what was not there.
const put = statement(
  'facts_put',
  `
  with gone as (delete from search_tokens where tenant_id = $1 and person_id = $2 and kind = any ($3::smallint[])),
  offered as (select * from unnest($4::text[], $5::uuid[], $6::int[], $7::uuid[], $8::bytea[]) o(class, record_id, version, key_id, payload)),
  changed as (update facts f set version = o.version, key_id = o.key_id, payload = o.payload from offered o
    where f.tenant_id = $1 and f.person_id = $2 and f.class = o.class and f.record_id = o.record_id returning f.class, f.record_id)
  insert into facts (tenant_id, person_id, class, record_id, version, key_id, payload)
  select $1, $2, o.class, o.record_id, o.version, o.key_id, o.payload from offered o where not exists (select from changed c where c.class = o.class and c.record_id = o.record_id)`,
)
const index = statement(
  'facts_index',
  `
  insert into search_tokens (tenant_id, token, person_id, kind) select $1, t.token, $2, t.kind from unnest($3::bigint[], $4::smallint[]) t(token, kind) on conflict do nothing`,
)

const add = statement(
  'facts_add',
  `
  insert into facts (tenant_id, person_id, class, record_id, version, key_id, payload)
  select $1, $2, o.class, o.record_id, o.version, o.key_id, o.payload from unnest($3::text[], $4::uuid[], $5::int[], $6::uuid[], $7::bytea[]) o(class, record_id, version, key_id, payload)`,
)

/** Puts in facts that were never there before and that nobody searches (what was said): they may be sealed while the act still asks its own questions. */
export const addFacts = async (ctx: Ctx, personId: string, sealed: Sealed[]): Promise<void> => void (await ctx.run(add, [personId, ...factColumns(sealed)]))

/** Seals facts of one existing person and puts them in; a contact sealed anew replaces its search tokens. Cars add theirs. */
export async function sealFacts(ctx: Ctx, personId: string, items: SealItem[]): Promise<void> {
  const sealed = await ctx.vault.seal(ctx.asker, ctx.tenantId, items)
  const replaced = items.some((item) => item.class === 'contact') ? [1] : []
  await ctx.run(put, [personId, replaced, ...factColumns(sealed)])
  if (sealed.some(({ tokens }) => tokens.length > 0)) await ctx.run(index, [personId, ...tokenColumns(sealed)])
}
