import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import type { RevealRequest } from './protocol.ts'
import { VaultRefusal } from './refusal.ts'
import { newToken } from './token.ts'
import { aContact, aNote, vaultStage } from './vault-stage.ts'

const ask = (personIds: string[], more: Partial<RevealRequest> = {}): RevealRequest => ({
  purpose: 'sale',
  personIds,
  classes: ['contact'],
  masked: false,
  door: 'POST /people/reveal',
  ...more,
})
const refused = (code: string) => (error: unknown) => error instanceof VaultRefusal && error.code === code

test('Anna seals a client and reveals them, and the look stands in the log', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const vault = stage.client()
  const personId = await stage.person(vault, dealer, anna)
  const note = aNote(personId, 'Просила перезвонить вечером')
  await stage.keep(dealer, await vault.seal(anna.asker, dealer.tenantId, [note]))

  const [person] = await vault.reveal(anna.asker, dealer.tenantId, ask([personId], { classes: ['contact', 'communication'] }))

  assert.ok(person?.state === 'open')
  assert.deepEqual(person.masked, { name: 'Шереметьевская А. Т.', phone: '··· 45 67', email: 'a···@mail.example' })
  assert.deepEqual(person.facts.find((fact) => fact.class === 'contact')?.facts, aContact())
  assert.deepEqual(person.facts.find((fact) => fact.class === 'communication')?.facts, { text: 'Просила перезвонить вечером' })
  assert.deepEqual(await stage.events(dealer), [
    {
      event: 'person.revealed',
      actor_id: anna.employeeId,
      person_ids: [personId],
      purpose: 'sale',
      door: 'POST /people/reveal',
      details: { asked: 1, records: 2, classes: 'contact,communication' },
    },
  ])
})

test('a list shows masked names only and is logged as a list', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const vault = stage.client()
  const personId = await stage.person(vault, dealer, anna)
  assert.deepEqual(await vault.reveal(anna.asker, dealer.tenantId, ask([personId], { masked: true })), [
    { personId, state: 'open', masked: { name: 'Шереметьевская А. Т.', phone: '··· 45 67', email: 'a···@mail.example' }, cars: [], facts: [] },
  ])
  assert.deepEqual(
    (await stage.events(dealer)).map(({ event }) => event),
    ['person.listed'],
  )
})

test('for Boris of another dealer the person does not exist, with his tenant or with hers', async (t) => {
  const stage = await vaultStage(t)
  const [dealer, other] = [await stage.dealer(), await stage.dealer()]
  const [anna, boris] = [await stage.hire(dealer, 'operator'), await stage.hire(other, 'operator')]
  const vault = stage.client()
  const personId = await stage.person(vault, dealer, anna)
  assert.deepEqual(await vault.reveal(boris.asker, other.tenantId, ask([personId])), [{ personId, state: 'not_found' }])
  await assert.rejects(vault.reveal(boris.asker, dealer.tenantId, ask([personId])), refused('not_signed_in'))
  assert.deepEqual(await stage.events(dealer), [])
})

test('a session that is over, idle, revoked or of a dismissed colleague opens nothing', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const vault = stage.client()
  const anna = await stage.hire(dealer, 'operator')
  const personId = await stage.person(vault, dealer, anna)
  for (const change of [
    `update sessions set expires_at = now() where employee_id = $1`,
    `update sessions set last_seen_at = now() - interval '2 hours 1 second' where employee_id = $1`,
    `update sessions set revoked_at = now() where employee_id = $1`,
    `update employees set is_active = false where id = $1`,
  ]) {
    const someone = await stage.hire(dealer, 'operator')
    assert.equal((await vault.reveal(someone.asker, dealer.tenantId, ask([personId])))[0]?.state, 'open')
    await stage.owner.query(change, [someone.employeeId])
    await assert.rejects(vault.reveal(someone.asker, dealer.tenantId, ask([personId])), refused('not_signed_in'), change)
  }
  await assert.rejects(vault.reveal({ kind: 'session', token: newToken(dealer.tenantId) }, dealer.tenantId, ask([personId])), refused('not_signed_in'))
  await assert.rejects(vault.reveal({ kind: 'session', token: 'nonsense' }, dealer.tenantId, ask([personId])), refused('not_signed_in'))
})

