import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../../test/ends.ts'
import { stage, type Person, type Stage } from '../../../../test/stage.ts'

type Became = { became: string; leadId: string | null; messageId: string; problem: string | null; at: string | null }
type Row = { id: string; status: string; problem: string | null; problemAt: string | null; version: number; format: string; leadId: string | null; discardedBecause: string | null }
type Opened = { text: string; draft: { fullName: string; phones: string[]; emails: string[]; interest: string; comment: string } }

const ends = openEnds()
let cast: Stage
let anna: Person
let site: Person
before(async () => {
  cast = await stage(ends)
  anna = await cast.hire('operator')
  site = await cast.machine(anna.dealer)
})
after(ends.close)

const adf = (phone: string, id = randomUUID(), status = 'new'): string => `<?xml version="1.0" encoding="UTF-8"?><?ADF VERSION="1.0"?>
<adf><prospect status="${status}"><id source="site">${id}</id><requestdate>2027-03-01T10:00:00+03:00</requestdate>
<vehicle interest="buy" status="new"><year>2027</year><make>Звезда</make><model>Комета</model></vehicle>
<vehicle interest="trade-in" status="used"><year>2015</year><make>LADA</make><model>Vesta</model><vin>XTAGFL110FY000001</vin></vehicle>
<customer><contact><name part="surname">Шереметьевская</name><name part="first">Аглая</name><phone>${phone}</phone><email>aglaya@mail.example</email></contact><comments>Хочу в кредит</comments></customer>
<vendor><vendorname>Дилер</vendorname></vendor></prospect></adf>`
const sendAdf = (document: string | Buffer, who = site, source = 'site', type = 'application/x-adf+xml') =>
  who.post<{ results: Became[]; notices: string[]; error?: string; fields?: { at: string; why: string }[] }>(`/intake/adf?source=${source}`, document as string, {
    'content-type': type,
  })
const tray = async (who = anna, view = 'unparsed'): Promise<Row[]> => (await who.get<{ rows: Row[] }>(`/intake/messages?view=${view}`)).body.rows

test('an ADF document becomes a lead of a person with a car to trade in, and its original is kept', async () => {
  const id = randomUUID()
  const first = await sendAdf(adf('+7 999 111-22-33', id))
  assert.equal(first.status, 200, JSON.stringify(first.body))
  assert.deepEqual(
    first.body.results.map(({ became }) => became),
    ['lead'],
  )
  const [{ leadId } = { leadId: null }] = first.body.results
  const lead = await anna.get<{ interest: string; hasComment: boolean; masked: { phone: string } }>(`/leads/${leadId}`)
  assert.equal(lead.body.interest, 'new_car')
  assert.match(lead.body.masked.phone, /22 ?33$/)
  const comment = await anna.post<{ text: string }>(`/leads/${leadId}/comment`)
  assert.match(comment.body.text, /Звезда Комета 2027[^]*Хочу в кредит/)
  const kept = (await tray(anna, 'all')).find((row) => row.id === first.body.results[0]?.messageId)
  assert.deepEqual([kept?.status, kept?.format, kept?.leadId], ['accepted', 'adf', leadId])
})

test('every car of a request reaches whoever calls, with its VIN and its number in the stock, and a notice says that there are several', async () => {
  const wanted = `<vehicle interest="test-drive"><year>2026</year><make>Звезда</make><model>Орион</model><vin>XTA00000000000077</vin><stock>К-204</stock></vehicle>`
  const own = `<vehicle interest="trade-in"><year>2011</year><make>УАЗ</make><model>Патриот</model><vin>XTT316300B0000001</vin></vehicle>`
  const [became] = (await sendAdf(adf('+7 999 111-24-01').replace('<customer>', `${wanted}${own}<customer>`))).body.results
  const { body } = await anna.post<{ text: string }>(`/leads/${became?.leadId}/comment`)
  assert.deepEqual(body.text.split('\n').slice(0, 3), ['Звезда Комета 2027', 'Звезда Орион 2026, VIN XTA00000000000077, № К-204', 'УАЗ Патриот 2011, VIN XTT316300B0000001'])
  const { rows } = await cast.owner.query<{ notices: string[] }>('select notices from intake_messages where id = $1', [became?.messageId])
  assert.deepEqual(rows[0]?.notices.toSorted(), ['several_own', 'several_wanted'])
  const [single] = (await sendAdf(adf('+7 999 111-24-02'))).body.results
  const { rows: plain } = await cast.owner.query<{ notices: string[] }>('select notices from intake_messages where id = $1', [single?.messageId])
  assert.deepEqual(plain[0]?.notices, [])
})

