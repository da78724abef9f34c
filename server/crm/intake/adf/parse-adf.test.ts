import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseAdf } from './parse-adf.ts'
import type { AdfProspect, AdfResult } from './types.ts'

const options = { timeZone: 'Asia/Yekaterinburg' }
const head = '<?xml version="1.0"?>\n<?ADF VERSION="1.0"?>\n'
const contact = '<customer><contact><name part="full">Иванов Иван Иванович</name><phone>+7 912 000-00-01</phone></contact></customer>'
const aLead = ({
  id = '<id source="Сайт">4711</id>',
  date = '2026-11-20T10:00:00+05:00',
  vehicle = '<vehicle><year>2026</year><make>Атлас</make><model>Родник</model></vehicle>',
  customer = contact,
  attributes = '',
  provider = '<provider><name>Портал</name></provider>',
  vendor = '<vendor><vendorname>Дилер</vendorname></vendor>',
} = {}) => `${head}<adf><prospect ${attributes}>${id}<requestdate>${date}</requestdate>${vehicle}${customer}${vendor}${provider}</prospect></adf>`

function read(document: string | Uint8Array): { prospects: AdfProspect[]; notices: { code: string; at: string }[] } {
  const result = parseAdf(document, options)
  assert.ok('prospects' in result, JSON.stringify(result))
  return result
}
function lead(document: string | Uint8Array): AdfProspect {
  const [prospect] = read(document).prospects
  assert.ok(prospect)
  return prospect
}
const codes = (document: string) => read(document).notices.map(({ code }) => code)
const problem = (result: AdfResult) => ('problem' in result ? [result.problem, result.at] : result)

test('a lead as the standard shows it is read whole', () => {
  const prospect = lead(`${head}<adf><prospect status="new"><id sequence="1" source="Портал">91-A</id><requestdate>2026-11-20T15:30:20-08:0</requestdate>
    <vehicle interest="buy" status="used"><id>7</id><year>2024</year><make>Атлас</make><model>Родник</model><vin>XTA00000000000001</vin><stock>C-12</stock><trim>Комфорт</trim><doors>5</doors>
      <bodystyle>SUV</bodystyle><transmission>A</transmission><odometer status="original" units="km">12 000</odometer>
      <colorcombination><interiorcolor>чёрный</interiorcolor><exteriorcolor>белый</exteriorcolor><preference>1</preference></colorcombination>
      <imagetag width="4" height="5" alttext="x">http://example.test/1.jpg</imagetag><price type="asking" currency="rub">2 400 000</price><pricecomments>торг</pricecomments>
      <option><optionname>Люк</optionname><manufacturercode>A1</manufacturercode><weighting>65</weighting></option>
      <finance><method>finance</method><amount type="downpayment" limit="minimum" currency="RUB">500000</amount><balance type="residual">0</balance></finance><comments>до зимы</comments></vehicle>
    <customer><contact><name part="first">Анна</name><name part="middle">Петровна</name><name part="surname">Смирнова</name><email preferredcontact="1">anna@example.test</email>
      <phone type="cellphone" time="evening" preferredcontact="0">+7 912 000-00-01</phone><address type="home"><street line="1">ул. Мира, 1</street><street line="2">стр. 2</street><apartment>3</apartment>
      <city>Пермь</city><regioncode>59</regioncode><postalcode>614000</postalcode><country>RU</country></address></contact><id>c1</id>
      <timeframe><description>месяц</description><earliestdate>2026-12-01</earliestdate><latestdate>2026-12-31</latestdate></timeframe><comments>Жду звонка
вечером</comments></customer>
    <vendor><id source="Портал">d9</id><vendorname>Дилер</vendorname><contact><name>Отдел</name><phone>1</phone></contact></vendor><provider><name>Портал</name><service>Объявления</service><url>http://example.test</url></provider></prospect></adf>`)
  assert.equal(prospect.externalRef, 'adf:портал:портал:91-A')
  assert.equal(prospect.requestedAt?.toISOString(), '2026-11-20T23:30:20.000Z')
  assert.deepEqual(prospect.customer.contact, {
    name: { surname: 'Смирнова', given: 'Анна', patronymic: 'Петровна', company: null, full: null, isGuess: false },
    emails: [{ typed: 'anna@example.test', isPreferred: true }],
    phones: [{ typed: '+7 912 000-00-01', kind: 'cellphone', place: null, time: 'evening', isPreferred: false }],
    address: { street: 'ул. Мира, 1, стр. 2', apartment: '3', city: 'Пермь', region: '59', postalCode: '614000', country: 'RU' },
  })
  assert.deepEqual(prospect.customer.timeframe, { description: 'месяц', earliest: '2026-12-01', latest: '2026-12-31' })
  assert.equal(prospect.customer.comments, 'Жду звонка\nвечером')
  assert.deepEqual(prospect.vehicles, [
    {
      interest: 'buy',
      isOwn: false,
      condition: 'used',
      ids: [{ value: '7', source: null, sequence: null }],
      year: '2024',
      make: 'Атлас',
      model: 'Родник',
      vin: 'XTA00000000000001',
      stock: 'C-12',
      trim: 'Комфорт',
      doors: '5',
      bodyStyle: 'SUV',
      transmission: 'A',
      odometer: { value: '12 000', units: 'km' },
      colors: [{ exterior: 'белый', interior: 'чёрный' }],
      prices: [{ amount: '2 400 000', type: 'asking', currency: 'RUB' }],
      priceComments: 'торг',
      options: ['Люк'],
      finance: { method: 'finance', amounts: [{ amount: '500000', type: 'downpayment', limit: 'minimum', currency: 'RUB' }] },
      comments: 'до зимы',
    },
  ])
  assert.deepEqual([prospect.vendor?.name, prospect.vendor?.ids[0]?.value, prospect.provider?.service, prospect.isResend], ['Дилер', 'd9', 'Объявления', false])
})

