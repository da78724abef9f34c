import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { test } from 'node:test'
import { allows, roles, staffRoles, type Right, type Role } from '../contract/permissions.ts'
import { repositoryFolder } from '../server/platform/config/repository.ts'
import { accessMatrix, accessMatrixFile } from '../tools/access-matrix.ts'

test('whoever reviews docs/access-matrix.md reviews the rights that the server checks', () => {
  assert.equal(readFileSync(path.join(repositoryFolder, accessMatrixFile), 'utf8'), accessMatrix(), 'run: node tools/access-matrix.ts')
})

test('nobody both runs the company’s settings and opens its clients', () => {
  for (const role of roles) assert.ok(!(allows(role, 'staff.edit') && allows(role, 'person.reveal')), role)
})

test('who reads the log of others sells nothing and changes nobody’s rights', () => {
  for (const role of staffRoles.filter((each) => allows(each, 'log.read')))
    for (const right of ['staff.edit', 'key.edit', 'deal.edit', 'lead.take', 'person.edit'] as const) assert.ok(!allows(role, right), `${role} ${right}`)
})

test('everybody on the staff may see what the log says of themselves', () => {
  assert.deepEqual(
    staffRoles.filter((role) => !allows(role, 'log.own')),
    [],
  )
})

test('support, the distributor and analysts see no client of a dealer', () => {
  for (const role of ['support_engineer', 'regional_manager', 'analyst'] as const)
    for (const right of ['person.read', 'person.reveal', 'lead.read', 'deal.read'] as const) assert.ok(!allows(role, right), `${role} ${right}`)
})

test('every client of the company is open only to those who answer whoever calls, lead them or keep the law; a credit specialist waits to be handed one', () => {
  const seeAll = (right: Right): Role[] => staffRoles.filter((role) => allows(role, right))
  assert.deepEqual(seeAll('person.read_all'), ['operator', 'service_adviser', 'head_of_sales', 'privacy_officer', 'lead_desk'])
  assert.deepEqual(seeAll('deal.read_all'), ['head_of_sales'])
  assert.deepEqual(
    seeAll('person.reveal').filter((role) => !allows(role, 'unled.read')),
    ['credit_specialist', 'privacy_officer'],
  )
})
