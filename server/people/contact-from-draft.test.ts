import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { carFacts, wholeName } from '../vault/index.ts'
import { ContactDraft } from '../../contract/people/person.ts'
import { contactFromDraft } from './contact-from-draft.ts'

const draft = (more: object): ContactDraft => ContactDraft.parse({ phones: ['+7 999 000-00-01'], ...more })
const word = fc.oneof(
  fc.constantFrom('ИВАНОВА', 'анна', 'иВАНОВ', 'о’нил', 'Салтыков–Щедрин', 'мамедов али оглы', 'Anna\u200d', 'Й\u0306орк', 'МакДональд'),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
)
/** What the contract lets in: blank edges are off before anybody reads. */
const typed = word.map((text) => text.trim()).filter(Boolean)
const accepted = (more: object): ReturnType<typeof contactFromDraft> | null => {
  try {
    return contactFromDraft(draft(more))
  } catch {
    return null
  }
}

test('however a name is written in one field, what was typed can be told from what is kept, and cleaning it again changes nothing', () => {
  fc.assert(
    fc.property(fc.array(typed, { minLength: 1, maxLength: 4 }), (words) => {
      const fullName = words.join(' ')
      const contact = accepted({ fullName })
      if (!contact) return
      assert.equal(contact.typedName ?? wholeName(contact), fullName)
      const again = accepted({ surname: contact.surname, given: contact.given, patronymic: contact.patronymic, typedName: contact.typedName })
      assert.deepEqual(again, contact)
    }),
    { numRuns: 1_500 },
  )
})

test('the same of a name in parts, of a car, and of every phone and e-mail', () => {
  const parts = fc.record({ surname: typed, given: typed, patronymic: typed }, { requiredKeys: ['surname'] })
  fc.assert(
    fc.property(parts, typed, typed, (name, vin, plate) => {
      const contact = accepted({ ...name, phones: ['8 (999) 000-00-01'], emails: [' Anna@Mail.Example'] })
      if (contact) {
        assert.equal(contact.typedName ?? wholeName(contact), wholeName(name))
        assert.deepEqual([contact.phones, contact.emails], [[{ e164: '+79990000001', typed: '8 (999) 000-00-01' }], [{ address: 'anna@mail.example', typed: 'Anna@Mail.Example' }]])
      }
      const car = carFacts({ vin, plate })
      assert.deepEqual([car.typedVin ?? car.vin, car.typedPlate ?? car.plate], [vin, plate])
      assert.deepEqual(carFacts({ vin: car.vin, plate: car.plate }), { vin: car.vin, plate: car.plate })
    }),
    { numRuns: 1_500 },
  )
})

test('a name that is kept as it was typed is kept once', () => {
  assert.ok(!('typedName' in contactFromDraft(draft({ fullName: 'Иванова Анна Петровна' }))))
  assert.deepEqual(carFacts({ vin: 'XTA210990Y2766389', plate: 'А123ВС777' }), { vin: 'XTA210990Y2766389', plate: 'А123ВС777' })
  assert.deepEqual(carFacts({ vin: 'хта 210990-Y2766389' }), { vin: 'XTA210990Y2766389', typedVin: 'хта 210990-Y2766389' })
  assert.deepEqual(carFacts({ plate: 'номер потом' }), { plate: 'номер потом' }, 'what nobody can read is kept as it is')
  assert.deepEqual(carFacts({}), {})
})

test('of a name told whole and in parts, each written otherwise, both writings are kept', () => {
  assert.equal(contactFromDraft(draft({ fullName: 'анна иванова', surname: 'ИВАНОВА', given: 'Анна' })).typedName, 'анна иванова / ИВАНОВА Анна')
  assert.equal(contactFromDraft(draft({ typedName: 'анна' })).typedName, undefined, 'there is no name of which it were the writing')
})
