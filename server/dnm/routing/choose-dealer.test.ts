import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readNetworkBecause } from '../../../contract/dnm/network-lead.ts'
import { chooseDealer, misfit, type Asked, type Candidate, type Rule } from './choose-dealer.ts'

const cities = ['Москва', 'Екатеринбург', 'Владивосток']
const outlet = (at: number, more: Partial<Candidate> = {}): Candidate => ({
  outletId: `o${at}`,
  dealerId: `d${at}`,
  outlet: `Салон ${at}`,
  dealer: `Дилер ${at}`,
  city: cities[at % 3]!,
  isActive: true,
  isReady: true,
  brandIds: [],
  openLeads: 0,
  todayLeads: 0,
  dailyCapacity: null,
  isOpen: true,
  ...more,
})
const asked = (more: Partial<Asked> = {}): Asked => ({ brandId: null, modelId: null, interest: 'new_car', city: null, wishedOutletId: null, tried: [], ...more })
const rule = (more: Partial<Rule> = {}): Rule => ({
  id: 'r1',
  name: 'Правило',
  brandId: null,
  modelId: null,
  interest: null,
  city: null,
  wishedDealerId: null,
  toDealerId: null,
  toOutletId: null,
  onlyOpen: false,
  isActive: true,
  ...more,
})

type Drawn = Pick<Candidate, 'isActive' | 'isReady' | 'isOpen' | 'openLeads' | 'todayLeads' | 'dailyCapacity' | 'brandIds'> & { at: number }
const anyCandidates = fc.uniqueArray(
  fc.record<Drawn>({
    at: fc.integer({ min: 0, max: 20 }),
    isActive: fc.boolean(),
    isReady: fc.boolean(),
    isOpen: fc.boolean(),
    openLeads: fc.integer({ min: 0, max: 50 }),
    todayLeads: fc.integer({ min: 0, max: 10 }),
    dailyCapacity: fc.option(fc.integer({ min: 1, max: 10 })),
    brandIds: fc.subarray(['b1', 'b2']),
  }),
  { selector: ({ at }) => at, maxLength: 12 },
)
const toCandidates = (drawn: readonly Drawn[]): Candidate[] => drawn.map(({ at, ...more }) => outlet(at, more))
const anyAsked = fc.record({
  brandId: fc.option(fc.constantFrom('b1', 'b2')),
  modelId: fc.constant(null),
  interest: fc.constantFrom('new_car', 'service'),
  city: fc.option(fc.constantFrom(...cities, 'Тула')),
  wishedOutletId: fc.option(fc.constantFrom('o1', 'o2', 'o3', 'nobody')),
  tried: fc.subarray(['d1', 'd2', 'd3']),
})
const anyRules = fc.array(
  fc.record({
    interest: fc.option(fc.constantFrom('new_car', 'service')),
    city: fc.option(fc.constantFrom(...cities)),
    toDealerId: fc.option(fc.constantFrom('d1', 'd2', 'd9')),
    toOutletId: fc.option(fc.constantFrom('o1', 'o4')),
    onlyOpen: fc.boolean(),
    isActive: fc.boolean(),
  }),
  { maxLength: 4 },
)
const toRules = (drawn: readonly Partial<Rule>[]): Rule[] => drawn.map((more, at) => rule({ ...more, id: `r${at}`, name: `Правило ${at}` }))

test('the same question has the same answer, in whatever order the outlets are told', () => {
  fc.assert(
    fc.property(anyCandidates, anyAsked, anyRules, fc.infiniteStream(fc.integer()), (drawn, question, rules, dice) => {
      const candidates = toCandidates(drawn)
      const shuffled = candidates
        .map((one) => ({ one, at: dice.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ one }) => one)
      assert.deepEqual(chooseDealer(question, toRules(rules), shuffled), chooseDealer(question, toRules(rules), candidates))
    }),
  )
})

