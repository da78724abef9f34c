import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { staffRoles } from '../../contract/permissions.ts'
import { purposeCodes } from '../../contract/purposes.ts'
import { factClasses } from '../vault/index.ts'
import { cast, castMember } from './cast.ts'
import { factory } from './cars.ts'
import { innOf, ogrnOf } from './legal-ids.ts'
import { companyIn, dealersOf, demoNetwork } from './network.ts'
import { mailDomains, peopleOf, unassignedCodes } from './people.ts'
import { createRandom, weighted } from './random.ts'
import { holdUntil } from './register.ts'
import { afterWorking, beforeWorking, isOpen, localMidnight, nextOpen, weekdayOf, workingBetween } from './working-time.ts'

const network = demoNetwork('test')

/** Written apart from the generator, straight from the rules: ИНН by weights, ОГРН by the remainder of eleven. */
const innFits = (inn: string): boolean =>
  /^\d{10}$/.test(inn) && ([2, 4, 10, 3, 5, 9, 4, 6, 8].reduce((sum, w, i) => sum + w * Number(inn.charAt(i)), 0) % 11) % 10 === Number(inn.charAt(9))
const ogrnFits = (ogrn: string): boolean => /^\d{13}$/.test(ogrn) && Number((BigInt(ogrn.slice(0, 12)) % 11n) % 10n) === Number(ogrn.charAt(12))

test('every company bears numbers that pass the tax office’s arithmetic', () => {
  assert.ok(innFits('7707083893') && ogrnFits('1027700132195'), 'the check itself agrees with two real numbers')
  for (const { tenant } of network.companies) {
    assert.ok(innFits(tenant.inn), tenant.inn)
    assert.ok(ogrnFits(tenant.ogrn), tenant.ogrn)
    assert.match(tenant.kpp ?? '', /^\d{4}[0-9A-Z]{2}\d{3}$/)
  }
  for (let serial = 1; serial < 500; serial++) assert.ok(innFits(innOf('66', serial)) && ogrnFits(ogrnOf('66', '19', serial)))
})

test('a car of our factory has seventeen places, a fitting check digit and a number of its own', () => {
  const vins = factory('Z')
  const model = network.models[0]
  assert.ok(model)
  const drawn = Array.from({ length: 500 }, (_, i) => vins.vin(model, 2018 + (i % 9)))
  assert.equal(new Set(drawn).size, 500)
  // The check is right where it agrees with the well-known sample of 49 CFR 565.15, whose digit is X.
  assert.equal(checkDigit('1M8GDM9AXKP042788'), 'X')
  for (const vin of drawn) {
    assert.match(vin, /^X0V[A-HJ-NPR-Z0-9]{5}[0-9X][A-HJ-NPR-TV-Y1-9]Z\d{6}$/)
    assert.equal(vin.charAt(8), checkDigit(vin))
  }
})

/** Transliteration values by the tables of 49 CFR 565.15(c): letters in alphabet order without I, O, Q. */
function checkDigit(vin: string): string {
  const values = Object.fromEntries(
    [...'ABCDEFGH']
      .map((l, i) => [l, i + 1])
      .concat(
        [...'JKLMN'].map((l, i) => [l, i + 1]),
        [
          ['P', 7],
          ['R', 9],
        ],
        [...'STUVWXYZ'].map((l, i) => [l, i + 2]),
      ),
  )
  const weights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]
  const sum = weights.reduce((total, w, i) => total + w * (Number(values[vin.charAt(i)] ?? vin.charAt(i)) || 0), 0)
  return sum % 11 === 10 ? 'X' : String(sum % 11)
}

test('Anna and Boris work for different dealers, Olga for two, and every role has its person', () => {
  const placesOf = (key: string): string[] => castMember(key).posts.map((post) => post.company)
  assert.deepEqual([placesOf('anna'), placesOf('boris'), placesOf('olga')], [['zvezda'], ['ural'], ['ural', 'zaliv']])
  assert.deepEqual(new Set(cast.flatMap((member) => member.posts.map((post) => post.role))), new Set(staffRoles))
  assert.ok(cast.length >= 18 && cast.length <= 25)
  assert.ok(
    cast.every((member) => member.email.endsWith('.example')),
    'nobody can receive that mail',
  )
  assert.equal(new Set(cast.map((member) => member.email)).size, cast.length)
  assert.throws(() => castMember('nobody'), RangeError)
})

test('Olga signs in once: one account leads to her two places of work', () => {
  const olga = network.accounts.filter((account) => account.member.key === 'olga')
  assert.equal(olga.length, 1)
  const places = network.companies.flatMap((company) => company.staff.filter((employee) => employee.accountId === olga[0]?.id))
  assert.equal(places.length, 2)
  assert.notEqual(places[0]?.personId, places[1]?.personId, 'two employers hold her apart')
})

test('each outlet’s offset is the zone database’s, winter and summer', () => {
  for (const outlet of network.companies.flatMap((company) => company.outlets)) {
    for (const at of ['2024-11-25T00:00:00Z', '2025-07-01T12:00:00Z', '2026-11-22T09:00:00Z']) {
      const name = new Intl.DateTimeFormat('en-US', { timeZone: outlet.timeZone, timeZoneName: 'longOffset' })
        .formatToParts(new Date(at))
        .find((part) => part.type === 'timeZoneName')?.value
      assert.equal(name, `GMT+${String(outlet.offsetMinutes / 60).padStart(2, '0')}:00`)
    }
  }
})

