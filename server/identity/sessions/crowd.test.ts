import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stage } from '../../../test/stage.ts'
import { hashPassword } from './passwords.ts'

test('forty sign in at the same moment over six connections, and each is answered', async (t) => {
  const house = await stage(t)
  const people = await Promise.all(Array.from({ length: 20 }, () => house.hire('seller')))
  const password = 'длинная фраза для входа'
  await house.owner.query('update accounts set password_hash = $1', [await hashPassword(password)])
  const enter = (employeeId: string, typed: string) => house.stranger.post('/sign-in', { email: `seller.${employeeId.slice(0, 8)}@staff.example`, password: typed })
  const answers = await Promise.all(people.flatMap(({ employeeId }) => [enter(employeeId, password), enter(employeeId, 'не та фраза совсем')]))
  assert.deepEqual(
    answers.map(({ status }) => status),
    people.flatMap(() => [200, 401]),
  )
})

test('a dozen change their passwords at the same moment, each ending sessions at the other company', async (t) => {
  const house = await stage(t)
  const [dealer, other] = [await house.dealer(), await house.dealer('Урал')]
  const people = await Promise.all(Array.from({ length: 12 }, () => house.hire('seller', { dealer })))
  const twins = await Promise.all(people.map(() => house.hire('seller', { dealer: other })))
  const password = 'длинная фраза для входа'
  await house.owner.query('update accounts set password_hash = $1', [await hashPassword(password)])
  for (const [i, { employeeId }] of people.entries())
    await house.owner.query('insert into account_tenants (account_id, tenant_id, employee_id) select account_id, $2, $3 from employees where id = $1', [
      employeeId,
      other.tenantId,
      twins[i]?.employeeId,
    ])
  const answers = await Promise.all(people.map((who) => who.post('/me/password', { current: password, next: 'совсем другая длинная фраза' })))
  assert.deepEqual(
    answers.map(({ status }) => status),
    people.map(() => 200),
  )
})