test('a person trading in their own car is not taken to want it', () => {
  const { vehicles } = lead(
    aLead({ vehicle: '<vehicle interest="test-drive"><model>Родник</model></vehicle><vehicle interest="trade-in" status="used"><model>Ласточка</model></vehicle>' }),
  )
  assert.deepEqual(
    vehicles.map(({ model, interest, isOwn }) => [model, interest, isOwn]),
    [
      ['Родник', 'test_drive', false],
      ['Ласточка', 'trade_in', true],
    ],
  )
})

test('several people in one message are several leads, each with its own reference', () => {
  const prospect = (id: string) => `<prospect><id>${id}</id>${contact}</prospect>`
  const { prospects } = read(`${head}<adf>${prospect('1')}${prospect('2')}</adf>`)
  assert.deepEqual(
    prospects.map(({ externalRef }) => externalRef),
    ['adf:::1', 'adf:::2'],
  )
})

test('a sender who writes names in capitals, prefixes its own elements or skips the declaration is still heard', () => {
  const document =
    '<a:ADF xmlns:a="urn:a" xmlns:b="urn:b"><a:PROSPECT STATUS="Resend"><a:Id>5</a:Id><a:CUSTOMER><a:Contact><a:NAME PART="First">Анна</a:NAME><a:Email>a@example.test</a:Email></a:Contact><b:consent>2026-11-20</b:consent></a:CUSTOMER></a:PROSPECT></a:ADF>'
  const prospect = lead(document)
  assert.deepEqual([prospect.isResend, prospect.customer.contact.name.given, prospect.customer.contact.emails[0]?.typed], [true, 'Анна', 'a@example.test'])
  assert.deepEqual(prospect.extensions, [{ name: 'consent', value: '2026-11-20' }])
  assert.deepEqual(codes(document), ['declaration_missing', 'requestdate_missing', 'vendor_missing', 'extension'])
})

test('what is not ADF is passed over and noted by place, never by its words', () => {
  const { notices } = read(
    aLead({ customer: '<customer><contact><Иванов>секрет</Иванов><phone type="секрет">1</phone></contact><scoring><level>секрет</level></scoring></customer>' }),
  )
  assert.deepEqual(notices, [
    { code: 'unknown_value', at: 'adf/prospect/customer/contact/phone line 3' },
    { code: 'unknown_element', at: 'adf/prospect/customer/contact/* line 3' },
    { code: 'unknown_element', at: 'adf/prospect/customer/* line 3' },
  ])
})