test('a role without the right is refused: a marketer neither reveals nor lists', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const vault = stage.client()
  const personId = await stage.person(vault, dealer, await stage.hire(dealer, 'operator'))
  const marketer = await stage.hire(dealer, 'marketer')
  await assert.rejects(vault.reveal(marketer.asker, dealer.tenantId, ask([personId])), refused('forbidden'))
  await assert.rejects(vault.reveal(marketer.asker, dealer.tenantId, ask([personId], { masked: true })), refused('forbidden'))
  await assert.rejects(vault.reveal({ kind: 'job', task: 'lead-deadline', jobId: '1' }, dealer.tenantId, ask([personId])), refused('forbidden'))
})

test('a seller sees own clients and free ones of the own outlet, a head of sales everyone', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const vault = stage.client()
  const elsewhere = await stage.outlet(dealer)
  const head = await stage.hire(dealer, 'head_of_sales')
  const [seller, colleague] = [await stage.hire(dealer, 'seller', { outletId: dealer.outletId }), await stage.hire(dealer, 'seller')]
  const mine = await stage.person(vault, dealer, seller, { responsibleId: seller.employeeId, outletId: dealer.outletId })
  const free = await stage.person(vault, dealer, seller)
  const theirs = await stage.person(vault, dealer, seller, { responsibleId: colleague.employeeId })
  const far = await stage.person(vault, dealer, seller, { outletId: elsewhere })
  const all = [mine, free, theirs, far]
  const states = async (asker: typeof seller) => (await vault.reveal(asker.asker, dealer.tenantId, ask(all))).map(({ state }) => state)
  assert.deepEqual(await states(seller), ['open', 'open', 'not_found', 'not_found'])
  assert.deepEqual(await states(head), ['open', 'open', 'open', 'open'])
})

test('without a live ground for the purpose nobody opens a person', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const vault = stage.client()
  const none = await stage.person(vault, dealer, anna, { isHeld: false })
  const [ended, over, held] = [await stage.person(vault, dealer, anna), await stage.person(vault, dealer, anna), await stage.person(vault, dealer, anna)]
  await stage.owner.query('update grounds set ended_at = now() where person_id = $1', [ended])
  await stage.owner.query('update grounds set until = now() where person_id = $1', [over])
  const states = async (purpose: RevealRequest['purpose']) =>
    (await vault.reveal(anna.asker, dealer.tenantId, ask([none, ended, over, held], { purpose }))).map(({ state }) => state)
  assert.deepEqual(await states('sale'), ['no_ground', 'no_ground', 'no_ground', 'open'])
  assert.deepEqual(await states('marketing'), ['no_ground', 'no_ground', 'no_ground', 'no_ground'])
  assert.deepEqual(await states('employment'), ['no_ground', 'no_ground', 'no_ground', 'no_ground'])
})

test('a class that no ground names stays closed', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const vault = stage.client()
  const personId = await stage.person(vault, dealer, anna, { purposes: ['service'], classes: ['contact'] })
  await stage.keep(dealer, await vault.seal(anna.asker, dealer.tenantId, [aNote(personId, 'тайна')]))
  const [person] = await vault.reveal(anna.asker, dealer.tenantId, ask([personId], { purpose: 'service', classes: ['contact', 'communication'] }))
  assert.ok(person?.state === 'open')
  assert.deepEqual(
    person.facts.map((fact) => fact.class),
    ['contact'],
  )
})