test('the outlet’s clock stands at night and runs backwards as it runs forwards', () => {
  const outlet = companyIn(network, 'zaliv').outlets[0]
  assert.ok(outlet)
  const random = createRandom('clock')
  for (let i = 0; i < 500; i++) {
    const at = Date.UTC(2026, 4, 1) + random.int(0, 30 * 86_400_000)
    const minutes = random.int(1, 3000)
    const later = afterWorking(outlet, at, minutes)
    assert.ok(isOpen(outlet, later))
    assert.ok(Math.abs(workingBetween(outlet, at, later) - minutes) < 1e-6)
    assert.ok(Math.abs(workingBetween(outlet, beforeWorking(outlet, at, minutes), at) - minutes) < 1e-6)
    assert.ok(isOpen(outlet, nextOpen(outlet, at)))
  }
  // 22 November 2026 was a Sunday; Vladivostok is ten hours ahead.
  assert.equal(weekdayOf(outlet, Date.UTC(2026, 10, 22, 3)), 6)
  assert.equal(new Date(localMidnight(outlet, Date.UTC(2026, 10, 22, 3))).toISOString(), '2026-11-21T14:00:00.000Z')
})

test('the register names known purposes and classes, and its terms end where the law says', () => {
  for (const company of network.companies) {
    assert.equal(new Set(company.activities.map((activity) => activity.code)).size, company.activities.length)
    for (const activity of company.activities) {
      assert.ok(activity.purposes.every((purpose) => (purposeCodes as string[]).includes(purpose)) && activity.purposes.includes('rights'))
      assert.ok(activity.classes.every((one) => (factClasses as readonly string[]).includes(one)))
      assert.ok(activity.legalRef.length > 10 && activity.retentionDays >= 30)
    }
  }
  const activities = companyIn(network, 'zvezda').activities
  const until = (code: string, ended: string): string => {
    const activity = activities.find((one) => one.code === code)
    assert.ok(activity)
    return holdUntil(activity, new Date(ended), 'Europe/Moscow').toISOString().slice(0, 10)
  }
  assert.equal(until('lead', '2026-03-01T00:00:00Z'), '2026-03-31', '152-ФЗ art. 21 ч.4: thirty days')
  assert.ok(until('sale', '2026-03-01T00:00:00Z') >= '2032-01-01', '402-ФЗ art. 29: five years after the reporting year')
  assert.ok(until('sale', '2026-03-01T00:00:00Z') <= '2032-01-02', 'and not longer')
})

test('invented people can be reached by nobody: codes without an operator, mail that is not delivered', () => {
  const people = peopleOf(createRandom('people'), 'zvezda')
  const seen = new Set<string>()
  for (let i = 0; i < 3000; i++) {
    const person = people.next('г. Москва')
    for (const phone of person.phones) {
      assert.ok(!seen.has(phone.e164), 'no telephone comes twice')
      seen.add(phone.e164)
      assert.ok((unassignedCodes as readonly string[]).includes(phone.e164.slice(2, 5)))
      const parsed = parsePhoneNumberFromString(phone.typed, 'RU')
      assert.equal(parsed?.number, phone.e164)
      assert.equal(parsed?.getType(), 'MOBILE')
    }
    for (const email of person.emails) assert.ok((mailDomains as readonly string[]).includes(email.address.split('@')[1] ?? ''))
  }
})

test('women bear women’s names: surname, given name and patronymic agree', () => {
  const people = peopleOf(createRandom('names'), 'ural')
  let women = 0
  for (let i = 0; i < 4000; i++) {
    const { sex, surname, patronymic } = people.next('г. Екатеринбург')
    if (/[оеё]в$|[иы]н$/.test(surname)) assert.equal(sex, 'm', surname)
    if (/[оеё]ва$/.test(surname)) assert.equal(sex, 'f', surname)
    if (patronymic) assert.match(patronymic, sex === 'f' ? /на$/ : /ич$/)
    if (sex === 'f') women++
  }
  assert.ok(women > 1500 && women < 1900)
})

test('chance repeats itself for one seed, differs for another, and is even', () => {
  const draw = (seed: string): number[] => Array.from({ length: 20 }, () => createRandom(seed).fork('a').next())
  assert.deepEqual(draw('one'), draw('one'))
  assert.notDeepEqual(draw('one'), draw('two'))
  const random = createRandom('even')
  const dice = weighted([
    ['a', 1],
    ['b', 3],
  ] as const)
  let b = 0
  for (let i = 0; i < 20_000; i++) if (dice(random) === 'b') b++
  assert.ok(Math.abs(b / 20_000 - 0.75) < 0.02)
  assert.match(random.uuid(Date.UTC(2026, 0, 1) + 0.7), /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
})

test('the companies are the same whatever the day, and other ones for another seed', () => {
  assert.deepEqual(demoNetwork('test'), network)
  assert.notEqual(companyIn(demoNetwork('other'), 'ural').tenant.tenantId, companyIn(network, 'ural').tenant.tenantId)
  assert.equal(dealersOf(network).length, 3)
  assert.equal(new Set(dealersOf(network).map((dealer) => dealer.outlets[0]?.timeZone)).size, 3)
})