test('a message with a thousand oddities does not fill the log', () => {
  const { notices } = read(aLead({ customer: contact + '<x/>'.repeat(1000) }))
  assert.equal(notices.length, 101)
  assert.equal(notices.at(-1)?.code, 'more_notices')
})

test('phones at home, at work and mobile are told apart', () => {
  const phone = (type: string) => `<phone ${type}>1</phone>`
  const { phones } = lead(
    aLead({
      customer: `<customer><contact>${['', 'type="home"', 'type="work"', 'type="business"', 'type="mobile"', 'type="FAX"', 'type="pager"'].map(phone).join('')}</contact></customer>`,
    }),
  ).customer.contact
  assert.deepEqual(
    phones.map(({ kind, place }) => [kind, place]),
    [
      ['voice', null],
      ['voice', 'home'],
      ['voice', 'work'],
      ['voice', 'work'],
      ['cellphone', null],
      ['fax', null],
      ['pager', null],
    ],
  )
})

test('a full name is split and flagged for a person to check; a company stays a company', () => {
  const name = (xml: string) => lead(aLead({ customer: `<customer><contact>${xml}</contact></customer>` })).customer.contact.name
  assert.deepEqual(name('<name>Иванов Иван Иванович</name>'), {
    surname: 'Иванов',
    given: 'Иван',
    patronymic: 'Иванович',
    company: null,
    full: 'Иванов Иван Иванович',
    isGuess: true,
  })
  assert.deepEqual(name('<name part="last">Иванов</name><name part="full">Иванов И.</name>'), {
    surname: 'Иванов',
    given: null,
    patronymic: null,
    company: null,
    full: null,
    isGuess: false,
  })
  assert.deepEqual(name('<name type="business">ООО «Ромашка»</name>'), { surname: null, given: null, patronymic: null, company: 'ООО «Ромашка»', full: null, isGuess: false })
  assert.ok(codes(aLead()).includes('name_guessed'))
})

test('a lead number in an attribute of an empty element is the number', () => {
  const document = aLead({ id: '<id sequence="L-5" source="Портал"/>' })
  assert.equal(lead(document).externalRef, 'adf:портал:портал:L-5')
  assert.ok(codes(document).includes('id_in_sequence'))
})

test('a lead sent again keeps its reference, with a number and without', () => {
  for (const id of ['<id source="a">1</id>', '']) {
    const again = lead(aLead({ id, attributes: 'status="resend"' }))
    assert.equal(again.isResend, true)
    assert.equal(again.externalRef, lead(aLead({ id })).externalRef)
  }
})

test('without a number, another person, time, dealer or car is another lead', () => {
  const refs = [
    aLead({ id: '' }),
    aLead({ id: '', date: '2026-11-20T10:00:01+05:00' }),
    aLead({ id: '', vendor: '<vendor><vendorname>Иной</vendorname></vendor>' }),
    aLead({ id: '', vehicle: '<vehicle><model>Другая</model></vehicle>' }),
    aLead({ id: '', customer: contact.replace('01', '02') }),
  ].map((document) => lead(document).externalRef)
  assert.equal(new Set(refs).size, 5)
  assert.ok(refs.every((ref) => /^[0-9a-f]{64}$/.test(ref)))
})

test('numbers of two senders never meet, and colons cannot make them meet', () => {
  const ref = (source: string, value: string) => lead(aLead({ id: `<id source="${source}">${value}</id>`, provider: '' })).externalRef
  assert.equal(new Set([ref('a', 'b:c'), ref('a:b', 'c'), ref('a%3Ab', 'c'), ref('', 'a:b:c')]).size, 4)
})

test('a "number" that is the phone of a person is not kept in the clear, and a key keeps it from being guessed', () => {
  const document = aLead({ id: '<id>+7 (912) 000-00-01</id>' })
  const plain = lead(document).externalRef
  assert.match(plain, /^[0-9a-f]{64}$/)
  const keyed = parseAdf(document, { ...options, referenceKey: Buffer.alloc(32, 1) })
  assert.ok('prospects' in keyed)
  assert.match(keyed.prospects[0]?.externalRef ?? '', /^[0-9a-f]{64}$/)
  assert.notEqual(keyed.prospects[0]?.externalRef, plain)
})