test('a restricted person opens for the privacy officer answering them, for nobody else', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const [anna, vera] = [await stage.hire(dealer, 'operator'), await stage.hire(dealer, 'privacy_officer')]
  const vault = stage.client()
  const personId = await stage.person(vault, dealer, anna)
  await stage.owner.query('update persons set restricted_at = now() where id = $1', [personId])
  assert.deepEqual(await vault.reveal(anna.asker, dealer.tenantId, ask([personId])), [{ personId, state: 'restricted' }])
  assert.deepEqual(await vault.reveal(anna.asker, dealer.tenantId, ask([personId], { purpose: 'rights' })), [{ personId, state: 'restricted' }])
  assert.deepEqual(await vault.reveal(vera.asker, dealer.tenantId, ask([personId])), [{ personId, state: 'restricted' }])
  assert.equal((await vault.reveal(vera.asker, dealer.tenantId, ask([personId], { purpose: 'rights' })))[0]?.state, 'open')
})

test('colleagues are known by name; their phones only to the administrator', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const [anna, admin] = [await stage.hire(dealer, 'operator'), await stage.hire(dealer, 'administrator')]
  const vault = stage.client()
  const personId = await stage.person(vault, dealer, anna, { kind: 'employee', purposes: ['employment'] })
  const contactFor = async (who: typeof anna) => {
    const [person] = await vault.reveal(who.asker, dealer.tenantId, ask([personId], { purpose: 'employment' }))
    return person?.state === 'open' ? person.facts[0]?.facts : null
  }
  assert.deepEqual(await contactFor(anna), { surname: 'Шереметьевская', given: 'Аглая', patronymic: 'Тихоновна', phones: [], emails: [] })
  assert.deepEqual(await contactFor(admin), aContact())
})

test('a colleague is opened on the ground of their employment, and not at all when it is over or they are restricted', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const [anna, vera] = [await stage.hire(dealer, 'administrator'), await stage.hire(dealer, 'privacy_officer')]
  const vault = stage.client()
  const none = await stage.person(vault, dealer, anna, { kind: 'employee', isHeld: false })
  const other = await stage.person(vault, dealer, anna, { kind: 'employee', purposes: ['sale'] })
  const [left, restricted] = [
    await stage.person(vault, dealer, anna, { kind: 'employee', purposes: ['employment'] }),
    await stage.person(vault, dealer, anna, { kind: 'employee', purposes: ['employment'] }),
  ]
  await stage.owner.query('update grounds set until = now() where person_id = $1', [left])
  await stage.owner.query('update persons set restricted_at = now() where id = $1', [restricted])
  const states = async (who: typeof anna) =>
    (await vault.reveal(who.asker, dealer.tenantId, ask([none, other, left, restricted], { purpose: 'employment' }))).map(({ state }) => state)
  assert.deepEqual(await states(anna), ['no_ground', 'no_ground', 'no_ground', 'restricted'])
  assert.deepEqual(await states(vera), ['no_ground', 'no_ground', 'no_ground', 'open'])
})

test('a list of colleagues gives names to everyone alike and is on the record under a word of its own', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const admin = await stage.hire(dealer, 'administrator')
  const vault = stage.client()
  const personId = await stage.person(vault, dealer, await stage.hire(dealer, 'operator'), { kind: 'employee', purposes: ['employment'] })
  const [named] = await vault.reveal(admin.asker, dealer.tenantId, ask([personId], { purpose: 'employment', namesOnly: true }))
  assert.deepEqual(named?.state === 'open' && named.facts[0]?.facts, { surname: 'Шереметьевская', given: 'Аглая', patronymic: 'Тихоновна', phones: [], emails: [] })
  await vault.reveal(admin.asker, dealer.tenantId, ask([personId], { purpose: 'employment' }))
  const { rows } = await stage.owner.query('select event, person_ids "personIds" from log_events where actor_id = $1 order by at, id', [admin.employeeId])
  assert.deepEqual(rows, [
    { event: 'staff.named', personIds: [personId] },
    { event: 'person.revealed', personIds: [personId] },
  ])
})