test('a time without a zone is on the wall of the vendor it names, and of the first outlet when nobody here is called so', async () => {
  const maria = await cast.hire('administrator', { dealer: anna.dealer })
  const hours = { mon: ['09:00', '21:00'], tue: null, wed: null, thu: null, fri: null, sat: null, sun: null }
  const made = await maria.post('/outlets', { name: 'Звезда Восток', address: 'Владивосток, Светланская, 1', timeZone: 'Asia/Vladivostok', hours })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  const said = (phone: string, vendor: string): string => adf(phone).replace('+03:00</requestdate>', '</requestdate>').replace('<vendorname>Дилер', `<vendorname>${vendor}`)
  const requestedAt = async (document: string): Promise<string> => {
    const [became] = (await sendAdf(document)).body.results
    return (await anna.get<{ requestedAt: string }>(`/leads/${became?.leadId}`)).body.requestedAt
  }
  assert.equal(await requestedAt(said('+7 999 111-25-01', ' ЗВЕЗДА восток ')), '2027-03-01T00:00:00.000Z')
  assert.equal(await requestedAt(said('+7 999 111-25-02', 'Кто-то другой')), '2027-03-01T07:00:00.000Z')
})

test('a distributor knows the zones of its dealers by name and by code, and takes none where a dealer has two', async () => {
  const dealer = await cast.dealer('Вельтара')
  await cast.owner.query(`update tenants set kind = 'distributor' where tenant_id = $1`, [dealer.tenantId])
  const [timur, olga, site] = [await cast.hire('regional_manager', { dealer }), await cast.hire('operator', { dealer }), await cast.machine(dealer)]
  const hours = { mon: ['09:00', '21:00'], tue: null, wed: null, thu: null, fri: null, sat: null, sun: null }
  const outletOf = async (dealerId: string, name: string, timeZone: string): Promise<void> => {
    const made = await timur.post(`/network/dealers/${dealerId}/outlets`, { name, city: 'Омск', address: 'Омск, Ленина, 1', timeZone, hours })
    assert.equal(made.status, 200, JSON.stringify(made.body))
  }
  const dealerOf = async (code: string, name: string): Promise<string> => (await timur.post<{ id: string }>('/network/dealers', { code, name, delivery: 'poll' })).body.id
  await outletOf(await dealerOf('omsk-1', 'Иртыш'), 'Иртыш на Ленина', 'Asia/Omsk')
  const both = await dealerOf('two', 'Два берега')
  await outletOf(both, 'Левый', 'Asia/Omsk')
  await outletOf(both, 'Правый', 'Asia/Yakutsk')
  let number = 0
  const requestedAt = async (vendor: string): Promise<string> => {
    const said = adf(`+7 999 111-27-0${++number}`).replace('+03:00</requestdate>', '</requestdate>').replace('<vendorname>Дилер</vendorname>', vendor)
    const [became] = (await sendAdf(said, site)).body.results
    return (await olga.get<{ requestedAt: string }>(`/leads/${became?.leadId}`)).body.requestedAt
  }
  const [omsk, moscow] = ['2027-03-01T04:00:00.000Z', '2027-03-01T07:00:00.000Z']
  assert.equal(await requestedAt('<id source="x">OMSK-1</id><vendorname>ООО «Не то»</vendorname>'), omsk)
  assert.equal(await requestedAt('<vendorname>иртыш</vendorname>'), omsk)
  assert.equal(await requestedAt('<vendorname>Иртыш на Ленина</vendorname>'), omsk)
  assert.equal(await requestedAt('<vendorname>Два берега</vendorname>'), moscow)
})

