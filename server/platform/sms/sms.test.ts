import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fakeSms } from '../../../test/fakes/sms.ts'
import { openSms } from './sms.ts'

const message = { to: '+79990000001', text: 'Код 123456', reference: 'message-1' }

test('a message reaches the gateway as JSON, with the secret of its address in a header and not in the address', async (t) => {
  const gateway = await fakeSms()
  t.after(gateway.close)
  await openSms(gateway.url).send(message)
  assert.deepEqual(gateway.taken, [{ ...message, authorization: `Basic ${Buffer.from('dealer:gateway-secret').toString('base64')}` }])
})

test('what the gateway will never take is refused for good, everything else may be tried again, and nobody is followed elsewhere', async (t) => {
  const gateway = await fakeSms()
  t.after(gateway.close)
  const sms = openSms(gateway.url)
  gateway.answer(400, 422)
  for (let each = 0; each < 2; each++) await assert.rejects(sms.send(message), { name: 'RefusedForGood' })
  gateway.answer(500, 503, 429, 401, 307)
  for (let each = 0; each < 5; each++) await assert.rejects(sms.send(message), (error: Error) => error.name !== 'RefusedForGood')
  for (const to of ['89990000001', '+7999\r\nX: y', '', '+7 999 000-00-01']) await assert.rejects(sms.send({ ...message, to }), { name: 'RefusedForGood' })
  assert.equal(gateway.taken.length, 0)
  await gateway.close()
  await assert.rejects(sms.send(message), (error: Error) => error.name !== 'RefusedForGood')
})
