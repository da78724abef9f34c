import assert from 'node:assert/strict'
import { test } from 'node:test'
import { base32, matchingStep, stepOf, totpAt } from './totp.ts'

/** RFC 6238 appendix B, SHA-1: the last six of its eight digits, since the code is the number modulo a power of ten. */
const vectors = [
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
] as const
const secret = Buffer.from('12345678901234567890')

test('an authenticator and we show the same code at every instant that RFC 6238 publishes', () => {
  for (const [seconds, code] of vectors) assert.equal(totpAt(secret, stepOf(new Date(seconds * 1000))), code.slice(2))
})

test('a secret is written as the published base32 examples (RFC 4648 §10), without padding', () => {
  for (const [plain, written] of [
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ] as const)
    assert.equal(base32(Buffer.from(plain)), written)
})

test('a code is good for its step and one beside it, never twice and never out of order', () => {
  const now = new Date(1_234_567_890_000)
  const here = stepOf(now)
  assert.equal(matchingStep(secret, totpAt(secret, here), now, null), here)
  assert.equal(matchingStep(secret, totpAt(secret, here - 1), now, null), here - 1)
  assert.equal(matchingStep(secret, totpAt(secret, here + 1), now, null), here + 1)
  assert.equal(matchingStep(secret, totpAt(secret, here - 2), now, null), undefined)
  assert.equal(matchingStep(secret, totpAt(secret, here), now, here), undefined)
  assert.equal(matchingStep(secret, totpAt(secret, here - 1), now, here), undefined)
  assert.equal(matchingStep(secret, '12345', now, null), undefined)
  assert.equal(matchingStep(secret, '１２３４５６', now, null), undefined)
})