test('what a sender says of a consent in words of its own makes none: the request is handled, and nothing is advertised', async () => {
  const agreed = `<x:consent xmlns:x="urn:partner" granted="true">Согласен на рекламу</x:consent><x:marketing xmlns:x="urn:partner">1</x:marketing>`
  const document = adf('+7 999 111-26-01').replace('<customer>', `${agreed}<customer>`).replace('Хочу в кредит', 'Согласен на рекламу и рассылки')
  const { results, notices } = (await sendAdf(document)).body
  assert.equal(results[0]?.became, 'lead')
  assert.ok(notices.includes('extension'))
  const { rows } = await cast.owner.query<{ basis: string }>(
    'select g.basis from grounds g join leads l on l.tenant_id = g.tenant_id and l.person_id = g.person_id where l.id = $1',
    [results[0]?.leadId],
  )
  assert.ok(rows.length > 0 && rows.every(({ basis }) => basis !== 'consent'), JSON.stringify(rows))
})

test('the same prospect sent again, also as a resend, makes no second lead', async () => {
  const id = randomUUID()
  const [first] = (await sendAdf(adf('+7 999 111-22-44', id))).body.results
  for (const status of ['new', 'resend']) {
    const [again] = (await sendAdf(adf('+7 999 111-22-44', id, status))).body.results
    assert.deepEqual([again?.became, again?.leadId], ['repeated', first?.leadId])
  }
})

test('an unreadable document is kept once, however often it is delivered', async () => {
  const broken = adf('+7 999 111-22-77').replace('</customer>', '')
  const [first] = (await sendAdf(broken)).body.results
  const [again] = (await sendAdf(broken)).body.results
  assert.deepEqual([again?.became, again?.messageId, again?.problem, again?.at], ['unparsed', first?.messageId, 'not_well_formed', first?.at])
  assert.equal((await tray()).filter(({ id }) => id === first?.messageId).length, 1)
  const said = (await cast.events(anna.dealer)).filter(({ objectId }) => objectId === first?.messageId).map(({ event }) => event)
  assert.deepEqual(said, ['message.kept', 'message.repeated'])
  const [one, two] = await Promise.all([sendAdf(`${broken}<!-- 2 -->`), sendAdf(`${broken}<!-- 2 -->`)])
  assert.equal(one.body.results[0]?.messageId, two.body.results[0]?.messageId)
})

test('a resend without a number, or through another door, is the lead that came, also when it is closed by now', async () => {
  const phone = '+7 999 111-23-01'
  const said = (...parts: Parameters<typeof adf>): string => adf(...parts).replace('aglaya@', 'resend@')
  const id = randomUUID()
  const [first] = (await sendAdf(said(phone, id))).body.results
  const lead = async (leadId = first?.leadId) => (await anna.get<{ requestedAt: string; version: number }>(`/leads/${leadId}`)).body
  assert.equal((await lead()).requestedAt, '2027-03-01T07:00:00.000Z')
  const renumbered = said(phone, randomUUID(), 'resend').replace('2027-03-01T10:00', '2027-03-02T11:00')
  const [again] = (await sendAdf(renumbered)).body.results
  assert.deepEqual([again?.became, again?.leadId], ['repeated', first?.leadId])
  const [otherDoor] = (await sendAdf(said(phone, id, 'resend'), site, 'phone')).body.results
  assert.deepEqual([otherDoor?.became, otherDoor?.leadId], ['repeated', first?.leadId])
  const [stranger] = (await sendAdf(said('+7 999 111-23-02', randomUUID(), 'resend'))).body.results
  assert.equal(stranger?.became, 'repeated', 'the same e-mail is the same client')
  assert.equal((await anna.post(`/leads/${first?.leadId}/close`, { version: (await lead()).version, result: 'answered' })).status, 200)
  const [afterwards] = (await sendAdf(said(phone, randomUUID(), 'resend'))).body.results
  assert.deepEqual([afterwards?.became, afterwards?.leadId], ['repeated', first?.leadId])
})

test('of several prospects each has its own fate', async () => {
  const good = adf('+7 999 111-22-55')
  const two = good.replace(
    '</adf>',
    '<prospect><id source="site">x2</id><requestdate>2027-03-01T10:00:00+03:00</requestdate><customer><contact><name part="full">Кто-то</name></contact></customer></prospect></adf>',
  )
  const { results } = (await sendAdf(two)).body
  assert.deepEqual(
    results.map(({ became, problem }) => [became, problem]),
    [
      ['lead', null],
      ['unparsed', 'phone_or_email'],
    ],
  )
})