test('a message that only wants harm is refused by name and line', () => {
  const cases: [document: string | Uint8Array, problem: string, at: string][] = [
    ['<!DOCTYPE adf [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><adf><prospect>&b;</prospect></adf>', 'doctype', 'line 1'],
    ['<?xml version="1.0"?>\n<!DOCTYPE adf SYSTEM "file:///etc/passwd"><adf/>', 'doctype', 'line 2'],
    ['<adf>\n<prospect>&nbsp;</prospect></adf>', 'entity', 'line 2'],
    ['<adf><prospect comments="&x;"/></adf>', 'entity', 'line 1'],
    [`<adf>${'<a>'.repeat(32)}${'</a>'.repeat(32)}</adf>`, 'too_deep', 'line 1'],
    [`<adf><prospect>${' '.repeat(256 * 1024)}</prospect></adf>`, 'too_large', 'document'],
    ['<adf><prospect>\0</prospect></adf>', 'nul', 'document'],
    [Buffer.from('<adf>\0</adf>'), 'nul', 'document'],
    [Buffer.from([0x3c, 0x61, 0xff, 0x3e]), 'invalid_utf8', 'document'],
    [Buffer.from('<?xml version="1.0" encoding="utf-7"?><adf/>'), 'encoding_unsupported', 'line 1'],
    ['<adf>\n\n<prospect></adf>', 'not_well_formed', 'line 3'],
    ['<adf><prospect/></adf><adf/>', 'not_well_formed', 'line 1'],
    ['<html><body/></html>', 'not_adf', 'line 1'],
    ['<adf></adf>', 'no_prospect', 'line 1'],
    ['', 'empty', 'document'],
    ['  \n', 'empty', 'document'],
    ['Здравствуйте, хочу машину', 'not_well_formed', 'line 1'],
  ]
  for (const [document, code, at] of cases) assert.deepEqual(problem(parseAdf(document, options)), [code, at])
})

test('the five entities of XML and numbered characters are ordinary letters', () => {
  assert.equal(
    lead(aLead({ customer: '<customer><comments>&lt;b&gt; &amp;amp; &quot;&apos; &#1071;<![CDATA[<&>]]></comments></customer>' })).customer.comments,
    '<b> &amp; "\' Я<&>',
  )
})

test('Cyrillic arrives in every encoding that declares itself', () => {
  const document = aLead().replace('version="1.0"?>', 'version="1.0" encoding="windows-1251"?>')
  const bytes = Uint8Array.from(document, (char) => {
    const code = char.codePointAt(0) ?? 0
    return code >= 0x410 && code <= 0x44f ? code - 0x410 + 0xc0 : code
  })
  assert.equal(lead(bytes).customer.contact.name.surname, 'Иванов')
  assert.equal(lead(Buffer.from(`\uFEFF${aLead()}`)).customer.contact.name.surname, 'Иванов')
  assert.equal(lead(Buffer.from(`\uFEFF${aLead()}`, 'utf16le')).customer.contact.name.surname, 'Иванов')
})

test('a lead without a way to answer, a date or a customer is kept and flagged', () => {
  assert.deepEqual(codes('<?adf version="1.0"?><adf><prospect/></adf>'), ['id_missing', 'requestdate_missing', 'customer_missing', 'vendor_missing'])
  assert.ok(codes(aLead({ customer: '<customer><contact><name>Анна</name></contact></customer>' })).includes('contact_missing'))
  assert.ok(codes(aLead().replace('VERSION="1.0"', 'VERSION="2.0"')).includes('version_unknown'))
})

test('a value too long for a name is cut and flagged', () => {
  const document = aLead({ customer: `<customer><contact><name part="first">${'я'.repeat(600)}</name></contact></customer>` })
  assert.equal(lead(document).customer.contact.name.given?.length, 500)
  assert.ok(codes(document).includes('value_too_long'))
})