test('opening a canary rings', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const vault = stage.client()
  const personId = await stage.person(vault, dealer, anna)
  await stage.keysOwner.query('insert into canaries values ($1, $2)', [dealer.tenantId, personId])
  await stage.stop()
  await stage.start()
  await vault.reveal(anna.asker, dealer.tenantId, ask([personId]))
  assert.deepEqual(
    (await stage.events(dealer)).map(({ event, person_ids: ids }) => ({ event, ids })).sort((a, b) => a.event.localeCompare(b.event)),
    [
      { event: 'canary.revealed', ids: [personId] },
      { event: 'person.revealed', ids: [personId] },
    ],
  )
})

test('when the log cannot be written nothing is shown', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const vault = stage.client()
  const personId = await stage.person(vault, dealer, anna)
  await stage.owner.query('revoke insert on log_events from infotech_vault')
  await assert.rejects(vault.reveal(anna.asker, dealer.tenantId, ask([personId])), refused('internal'))
  await assert.rejects(vault.reveal(anna.asker, dealer.tenantId, ask([personId], { masked: true })), refused('internal'))
  await assert.rejects(vault.search(anna.asker, dealer.tenantId, { purpose: 'sale', query: 'Шереметьевская', limit: 10, door: 'GET /search' }), refused('internal'))
  await assert.rejects(vault.match(anna.asker, dealer.tenantId, { items: [{ phones: ['+79161234567'], emails: [], vins: [] }], door: 'POST /leads' }), refused('internal'))
})

test('no answer leaves before its trace is committed', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const vault = stage.client()
  const personId = await stage.person(vault, dealer, anna)
  const log = await stage.owner.connect()
  await log.query('begin; lock table log_events in exclusive mode')
  let isAnswered = false
  const asked = vault.reveal(anna.asker, dealer.tenantId, ask([personId])).then((people) => ((isAnswered = true), people))
  try {
    await stage.waitFor(`pg_locks where relation = 'log_events'::regclass and not granted`)
    assert.equal(isAnswered, false)
    await log.query('commit')
  } finally {
    log.release(true)
  }
  assert.equal((await asked)[0]?.state, 'open')
})

test('a payload moved to another person, record or version does not open', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const vault = stage.client()
  const [victim, thief] = [await stage.person(vault, dealer, anna), await stage.person(vault, dealer, anna, { contact: { surname: 'Воров' } })]
  await stage.owner.query('update facts t set payload = v.payload, key_id = v.key_id from facts v where t.person_id = $2 and v.person_id = $1', [victim, thief])
  await assert.rejects(vault.reveal(anna.asker, dealer.tenantId, ask([thief])), refused('internal'))
  assert.equal((await vault.reveal(anna.asker, dealer.tenantId, ask([victim])))[0]?.state, 'open')
  await stage.owner.query('update facts set version = 2 where person_id = $1', [victim])
  await assert.rejects(vault.reveal(anna.asker, dealer.tenantId, ask([victim])), refused('internal'))
})

test('what is no request is refused as malformed', async (t) => {
  const stage = await vaultStage(t)
  const dealer = await stage.dealer()
  const anna = await stage.hire(dealer, 'operator')
  const vault = stage.client()
  await assert.rejects(vault.reveal(anna.asker, dealer.tenantId, ask([`${randomUUID()}'; select 1`])), refused('malformed'))
  await assert.rejects(vault.reveal(anna.asker, `${dealer.tenantId}'`, ask([])), refused('malformed'))
  await assert.rejects(vault.reveal(anna.asker, dealer.tenantId, ask(Array.from({ length: 1_001 }, () => randomUUID()))), refused('malformed'))
  await assert.rejects(vault.reveal(anna.asker, dealer.tenantId, ask([], { purpose: 'curiosity' as never })), refused('malformed'))
})