test('a phone that cannot be read does not stop the lead: it stands in the comment', async () => {
  const [sent] = (await sendAdf(adf('звоните вечером'))).body.results
  assert.equal(sent?.became, 'lead')
  assert.match((await anna.post<{ text: string }>(`/leads/${sent?.leadId}/comment`)).body.text, /звоните вечером/)
})

test('what is no ADF waits in the tray; Anna opens it, fixes it, and the lead is there', async () => {
  const broken = adf('+7 999 111-22-66').replace('</customer>', '')
  const [{ messageId, problem } = { messageId: '', problem: '' }] = (await sendAdf(broken)).body.results
  assert.equal(problem, 'not_well_formed')
  const row = (await tray()).find(({ id }) => id === messageId)
  assert.ok(row && !JSON.stringify(row).includes('Аглая'))
  const opened = await anna.post<Opened>(`/intake/messages/${messageId}/open`)
  assert.equal(opened.status, 200, JSON.stringify(opened.body))
  assert.match(opened.body.text, /Шереметьевская/)
  assert.deepEqual(opened.body.draft.phones, ['+7 999 111-22-66'])
  const fixed = await anna.post<{ leadId: string; version: number }>(`/intake/messages/${messageId}/resubmit`, {
    version: row.version,
    intake: { interest: 'new_car', contact: { fullName: 'Шереметьевская Аглая', phones: opened.body.draft.phones } },
  })
  assert.equal(fixed.status, 200, JSON.stringify(fixed.body))
  assert.equal((await anna.get(`/leads/${fixed.body.leadId}`)).status, 200)
  assert.ok(!(await tray()).some(({ id }) => id === messageId))
  const late = await anna.post<{ error: string }>(`/intake/messages/${messageId}/resubmit`, { version: fixed.body.version, intake: { contact: { phones: ['+7 999 111-22-66'] } } })
  assert.deepEqual([late.status, late.body.error], [409, 'wrong_state'])
  const said = (await cast.events(anna.dealer)).filter(({ objectId }) => objectId === messageId).map(({ event }) => event)
  // The vault's clock is another one, so only what was said is compared.
  assert.deepEqual(said.toSorted(), ['message.kept', 'message.opened', 'message.resubmitted'])
})

test('Anna discards spam with a reason and takes it back; who is late is told what stands there now', async () => {
  const [{ messageId } = { messageId: '' }] = (await sendAdf('просто текст', site, 'site', 'text/plain')).body.results
  const discarded = await anna.post<{ version: number }>(`/intake/messages/${messageId}/discard`, { version: 1, reason: 'spam' })
  assert.equal(discarded.status, 200, JSON.stringify(discarded.body))
  assert.equal((await tray(anna, 'discarded')).find(({ id }) => id === messageId)?.discardedBecause, 'spam')
  const stale = await anna.post<{ details: { current: { status: string } } }>(`/intake/messages/${messageId}/restore`, { version: 1 })
  assert.deepEqual([stale.status, stale.body.details.current.status], [409, 'discarded'])
  assert.equal((await anna.post(`/intake/messages/${messageId}/restore`, { version: discarded.body.version })).status, 200)
  assert.ok((await tray()).some(({ id }) => id === messageId))
  const unknown = await anna.post<{ fields: { at: string }[] }>(`/intake/messages/${messageId}/discard`, { version: 3, reason: 'bored' })
  assert.deepEqual([unknown.status, unknown.body.fields[0]?.at], [422, 'reason'])
})

test('a JSON lead that the contract refuses is kept once, however often it is sent, and the sender is told where', async () => {
  const lead = { sourceCode: 'site', contact: { fullName: 'Иванов Пётр', phones: ['12'] }, comment: 'позвоните' }
  const first = await site.post<{ error: string; fields: { at: string }[]; details: { messageId: string } }>('/intake/leads', lead)
  assert.deepEqual([first.status, first.body.error, first.body.fields[0]?.at], [422, 'invalid', 'contact.phones.0'])
  const again = await site.post<{ details: { messageId: string } }>('/intake/leads', lead)
  assert.equal(again.body.details.messageId, first.body.details.messageId)
  assert.equal((await tray()).filter(({ id }) => id === first.body.details.messageId).length, 1)
  const opened = await anna.post<Opened>(`/intake/messages/${first.body.details.messageId}/open`)
  assert.deepEqual([opened.body.draft.fullName, opened.body.draft.phones, opened.body.draft.comment], ['Иванов Пётр', ['12'], 'позвоните'])
})

