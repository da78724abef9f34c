import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lintTemplate } from '../../contract/mailing/lint-template.ts'
import { deskRequests } from './desk-requests.ts'
import { dealerMail, importerMail } from './mail-plans.ts'
import { mailStory } from './mail-story.ts'
import { createRandom } from './random.ts'

const people = Array.from({ length: 12 }, (_, i) => `00000000-0000-4000-8000-0000000000${String(i + 10)}`)
const desk = (now: string) => deskRequests({ random: createRandom('desk'), tenantId: people[0]!, officerId: people[1]!, people, offsetMinutes: 180, now: new Date(now) })

test('whenever the network is shown, its officer has something late, something for tomorrow and something closed, each with the term of the law', () => {
  for (const now of ['2026-01-12T08:00:00Z', '2026-05-04T08:00:00Z', '2026-11-30T20:00:00Z', '2026-12-31T08:00:00Z', '2027-02-22T08:00:00Z']) {
    const { requests, events } = desk(now)
    const today = new Date(Date.parse(now) + 3 * 3_600_000).toISOString().slice(0, 10)
    const open = requests.filter(({ state }) => state === 'new' || state === 'in_work')
    assert.ok(
      open.some(({ due_on: due }) => String(due) < today),
      `late on ${now}`,
    )
    assert.ok(
      open.some(({ due_on: due }) => String(due) > today),
      `soon on ${now}`,
    )
    assert.ok(requests.some(({ state }) => state === 'answered'))
    assert.deepEqual(
      requests.map(({ number }) => number),
      requests.map((_, i) => i + 1),
    )
    for (const { received_at: at } of requests) assert.ok((at as Date) <= new Date(now))
    assert.ok(requests.every(({ id }) => events.some(({ request_id: of, kind }) => of === id && kind === 'received')))
  }
})

test('where the production calendar ends no term is guessed: the desk is empty', () => {
  assert.deepEqual(desk('2028-03-01T08:00:00Z'), { requests: [], events: [], items: [] })
})

test('the templates pass the linter, and what became of a letter is what its reader had said', () => {
  for (const template of [...dealerMail.templates, ...importerMail.templates]) assert.deepEqual(lintTemplate(template), [], template.code)
  const now = new Date('2026-11-30T09:00:00Z')
  const ago = (days: number) => new Date(now.getTime() - days * 86_400_000)
  const word = (personId: string, kind: string, state: string, days: number) => ({
    tenantId: people[0]!,
    id: `${personId.slice(0, 24)}${String(days).padStart(12, '0')}`,
    personId,
    textId: people[0]!,
    kind,
    state,
    how: 'site',
    byId: null,
    at: ago(days),
    validUntil: null,
  })
  const person = (id: string) => ({
    tenantId: people[0]!,
    id,
    kind: 'customer',
    outletId: null,
    responsibleId: null,
    specialistId: null,
    destroyAfter: null,
    createdAt: ago(100),
    updatedAt: ago(100),
  })
  const [vera, gleb, inna, yana] = [people[2]!, people[3]!, people[4]!, people[5]!]
  const { messages, mailings } = mailStory({
    random: createRandom('mail'),
    tenantId: people[0]!,
    byId: people[1]!,
    publishedAt: ago(90),
    now,
    plan: dealerMail,
    offsetMinutes: 180,
    people: [vera, gleb, inna, yana].map(person),
    reachable: new Set([vera, gleb, inna]),
    words: [
      word(vera, 'advertising_data', 'given', 50),
      word(vera, 'advertising_email', 'given', 49),
      word(gleb, 'advertising_data', 'given', 50),
      word(gleb, 'advertising_email', 'withdrawn', 20),
    ],
  })
  assert.deepEqual(mailings[0]?.started_at, new Date('2026-11-19T08:00:00Z'), 'in the morning of the office')
  assert.deepEqual(
    messages.map(({ state, because }) => [state, because]),
    [
      ['sent', 'consents'],
      ['refused', 'objection'],
      ['refused', 'data_consent_absent'],
      ['refused', 'no_address'],
    ],
  )
})
