import assert from 'node:assert/strict'
import { createSecretKey, randomBytes } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { bind, DoesNotOpen, openBlob, openBytes, openJson, sealBlob, sealBytes, sealJson, type Place } from './envelope.ts'
import { commitmentOf, newKeyBytes, unwrapKey, wrapKey } from './wrap.ts'

const aKey = () => createSecretKey(randomBytes(32))
const place: Place = { tenantId: 't', personId: 'p', class: 'contact', recordId: 'r', version: 1, keyId: 'k' }

test('an envelope made elsewhere opens: AES-256-GCM test case 16 of McGrew and Viega, as suite 1', () => {
  const key = createSecretKey(Buffer.from('feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308', 'hex'))
  const sealed = Buffer.from(
    '01cafebabefacedbaddecaf888' +
      '522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662' +
      '76fc6ece0f4e1768cddf8853bb2d551b',
    'hex',
  )
  const plain = openBytes(key, Buffer.from('feedfacedeadbeeffeedfacedeadbeefabaddad2', 'hex'), sealed)
  assert.equal(plain.toString('hex'), 'd9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39')
})

test('an envelope in which any one bit of any byte is turned does not open', () => {
  const key = aKey()
  const sealed = sealJson(key, place, { surname: 'Лебедева', phones: ['+79161234567'] })
  for (let at = 0; at < sealed.length; at++) {
    for (let bit = 0; bit < 8; bit++) {
      const bent = Buffer.from(sealed)
      bent[at] = (bent[at] ?? 0) ^ (1 << bit)
      assert.throws(() => openJson(key, place, bent), DoesNotOpen, `byte ${at} bit ${bit}`)
    }
  }
  for (let length = 0; length < sealed.length; length++) assert.throws(() => openJson(key, place, sealed.subarray(0, length)), DoesNotOpen)
})

test('an envelope opens in its own place only', () => {
  const key = aKey()
  const sealed = sealJson(key, place, 1)
  for (const moved of [{ tenantId: 'x' }, { personId: 'x' }, { class: 'vehicle' }, { recordId: 'x' }, { version: 2 }, { keyId: 'x' }])
    assert.throws(() => openJson(key, { ...place, ...moved }, sealed), DoesNotOpen)
  assert.throws(() => openJson(aKey(), place, sealed), DoesNotOpen)
  assert.equal(openJson(key, place, sealed), 1)
})

test('whatever is sealed comes back, and its length says only the step of 64 bytes', () => {
  const key = aKey()
  fc.assert(
    fc.property(fc.jsonValue(), fc.uint8Array({ maxLength: 300 }), (value, bytes) => {
      const sealed = sealJson(key, place, value)
      assert.equal((sealed.length - 29) % 64, 0)
      assert.deepEqual(openJson(key, place, sealed), JSON.parse(JSON.stringify(value)))
      assert.deepEqual(openBlob(key, place, sealBlob(key, place, Buffer.from(bytes))), Buffer.from(bytes))
    }),
    { numRuns: 300 },
  )
})

test('two places never bind to the same bytes', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 4 }), { minLength: 2, maxLength: 2 }), fc.array(fc.string({ maxLength: 4 }), { minLength: 2, maxLength: 2 }), (a, b) => {
      assert.equal(bind(...a).equals(bind(...b)), a[0] === b[0] && a[1] === b[1])
    }),
    { numRuns: 500 },
  )
  assert.notDeepEqual(bind('ab', 'c'), bind('a', 'bc'))
})

test('no nonce comes twice in 20,000 seals', () => {
  const key = aKey()
  const nonces = new Set(Array.from({ length: 20_000 }, () => sealBytes(key, Buffer.alloc(0), Buffer.alloc(1)).toString('hex', 1, 13)))
  assert.equal(nonces.size, 20_000)
})

test('a wrapped key opens for its tenant, name, epoch and commitment only', () => {
  const under = aKey()
  const key = newKeyBytes()
  const wrapped = wrapKey(under, 't', 'k', 3, key)
  assert.deepEqual(unwrapKey(under, 't', 'k', 3, wrapped, commitmentOf(key)), key)
  assert.throws(() => unwrapKey(under, 'u', 'k', 3, wrapped), DoesNotOpen)
  assert.throws(() => unwrapKey(under, 't', 'l', 3, wrapped), DoesNotOpen)
  assert.throws(() => unwrapKey(under, 't', 'k', 4, wrapped), DoesNotOpen)
  assert.throws(() => unwrapKey(under, 't', 'k', 3, wrapped, commitmentOf(newKeyBytes())), DoesNotOpen)
})
