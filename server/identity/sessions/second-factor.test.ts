import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { openEnds } from '../../../test/ends.ts'
import { stage, type Person, type Reply, type Stage } from '../../../test/stage.ts'
import { hashPassword } from './passwords.ts'
import { stepOf, totpAt } from './totp.ts'

const password = 'длинная фраза для входа'
type Refused = { error: string; fields?: { at: string; why: string }[] }

let house: Stage
const ends = openEnds()
before(async () => void (house = await stage(ends)))
after(ends.close)

const knowsPassword = async (who: Person): Promise<void> => {
  await house.owner.query('update accounts set password_hash = $1 where id = (select account_id from employees where id = $2)', [await hashPassword(password), who.employeeId])
}
const enter = (who: Person, code?: string): Promise<Reply<{ next: string } & Refused>> =>
  house.stranger.post('/sign-in', { email: `operator.${who.employeeId.slice(0, 8)}@staff.example`, password, ...(code ? { code } : {}) })

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const unbase32 = (text: string): Buffer => {
  const bits = [...text].map((letter) => alphabet.indexOf(letter).toString(2).padStart(5, '0')).join('')
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
const codeNow = (secret: Buffer): string => totpAt(secret, stepOf(house.clock.now))
/** To the beginning of the next step, so that a code never changes between two lines of a test. */
const nextStep = (): void => house.clock.forward(30_000 - (house.clock.now.getTime() % 30_000))

async function enrolled(who: Person): Promise<{ secret: Buffer; codes: string[] }> {
  const begun = await who.post<{ secret: string; uri: string }>('/me/second-factor')
  assert.equal(begun.status, 200, JSON.stringify(begun.body))
  assert.match(begun.body.uri, /^otpauth:\/\/totp\/Infotech%3A.+\?secret=[A-Z2-7]{32}&issuer=Infotech/)
  const secret = unbase32(begun.body.secret)
  const proved = await who.post<{ recoveryCodes: string[] }>('/me/second-factor/confirm', { code: codeNow(secret) })
  assert.equal(proved.status, 200, JSON.stringify(proved.body))
  nextStep()
  return { secret, codes: proved.body.recoveryCodes }
}

test('Anna enrols her phone; from then on the password alone opens nothing, and a code opens the door once', async () => {
  const anna = await house.hire('operator')
  await knowsPassword(anna)
  nextStep()
  const { secret, codes } = await enrolled(anna)
  assert.deepEqual([codes.length, new Set(codes).size, /^[a-z2-7]{4}(?:-[a-z2-7]{4}){3}$/.test(codes[0] ?? '')], [10, 10, true])
  const half = await enter(anna)
  assert.deepEqual([half.status, half.body.next, half.headers['set-cookie']], [200, 'code', undefined])
  const code = codeNow(secret)
  assert.equal((await enter(anna, code)).body.next, 'in')
  const again = await enter(anna, code)
  assert.deepEqual([again.status, again.body.error], [401, 'wrong_credentials'])
  assert.equal((await house.events(anna.dealer, 'account.secured')).length, 1)
})

test('of two who bring the same code at the same instant one comes in', async () => {
  const anna = await house.hire('operator')
  await knowsPassword(anna)
  nextStep()
  const { secret } = await enrolled(anna)
  const answers = await Promise.all([enter(anna, codeNow(secret)), enter(anna, codeNow(secret))])
  assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 401])
})

test('a recovery code opens the door once, however it is typed; new ones put the old ones out of use', async () => {
  const anna = await house.hire('operator')
  await knowsPassword(anna)
  nextStep()
  const {
    codes: [first = '', second = '', third = ''],
  } = await enrolled(anna)
  assert.equal((await enter(anna, first.replaceAll('-', ' ').toUpperCase())).body.next, 'in')
  assert.equal((await enter(anna, first)).status, 401)
  const twice = await Promise.all([enter(anna, second), enter(anna, second)])
  assert.deepEqual(twice.map(({ status }) => status).sort(), [200, 401])
  const renewed = await anna.post<{ recoveryCodes: string[] }>('/me/recovery-codes')
  assert.equal(renewed.body.recoveryCodes.length, 10)
  assert.equal((await enter(anna, third)).status, 401)
  assert.equal((await enter(anna, renewed.body.recoveryCodes[0])).body.next, 'in')
})

test('another phone that is not proved leaves the old one working', async () => {
  const anna = await house.hire('operator')
  await knowsPassword(anna)
  nextStep()
  const { secret } = await enrolled(anna)
  const other = await anna.post<{ secret: string }>('/me/second-factor')
  assert.equal(other.status, 200)
  const wrong = await anna.post<Refused>('/me/second-factor/confirm', { code: codeNow(secret) })
  assert.deepEqual([wrong.status, wrong.body.fields?.[0]?.at], [422, 'code'])
  assert.equal((await enter(anna, codeNow(secret))).body.next, 'in')
})

test('neither the secret nor a recovery code lies readable in the database', async () => {
  const anna = await house.hire('operator')
  nextStep()
  const { secret, codes } = await enrolled(anna)
  const { rows } = await house.owner.query(
    `select totp_sealed sealed, recovery_hashes hashes, totp_pending pending from accounts where id = (select account_id from employees where id = $1)`,
    [anna.employeeId],
  )
  assert.equal((rows[0].sealed as Buffer).includes(secret), false)
  assert.equal(rows[0].pending, null)
  assert.deepEqual(
    (rows[0].hashes as string[]).filter((hash) => codes.includes(hash) || codes.includes(hash.replaceAll('-', ''))),
    [],
  )
})

test('refusals: nobody, without a begun enrolment, with letters, and after ten minutes only with the password', async () => {
  const anna = await house.hire('operator')
  assert.equal((await house.stranger.post('/me/second-factor')).status, 401)
  assert.equal((await anna.post('/me/second-factor/confirm', { code: '123456' })).status, 409)
  const letters = await anna.post<Refused>('/me/second-factor/confirm', { code: 'abcdef' })
  assert.deepEqual([letters.status, letters.body.fields?.[0]?.at], [422, 'code'])
  assert.equal((await anna.post('/me/recovery-codes')).status, 409)
  house.clock.forward(11 * 60_000)
  const late = await anna.post<Refused>('/me/second-factor')
  assert.deepEqual([late.status, late.body.error], [403, 'reauthenticate'])
})