test('whoever is chosen can take it, and somebody is chosen whenever anybody can', () => {
  fc.assert(
    fc.property(anyCandidates, anyAsked, anyRules, (drawn, question, rules) => {
      const candidates = toCandidates(drawn)
      const choice = chooseDealer(question, toRules(rules), candidates)
      assert.equal(
        choice === null,
        candidates.every((one) => misfit(question, one) !== null),
      )
      if (choice === null) return
      const chosen = candidates.find(({ outletId }) => outletId === choice.outletId)!
      assert.equal(misfit(question, chosen), null)
      assert.ok(chosen.isActive && chosen.isReady && !question.tried.includes(chosen.dealerId))
    }),
  )
})

test('every choice explains itself in words that the contract reads', () => {
  fc.assert(
    fc.property(anyCandidates, anyAsked, anyRules, (drawn, question, rules) => {
      const choice = chooseDealer(question, toRules(rules), toCandidates(drawn))
      if (choice) assert.notEqual(readNetworkBecause(choice.because).code, 'unknown')
      if (choice) assert.equal(choice.ruleId !== null, choice.because.startsWith('rule_'))
    }),
  )
})

test('the dealer whom the person chose comes before every rule', () => {
  fc.assert(
    fc.property(anyCandidates, anyAsked, anyRules, (drawn, question, rules) => {
      const candidates = [...toCandidates(drawn).filter(({ outletId }) => outletId !== 'o1'), outlet(1)]
      const choice = chooseDealer({ ...question, wishedOutletId: 'o1', tried: [] }, toRules(rules), candidates)
      assert.deepEqual([choice?.outletId, choice?.because], ['o1', 'wished_outlet|Салон 1'])
    }),
  )
})

test('requests without a wish are spread evenly: no dealer has two more than another', () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 7 }), fc.integer({ min: 1, max: 60 }), (dealers, requests) => {
      let candidates = Array.from({ length: dealers }, (_, at) => outlet(at, { city: 'Москва' }))
      for (let i = 0; i < requests; i++) {
        const choice = chooseDealer(asked({ city: 'Москва' }), [], candidates)
        candidates = candidates.map((one) => (one.outletId === choice?.outletId ? { ...one, openLeads: one.openLeads + 1 } : one))
      }
      const loads = candidates.map(({ openLeads }) => openLeads)
      assert.ok(Math.max(...loads) - Math.min(...loads) <= 1, loads.join(' '))
    }),
  )
})

test('a rule decides by brand, interest and city; one that leads to nobody who can take it is passed over', () => {
  const candidates = [outlet(0), outlet(1), outlet(2, { isOpen: false })]
  const toSecond = rule({ id: 'a', name: 'Сервис', interest: 'service', toDealerId: 'd1' })
  assert.deepEqual(chooseDealer(asked({ interest: 'service' }), [toSecond], candidates), { outletId: 'o1', dealerId: 'd1', ruleId: 'a', because: 'rule_dealer|Сервис' })
  assert.equal(chooseDealer(asked(), [toSecond], candidates)?.because, 'least||0')
  assert.equal(chooseDealer(asked({ interest: 'service', tried: ['d1'] }), [toSecond], candidates)?.because, 'least||0')
  const atNight = rule({ id: 'b', name: 'Пока открыто', toOutletId: 'o2', onlyOpen: true })
  assert.equal(chooseDealer(asked(), [atNight], candidates)?.ruleId, null)
  assert.equal(chooseDealer(asked(), [{ ...atNight, onlyOpen: false }], candidates)?.because, 'rule_outlet|Пока открыто')
})

test('who is open comes before who has less to do, and the person’s city before both', () => {
  const candidates = [outlet(0, { openLeads: 9 }), outlet(1, { openLeads: 3 }), outlet(3, { openLeads: 0, isOpen: false })]
  assert.equal(chooseDealer(asked(), [], candidates)?.outletId, 'o1')
  assert.deepEqual(chooseDealer(asked({ city: 'москва' }), [], candidates)?.because, 'city_least|Москва|9')
})