test('what is no JSON, and what nothing in the register allows, is kept as it came; of strangers nothing is', async () => {
  type Kept = { error: string; details?: { messageId?: string } }
  const broken = '{"sourceCode":"site","contact":{"phones":["+7 999 111-22-88"],"fullName":"Шереметьевская Аглая"'
  const json = { 'content-type': 'application/json' }
  const waiting = (await tray()).length
  assert.equal((await cast.stranger.post('/intake/leads', broken, json)).status, 401)
  assert.equal((await anna.post('/intake/leads', broken, json)).status, 403)
  assert.equal((await tray()).length, waiting)
  const first = await site.post<Kept>('/intake/leads', broken, json)
  const again = await site.post<Kept>('/intake/leads', broken, json)
  assert.deepEqual([first.status, first.body.error, again.body.details?.messageId], [400, 'malformed', first.body.details?.messageId])
  assert.equal((await tray()).length, waiting + 1)
  const opened = await anna.post<Opened>(`/intake/messages/${first.body.details?.messageId}/open`)
  assert.deepEqual([opened.body.text, opened.body.draft.phones], [broken, ['+7 999 111-22-88']])
  const { tenantId } = anna.dealer
  await cast.owner.query(`update activities set bases = '{consent}' where tenant_id = $1 and code = 'lead'`, [tenantId])
  const lead = { sourceCode: 'site', contact: { phones: ['+7 999 111-22-99'] }, colour: 'красный' }
  const groundless = await site.post<Kept>('/intake/leads', lead)
  await cast.owner.query(`update activities set bases = '{contract,consent}' where tenant_id = $1 and code = 'lead'`, [tenantId])
  assert.deepEqual([groundless.status, groundless.body.error], [403, 'no_ground'])
  const row = (await tray()).find(({ id }) => id === groundless.body.details?.messageId)
  assert.equal(row?.problem, 'no_ground')
  assert.match((await anna.post<Opened>(`/intake/messages/${row?.id}/open`)).body.text, /красный/, 'also what the contract does not name')
})

test('dangerous documents and wrong labels are refused or kept, never a fault', async () => {
  const bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><adf>&c;</adf>'
  assert.equal((await sendAdf(bomb)).body.results[0]?.problem, 'doctype')
  assert.equal((await sendAdf(Buffer.from([0xff, 0x00, 0x80]))).body.results[0]?.became, 'unparsed')
  assert.equal((await sendAdf(adf('1'), site, 'site', 'application/json')).status, 400)
  assert.equal((await sendAdf(adf('1'), site, 'site', 'image/png')).status, 415)
  assert.equal((await sendAdf('x'.repeat(300 * 1024), site, 'site', 'text/plain')).status, 413)
  const unknown = await sendAdf(adf('1'), site, 'nowhere')
  assert.deepEqual([unknown.status, unknown.body.fields?.[0]?.at], [422, 'source'])
})

test('the tray is for those who may fix, of this dealer only', async () => {
  const [{ messageId } = { messageId: '' }] = (await sendAdf('ещё текст', site, 'site', 'text/plain')).body.results
  const seller = await cast.hire('seller')
  const boris = await cast.hire('operator', { dealer: await cast.dealer() })
  assert.equal((await cast.stranger.get('/intake/messages')).status, 401)
  assert.equal((await seller.get('/intake/messages')).status, 403)
  assert.equal((await seller.post(`/intake/messages/${messageId}/open`)).status, 403)
  assert.equal((await sendAdf(adf('1'), anna)).status, 403)
  for (const act of ['open', 'discard', 'restore', 'resubmit'] as const) {
    const body = act === 'discard' ? { version: 1, reason: 'spam' } : act === 'resubmit' ? { version: 1, intake: { contact: { phones: ['+79991112233'] } } } : { version: 1 }
    const [his, nothing] = [
      await boris.post<{ requestId: string }>(`/intake/messages/${messageId}/${act}`, body),
      await boris.post<{ requestId: string }>(`/intake/messages/${randomUUID()}/${act}`, body),
    ]
    assert.equal(his.status, 404, act)
    assert.deepEqual({ ...his.body, requestId: '' }, { ...nothing.body, requestId: '' })
  }
  assert.deepEqual(await tray(boris), [])
})
