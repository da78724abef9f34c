import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isInn, isKpp, isOgrn, isVin, vinCheckDigitFits } from './checks.ts'

test('an accountant enters the ИНН of a bank and of a person from the tax service’s published examples', () => {
  assert.ok(isInn('7707083893'))
  assert.ok(isInn('500100732259'))
})

test('an accountant enters the ОГРН of an organisation and the ОГРНИП of an entrepreneur from the register', () => {
  assert.ok(isOgrn('1027700132195'))
  assert.ok(isOgrn('1107154005980'))
  assert.ok(isOgrn('304500116000157'))
})

test('an accountant who mistypes any one digit is told so', () => {
  const spoilt = (value: string, at: number, by: number): string => value.slice(0, at) + String((Number(value[at]) + by) % 10) + value.slice(at + 1)
  for (let by = 1; by < 10; by++) {
    // The last digit of either number is compared as it stands, so no other value can pass there.
    assert.ok(!isInn(spoilt('7707083893', 9, by)))
    assert.ok(!isInn(spoilt('500100732259', 11, by)))
    assert.ok(!isOgrn(spoilt('1027700132195', 12, by)))
    assert.ok(!isOgrn(spoilt('304500116000157', 14, by)))
  }
  assert.ok(!isInn(spoilt('7707083893', 0, 1)))
  assert.ok(!isOgrn(spoilt('1027700132195', 0, 1)))
})

test('a КПП may hold capitals in its fifth and sixth places only', () => {
  assert.ok(isKpp('773601001'))
  assert.ok(isKpp('7736AZ001'))
  assert.ok(!isKpp('773601A01'))
  assert.ok(!isKpp('77360100'))
})

test('an adviser enters VINs with the check digit of 49 CFR 565.15', () => {
  for (const vin of ['1M8GDM9AXKP042788', '11111111111111111', 'JHMCM56557C404453']) assert.ok(vinCheckDigitFits(vin), vin)
})

test('an adviser enters European and Russian VINs: they are VINs although position 9 is no check digit', () => {
  for (const vin of ['XW8ZZZ61ZHG000001', 'Z94CB41AAGR323020']) {
    assert.ok(isVin(vin))
    assert.ok(!vinCheckDigitFits(vin))
  }
})

test('nothing a person can paste makes a check throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => [isInn, isKpp, isOgrn, isVin, vinCheckDigitFits].every((check) => typeof check(text) === 'boolean')),
  )
})
