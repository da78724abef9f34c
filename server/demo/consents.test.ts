import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { channels, consentKinds, consentOfChannel, consentStates, ConsentParts, type ConsentKind } from '../../contract/consent/consent.ts'
import { lintText } from '../../contract/consent/lint-text.ts'
import { dealerHistory } from './history.ts'
import { dealersOf, demoNetwork } from './network.ts'
import type { DemoBatch } from './telling.ts'
import { DAY } from './working-time.ts'

const network = demoNetwork('test')
const now = new Date('2026-11-19T10:30:00.000Z')
const told = dealersOf(network).map((company) => ({ company, batches: [...dealerHistory(network, company, { people: 1200, now })] as DemoBatch[] }))
const eventsOf = (batches: DemoBatch[]) => batches.flatMap(({ rows }) => rows.consentEvents ?? [])

test('every dealer has a text of each kind that its own linter would publish, under the hash of its very bytes', () => {
  for (const { company } of told) {
    assert.deepEqual([...new Set(company.texts.map(({ kind }) => kind))].sort(), [...consentKinds].sort())
    for (const { kind, parts, body, bodySha256, publishedBy } of company.texts) {
      assert.deepEqual(lintText(kind as ConsentKind, ConsentParts.parse(parts)), [])
      assert.ok(bodySha256.equals(createHash('sha256').update(body).digest()))
      assert.equal(company.staff.find(({ id }) => id === publishedBy)?.role, 'privacy_officer')
    }
  }
})

test('people have said all there is to say, never in the future, under the text that was in force then', () => {
  for (const { company, batches } of told) {
    const events = eventsOf(batches)
    assert.deepEqual([...new Set(events.map(({ state }) => state))].sort(), [...consentStates].sort())
    for (const { kind, state, how, byId, at, validUntil, textId } of events) {
      const text = company.texts.find(({ id }) => id === textId)
      assert.ok(text && text.kind === kind && text.publishedAt <= at && at <= now)
      const newer = company.texts.find((one) => one.kind === kind && one.version === text.version + 1)
      const begun = state === 'expired' ? at.getTime() - text.validDays * DAY : at.getTime()
      assert.ok(!newer || newer.publishedAt.getTime() > begun)
      assert.equal(validUntil !== null, state === 'given')
      assert.equal(byId !== null, how.startsWith('staff_'), 'a word given to a member of staff names them')
    }
  }
})

test('a ground on consent rests on a consent that was given and lasts exactly as long; whoever took it back is not held by it', () => {
  for (const { company, batches } of told) {
    const events = eventsOf(batches)
    const given = new Map(events.filter(({ state }) => state === 'given').map((event) => [event.id, event]))
    const kindOf = new Map([
      ['relations', 'request'],
      ['marketing', 'advertising_data'],
    ])
    const onConsent = batches
      .flatMap(({ rows }) => rows.grounds ?? [])
      .flatMap((ground) => {
        const kind = kindOf.get(company.activities.find(({ id }) => id === ground.activityId)?.code ?? '')
        return kind ? [{ ground, kind }] : []
      })
    assert.ok(onConsent.length > 100)
    for (const { ground, kind } of onConsent) {
      const word = given.get((ground.evidence as { consentEventId: string }).consentEventId)
      assert.ok(word && word.kind === kind && word.personId === ground.personId)
      assert.equal(ground.until?.getTime(), word.validUntil?.getTime())
    }
    const held = new Set(onConsent.filter(({ kind }) => kind === 'advertising_data').map(({ ground }) => ground.personId))
    for (const { kind, state, personId } of events) if (kind === 'advertising_data' && state !== 'given') assert.ok(!held.has(personId))
    for (const { kind, state, personId } of events) if (kind.startsWith('advertising_') && kind !== 'advertising_data' && state === 'given') assert.ok(held.has(personId))
  }
})

test('every "no" is kept as an objection of each address on each channel it is about, once', () => {
  for (const { batches } of told) {
    const all = batches.flatMap(({ objections }) => objections.map(({ channel, address }) => `${channel} ${address}`))
    assert.ok(all.length > 50)
    assert.equal(new Set(all).size, all.length)
    const kept = new Set(all)
    const contacts = new Map(batches.flatMap(({ items }) => items).flatMap((item) => (item.class === 'contact' ? [[item.personId, item.facts] as const] : [])))
    for (const { kind, state, personId } of eventsOf(batches).filter((event) => event.state === 'refused' || event.state === 'withdrawn')) {
      const contact = contacts.get(personId)
      assert.ok(contact, state)
      for (const channel of channels.filter((one) => kind === 'advertising_data' || kind === consentOfChannel[one])) {
        const addresses = channel === 'email' ? contact.emails.map(({ address }) => address) : contact.phones.map(({ e164 }) => e164)
        for (const address of addresses) assert.ok(kept.has(`${channel} ${address}`))
      }
    }
  }
})

test('a call consent lives a year, so of those two years old some have run out by their own term', () => {
  for (const { batches } of told) {
    const events = eventsOf(batches)
    const given = new Map(events.filter(({ state, kind }) => state === 'given' && kind === 'advertising_call').map((event) => [event.personId, event]))
    const over = events.filter(({ state }) => state === 'expired')
    assert.ok(over.length > 10)
    for (const { personId, at } of over) assert.equal(at.getTime() - (given.get(personId)?.at.getTime() ?? 0), 365 * DAY)
  }
})
