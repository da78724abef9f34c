import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import { openSealer } from '../../../test/seal.ts'
import { recordDisclosure } from '../../people/index.ts'
import { openBrowser, type Browser } from './browser-stage.ts'
import { portalLink } from './index.ts'
import { portalStage, type PortalStage } from './portal-stage.ts'

let it: PortalStage
let my: string
const ends = openEnds()
before(async () => {
  it = await portalStage(ends)
  my = `/site/${it.visitor.slug}/my`
})
after(ends.close)

/** Comes in by code, as a person does. */
async function comeIn(address: string, language: 'ru' | 'en' = 'ru'): Promise<Browser> {
  const browser = openBrowser(it.app, language)
  await browser.open(my)
  const asked = await browser.send('/my/code', { address })
  const challengeId = asked.at.split('/').at(-1) ?? ''
  const letter = await it.post(challengeId)
  const shown = await browser.send(`/code/${challengeId}`, { code: (letter?.code ?? '').replace(/^(...)/, '$1 ') })
  assert.equal(shown.at, my, shown.text)
  return browser
}

test('Vera comes in, reads everything, and goes', async () => {
  const veraId = await it.client({ fullName: 'Верина Вера Павловна', emails: ['vera@example.ru'], phones: ['+7 912 000-11-22'] })
  await it.anna.post('/interactions', { personId: veraId, kind: 'call_out', result: 'talked', text: 'Просила не звонить мужу, Ивану Верину' })
  await it.anna.post(`/persons/${veraId}/reveal`, { purpose: 'request_handling' })
  await it.job(it.home, 'mail', (ctx) => recordDisclosure(ctx, { personId: veraId, recipientName: 'ООО «Звезда»', basis: 'consent', what: ['contact'] }))
  const sealer = openSealer(it.database, it.owner)
  await sealer.seal()
  await sealer.close()
  const vera = await comeIn('Vera@Example.ru')
  const overview = await vera.open(my)
  assert.match(overview.text, /Верина В\. П\.[^]*Остановить всю рекламу/)
  const data = await vera.open(`${my}/data`)
  for (const piece of ['Верина Вера Павловна', '+7 912 000-11-22', 'vera@example.ru', 'договор с вами', '152-ФЗ ст. 6', 'operator']) assert.ok(data.text.includes(piece), piece)
  assert.match(data.text, /звонок[^]*Заметки сотрудников|Заметки сотрудников[^]*звонок/i, 'that one has talked is told')
  const recipients = await vera.open(`${my}/recipients`)
  assert.match(recipients.text, /ООО «Звезда»[^]*контакты[^]*ваше согласие/)
  const looks = await vera.open(`${my}/looks`)
  assert.match(looks.text, /operator[^]*открыты ваши данные/)
  assert.doesNotMatch(looks.text, /Сотрудников/, 'no name of a colleague')
  const copy = await vera.open(`${my}/copy`)
  assert.ok(copy.text.includes('ООО «Звезда»') && copy.text.includes('Верина Вера Павловна'))
  const file = await vera.open(`${my}/copy.json`)
  assert.match(String(file.headers['content-disposition']), /attachment/)
  const parsed = JSON.parse(file.text) as { persons: { contact: { surname: string } }[]; recipients: { name: string }[] }
  assert.deepEqual([parsed.persons[0]?.contact.surname, parsed.recipients[0]?.name], ['Верина', 'ООО «Звезда»'])
  for (const page of [overview, data, recipients, looks, copy, file]) assert.equal(page.headers['cache-control'], 'no-store')
  for (const page of [data, copy, file]) assert.doesNotMatch(page.text, /мужу|Иван/, 'what a colleague wrote of somebody else')
  const revealed = (await it.events(it.home, 'person.revealed')).filter(({ personIds }) => personIds.includes(veraId))
  assert.ok(revealed.length >= 3, 'looks at oneself are on the record too')
  await vera.open(my)
  const left = await vera.send('/my/leave')
  assert.match(left.text, /Вы вышли/)
  assert.equal(vera.cookies.has('infotech_own'), false)
  assert.equal((await vera.open(`${my}/data`)).at, my)
})

test('an English speaker reads all of it in English', async () => {
  await it.client({ fullName: 'Smith John', emails: ['john@example.org'] })
  const john = await comeIn('john@example.org', 'en')
  for (const place of ['', '/data', '/consents', '/recipients', '/looks', '/requests', '/copy']) {
    const shown = await john.open(`${my}${place}`)
    assert.match(shown.text, /<html lang="en">/, place)
    assert.equal(shown.status, 200, place)
  }
})

