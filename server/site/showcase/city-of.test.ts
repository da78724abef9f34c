import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cityOf } from './city-of.ts'

for (const [address, city] of [
  ['620085, г. Екатеринбург, ул. 8 Марта, д. 267', 'Екатеринбург'],
  ['г. Москва, Алтуфьевское шоссе, д. 95', 'Москва'],
  ['Московская область, г. Химки, Ленинградская ул., 1', 'Химки'],
  ['Владивосток, ул. Бородинская, д. 46', 'Владивосток'],
  ['Москва', 'Москва'],
] as const) {
  test(`"${address}" lies in ${city}`, () => assert.equal(cityOf(address), city))
}
