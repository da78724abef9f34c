import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stage } from '../../../test/stage.ts'

const DAY_MS = 86_400_000

test('whoever leaves is held as the register counts: from the end of the year where its line says so', async (t) => {
  const { owner, hire, clock } = await stage(t)
  const chief = await hire('administrator')
  const boris = await hire('seller')
  await owner.query(`update activities set counts_from_year_end = true where tenant_id = $1 and code = 'employment'`, [chief.dealer.tenantId])
  const { body } = await chief.get<{ rows: { id: string; personId: string; version: number }[] }>('/staff?limit=100')
  const row = body.rows.find(({ id }) => id === boris.employeeId) ?? assert.fail('not in the directory')
  const left = await chief.post<{ version: number }>(`/staff/${row.id}/deactivate`, { version: row.version })
  assert.equal(left.status, 200, JSON.stringify(left.body))
  const { rows } = await owner.query<{ until: Date; destroy_after: Date }>(
    'select g.until, p.destroy_after from grounds g join persons p on p.tenant_id = g.tenant_id and p.id = g.person_id where p.id = $1',
    [row.personId],
  )
  const end = new Date(Date.UTC(clock.now.getFullYear() + 1, 0, 1) - 3 * 3_600_000 + 1826 * DAY_MS)
  assert.deepEqual(rows, [{ until: end, destroy_after: end }])
})