test('whoever has twenty requests open reads what to wait for instead of filing one more', async () => {
  const personId = await it.client({ fullName: 'Многова Майя', emails: ['maya@example.ru'] })
  const maya = await comeIn('maya@example.ru')
  const subject = await it.subject(it.home, [personId])
  for (let n = 0; n < 20; n += 1) assert.equal((await subject.post('/own/requests', { personId, kind: 'auto_objection', words: 'Решала программа' })).status, 200)
  const over = await subject.post<{ error: string; details: unknown }>('/own/requests', { personId, kind: 'access' })
  assert.deepEqual([over.status, over.body.error, over.body.details], [409, 'full', { limit: 20 }])
  await maya.open(`${my}/demand/${personId}/access`)
  const page = await maya.send(`/demand/${personId}/access`, { words: '' })
  assert.equal(page.status, 409)
  assert.match(page.text, /Открытых запросов уже много[^]*Дождитесь ответа/)
})

test('a page of an unknown address is the page of a known one, letter by letter', async () => {
  await it.client({ fullName: 'Равнова Римма', emails: ['rimma@example.ru'] })
  const pages = []
  for (const address of ['rimma@example.ru', 'nobody@example.ru']) {
    const browser = openBrowser(it.app)
    await browser.open(my)
    const asked = await browser.send('/my/code', { address })
    const challengeId = asked.at.split('/').at(-1) ?? ''
    await it.post(challengeId)
    const refused = await browser.send(`/code/${challengeId}`, { code: '000000' })
    const key = browser.cookies.get('infotech_form') ?? ''
    pages.push([asked, refused].map(({ status, text }) => ({ status, text: text.replaceAll(challengeId, 'ID').replace(/name="key" value="[^"]*"/g, key === '' ? '' : 'KEY') })))
  }
  assert.deepEqual(pages[0], pages[1])
  assert.equal(pages[0]?.[1]?.status, 422)
})

test('what was typed wrong is told in words beside its field', async () => {
  const browser = openBrowser(it.app)
  await browser.open(my)
  const wrong = await browser.send('/my/code', { address: '"><script>alert(1)</script>' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /не похоже ни на почту, ни на телефон/)
  assert.doesNotMatch(wrong.text, /<script>/)
  const challengeId = randomUUID()
  for (const code of ['12345', 'abcdef', '1234567', '']) {
    await browser.open(`${my}/code/${challengeId}`)
    const shown = await browser.send(`/code/${challengeId}`, { code })
    assert.equal(shown.status, 422, code)
    assert.match(shown.text, /Код состоит из шести цифр/, code)
  }
})

test('the link of a letter shows a button first, so that a scanner of mail does not use it up', async () => {
  const id = await it.client({ fullName: 'Ссылкина Соня', phones: ['+7 912 000-33-44'] })
  const link = await it.job(it.home, 'mail', (ctx) => portalLink(ctx, { personId: id }))
  const path = link?.path ?? ''
  for (let scan = 0; scan < 3; scan++) assert.equal((await openBrowser(it.app).open(path)).status, 200)
  const sonya = openBrowser(it.app)
  const shown = await sonya.open(path)
  assert.match(String(shown.headers['referrer-policy']), /same-origin|no-referrer/)
  assert.match(shown.text, /годится один раз/)
  const overview = await sonya.send(path)
  assert.equal(overview.at, my)
  const again = openBrowser(it.app)
  await again.open(path)
  const refused = await again.send(path)
  assert.deepEqual([refused.status, again.cookies.has('infotech_own')], [422, false])
  assert.match(refused.text, /Ссылка уже использована/)
})

test('one button stops all advertising; consents are withdrawn one by one, under words that say what happens', async () => {
  const dpo = await it.hire('privacy_officer', { dealer: it.home })
  for (const kind of ['request', 'advertising_data', 'advertising_email', 'advertising_call']) await publish(dpo, kind)
  const id = await it.client({ fullName: 'Согласова Соня', emails: ['sogl@example.ru'], phones: ['+7 912 000-55-66'] })
  for (const kind of ['request', 'advertising_data', 'advertising_email', 'advertising_call']) {
    const said = await it.anna.post(`/persons/${id}/consents`, { kind, state: 'given', how: 'staff_call' })
    assert.equal(said.status, 200, JSON.stringify(said.body))
  }
  const sonya = await comeIn('sogl@example.ru')
  const consents = await sonya.open(`${my}/consents`)
  assert.match(consents.text, /Проверочный текст цели/, 'the text word for word')
  const confirm = await sonya.open(`${my}/consents/${id}/request/withdraw`)
  assert.match(confirm.text, /перестанем заниматься вашим обращением/)
  const done = await sonya.send('/withdraw')
  assert.match(done.text, /Согласие отозвано/)
  const [withdrawn] = await it.events(it.home, 'consent.withdrawn')
  assert.deepEqual([withdrawn?.personIds, withdrawn?.details.kind, withdrawn?.details.how], [[id], 'request', 'portal'])
  await sonya.open(`${my}/consents/${id}/request/withdraw`)
  assert.match((await sonya.send('/withdraw')).text, /Согласие отозвано/, 'said twice it is one')
  assert.equal((await it.events(it.home, 'consent.withdrawn')).length, 1)
  await sonya.open(`${my}/stop-marketing/${id}`)
  assert.match((await sonya.send(`/stop-marketing/${id}`)).text, /Реклама остановлена/)
  const verdicts = await it.anna.get<{ verdicts: { messageKind: string; may: boolean; because: string }[] }>(`/persons/${id}/contacting`)
  assert.ok(verdicts.body.verdicts.filter(({ messageKind }) => messageKind === 'advertising').every(({ may }) => !may))
  const { rows } = await it.owner.query(`select channel from objections where tenant_id = $1 and lifted_at is null and how = 'portal' order by channel`, [it.home.tenantId])
  assert.deepEqual(
    rows.map(({ channel }) => channel),
    ['call', 'email', 'sms'],
  )
  assert.equal((await it.events(it.home, 'marketing.stopped')).length, 1)
})

test('every demand is filed with its term and can be followed on the page', async () => {
  const id = await it.client({ fullName: 'Требова Тая', emails: ['taya@example.ru'] })
  const taya = await comeIn('taya@example.ru')
  for (const kind of ['access', 'auto_objection', 'block', 'stop', 'destroy']) {
    const confirm = await taya.open(`${my}/demand/${id}/${kind}`)
    assert.equal(confirm.status, 200, kind)
    const filed = await taya.send(`/demand/${id}/${kind}`, { words: `Прошу: ${kind}` })
    assert.match(filed.text, /Обращение № \d+ принято\. Ответим не позже \d+ \S+ \d{4} г\./, kind)
  }
  const list = await taya.open(`${my}/requests`)
  for (const word of ['Полный ответ', 'Возражение', 'Приостановка', 'Прекращение', 'Уничтожение']) assert.ok(list.text.includes(word), word)
  const page = await taya.open(my)
  assert.match(page.text, /Обработка ваших данных приостановлена/, 'the restricted still see their page')
  assert.match((await taya.open(`${my}/data`)).text, /Требова/)
})

test('a correction goes to the officer, with what was typed kept when it cannot be read', async () => {
  const id = await it.client({ fullName: 'Опечаткина Ольга', emails: ['olga@example.ru'] })
  const olga = await comeIn('olga@example.ru')
  const form = await olga.open(`${my}/correct/${id}`)
  assert.match(form.text, /value="Опечаткина"/)
  const wrong = await olga.send(`/correct/${id}`, { surname: 'Очепяткина', given: 'Ольга', phones: 'не телефон', emails: 'olga@example.ru' })
  assert.equal(wrong.status, 422)
  assert.match(wrong.text, /Номер не читается[^]*value="Очепяткина"/)
  const filed = await olga.send(`/correct/${id}`, { surname: 'Очепяткина', given: 'Ольга', phones: '', emails: 'olga@example.ru', words: 'Опечатка в фамилии' })
  assert.match(filed.text, /Обращение № \d+ принято/)
  assert.match((await olga.open(`${my}/data`)).text, /Опечаткина/, 'nothing is changed before the officer has looked')
})

test('anybody else’s id on the page is nobody’s, and a page of another company is not open', async () => {
  const mine = await it.client({ fullName: 'Моя Мария', emails: ['moya@example.ru'] })
  const others = await it.client({ fullName: 'Чужая Чайка', emails: ['chuzhaya@example.ru'] })
  const maria = await comeIn('moya@example.ru')
  for (const path of ['stop-marketing/ID', 'correct/ID', 'demand/ID/destroy', 'consents/ID/request/withdraw']) {
    const never = randomUUID()
    const strangers = await maria.open(`${my}/${path.replace('ID', others)}`)
    const nobodys = await maria.open(`${my}/${path.replace('ID', never)}`)
    assert.deepEqual([strangers.status, strangers.text.replaceAll(others, '')], [404, nobodys.text.replaceAll(never, '')], path)
    assert.equal((await maria.open(`${my}/${path.replace('ID', mine)}`)).status, 200, path)
  }
  assert.equal((await maria.open(`${my}/demand/${mine}/everything`)).status, 404)
  const elsewhere = await it.site(await it.dealer('Другой'))
  assert.equal((await maria.open(`/site/${elsewhere.slug}/my/data`)).at, `/site/${elsewhere.slug}/my`)
})

test('no form is taken that another site has sent, and nothing leads away from here', async () => {
  const id = await it.client({ fullName: 'Форма Фаина', emails: ['faina@example.ru'] })
  const faina = await comeIn('faina@example.ru')
  await faina.open(`${my}/stop-marketing/${id}`)
  for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }, { origin: 'null' }]) {
    await faina.open(`${my}/stop-marketing/${id}`)
    assert.equal((await faina.send(`/stop-marketing/${id}`, {}, headers)).status, 403)
  }
  await faina.open(`${my}/stop-marketing/${id}`)
  assert.equal((await faina.send(`/stop-marketing/${id}`, { key: 'x' })).status, 200, 'the first field of a name counts')
  const direct = await it.app.http.inject({
    method: 'POST',
    url: `${my}/stop-marketing/${id}`,
    headers: { cookie: `infotech_own=${faina.cookies.get('infotech_own')}`, 'content-type': 'application/x-www-form-urlencoded' },
    payload: '',
  })
  assert.equal(direct.statusCode, 403)
  for (const path of [`${my}?over=https://evil.example`, `${my}/requests?filed=https://evil.example`, `${my}/looks?person=%00&cursor=%3Cscript%3E`, `//evil.example${my}`]) {
    const shown = await faina.open(path)
    assert.ok(shown.status < 500, path)
    assert.doesNotMatch(`${String(shown.headers['location'] ?? '')}${shown.text.replaceAll(encodeURIComponent(path), '')}`, /https?:\/\/evil|<script/, path)
  }
})

test('hostile words in every form and address of the page are refused in words', async () => {
  const id = await it.client({ fullName: 'Злыднева Зоя', emails: ['zoya@example.ru'] })
  const zoya = await comeIn('zoya@example.ru')
  const words = ['a\u0000b', '\u202egnp', `'); drop table persons; --`, '<img src=x onerror=alert(1)>', '${7*7}', 'я'.repeat(7_000), '%', '\r\nSet-Cookie: x=1', '😀'.repeat(500)]
  for (const word of words) {
    for (const page of [`/correct/${id}`, `/demand/${id}/access`]) {
      await zoya.open(`${my}${page}`)
      const fields = page.startsWith('/correct') ? { surname: word, given: word, phones: word, emails: word, birthDate: word, address: word, words: word } : { words: word }
      const shown = await zoya.send(page, fields)
      assert.ok(shown.status < 500, `${page} ${word.slice(0, 20)} ${shown.status}`)
      assert.doesNotMatch(shown.text, /<img src=x/)
    }
    for (const path of ['/code/', '/enter/', '/looks?person=', '/looks?cursor=', '/requests?filed=', '/correct/', '/demand/x/', '/requests/x/answer.pdf?x='])
      assert.ok((await zoya.open(`${my}${path}${encodeURIComponent(word.slice(0, 300).toWellFormed())}`)).status < 500, path)
  }
})

async function publish(dpo: { post: PortalStage['anna']['post'] }, kind: string): Promise<void> {
  const parts = {
    operator: { name: 'ООО «Дилер»', address: 'Москва, улица Первая, дом 1' },
    purpose: 'Проверочный текст цели для одного согласия',
    data: ['имя', 'телефон'],
    processors: [],
    operations: ['хранение', 'использование'],
    methods: 'Автоматизированная обработка на серверах в России',
    term: 'Один год со дня согласия',
    withdrawal: 'На личной странице сайта или письмом оператору',
  }
  const published = await dpo.post('/consent-texts', { kind, parts, validDays: 365 })
  assert.equal(published.status, 200, JSON.stringify(published.body))
}
