import type { z } from 'zod'
import { interests } from '../../../contract/crm/lead.ts'
import type { Policy, PolicyChange } from '../../../contract/crm/routing.ts'
import { stale, TryAgain, type Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import { defaultPolicy } from './default-policy.ts'

/** The two clocks of each interest: a company's own, and those that a network sets its dealers. */
export function clockPolicies(table: 'lead_policies' | 'network_policies') {
  const columns = `interest, take_minutes "takeMinutes", first_contact_minutes "firstContactMinutes", version`
  const list = statement<Policy>(`${table}_list`, `select ${columns} from ${table} where tenant_id = $1 limit 50`)
  const one = statement<Policy>(`${table}_one`, `select ${columns} from ${table} where tenant_id = $1 and interest = $2`)
  const put = statement<{ id: string }>(
    `${table}_put`,
    `
    insert into ${table} (tenant_id, id, interest, take_minutes, first_contact_minutes, version) values ($1, $2, $3, $4, $5, $6)
    on conflict (tenant_id, interest) do update set take_minutes = excluded.take_minutes, first_contact_minutes = excluded.first_contact_minutes, version = excluded.version
      where ${table}.version = excluded.version - 1 returning id`,
  )
  const unset = (interest: Policy['interest']): Policy => ({ interest, ...defaultPolicy, version: 0 })
  return {
    /** Of every interest; those never set stand with version 0. */
    async list(ctx: Ctx): Promise<Policy[]> {
      const rows = await ctx.run(list)
      return interests.map((interest) => rows.find((row) => row.interest === interest) ?? unset(interest))
    },
    /** Returns the id of the row. */
    async change(ctx: Ctx, { interest, version, takeMinutes, firstContactMinutes }: z.output<typeof PolicyChange>): Promise<string> {
      const now = (await ctx.run(one, [interest]))[0] ?? unset(interest)
      if (now.version !== version) throw stale({ version: now.version, takeMinutes: now.takeMinutes, firstContactMinutes: now.firstContactMinutes })
      const [row] = await ctx.run(put, [ctx.newId(), interest, takeMinutes, firstContactMinutes, version + 1])
      // Somebody was faster between the two statements: the next run tells them so.
      if (!row) throw new TryAgain()
      return row.id
    },
  }
}
