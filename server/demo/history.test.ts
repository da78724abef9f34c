import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { dealerHistory, historyDays } from './history.ts'
import { dealersOf, type DemoCompany, demoNetwork } from './network.ts'
import type { Row, Rows, Table } from './rows.ts'
import type { DemoBatch } from './telling.ts'
import { DAY, isOpen, workingBetween } from './working-time.ts'

const network = demoNetwork('test')
/** Noon in Moscow on a working day: the afternoon in Yekaterinburg, the evening after closing in Vladivostok (20:00 there is 10:00 UTC). */
const now = new Date('2026-11-19T10:30:00.000Z')
const PEOPLE = 1500

const batchesOf = (company: DemoCompany, at = now): DemoBatch[] => [...dealerHistory(network, company, { people: PEOPLE, now: at, batchSize: 250 })]
const told = new Map(dealersOf(network).map((company) => [company, batchesOf(company)]))
const everyDealer = (act: (company: DemoCompany, batches: DemoBatch[]) => void): void => {
  for (const [company, batches] of told) act(company, batches)
}
const all = <T extends Table>(batches: DemoBatch[], table: T): Row<T>[] => batches.flatMap((batch) => ((batch.rows as Rows)[table] ?? []) as Row<T>[])
const count = <T>(list: T[], fits: (one: T) => boolean): number => list.filter(fits).length

test('the same seed and moment tell the same story to the last byte, another seed another one', () => {
  const digest = (seed: string): string => {
    const other = demoNetwork(seed)
    const company = dealersOf(other)[1]
    assert.ok(company)
    const hash = createHash('sha256')
    for (const batch of dealerHistory(other, company, { people: 400, now })) hash.update(JSON.stringify(batch))
    return hash.digest('hex')
  }
  assert.equal(digest('same'), digest('same'))
  assert.notEqual(digest('same'), digest('different'))
})

test('every dealer has exactly the people asked for, each with a contact to seal', () => {
  everyDealer((_, batches) => {
    const persons = all(batches, 'persons')
    assert.equal(persons.length, PEOPLE)
    const contacts = batches.flatMap((batch) => batch.items).filter((item) => item.class === 'contact')
    assert.deepEqual(contacts.map((item) => item.personId).sort(), persons.map((person) => person.id).sort())
    assert.ok(
      batches.every((batch) => (batch.rows.persons?.length ?? 0) <= 250 + 28),
      'batches stay small',
    )
  })
})

test('everybody is held by a live ground of the dealer’s own register, and by none past its term', () => {
  everyDealer((company, batches) => {
    const activities = new Map(company.activities.map((activity) => [activity.id, activity]))
    const grounds = Map.groupBy(all(batches, 'grounds'), (ground) => ground.personId)
    for (const person of all(batches, 'persons')) {
      const held = grounds.get(person.id) ?? []
      assert.ok(held.length > 0)
      for (const { activityId, basis, since, until } of held) {
        const activity = activities.get(activityId)
        assert.ok(activity && activity.bases.includes(basis))
        assert.ok(since <= now && (until === null || until > now))
        // Five years after the reporting year can be six from the moment, and a term may start when the history ends.
        assert.ok(until === null || until.getTime() - since.getTime() <= (activity.retentionDays + 366 + historyDays) * DAY)
      }
      const ends = held.map((ground) => ground.until)
      assert.deepEqual(person.destroyAfter, ends.includes(null) ? null : new Date(Math.max(...ends.map((end) => end?.getTime() ?? 0))))
    }
  })
})

test('nobody who merely asked long ago is still here: a lead alone holds for thirty days after its end', () => {
  everyDealer((company, batches) => {
    const leadActivity = company.activities.find((activity) => activity.code === 'lead')?.id
    const closed = new Map(all(batches, 'leads').map((lead) => [lead.personId, lead.closedAt]))
    const lost = new Map(all(batches, 'deals').map((deal) => [deal.personId, deal.closedAt]))
    for (const ground of all(batches, 'grounds')) {
      if (ground.activityId !== leadActivity || ground.until === null) continue
      const ended = lost.get(ground.personId) ?? closed.get(ground.personId)
      assert.ok(ended)
      assert.equal(ground.until.getTime() - ended.getTime(), 30 * DAY)
    }
  })
})

test('every row points to rows of its own batch or of the dealer’s beginning', () => {
  everyDealer((company, batches) => {
    const beginnings = [company.outlets, company.sources, company.activities, company.staff, company.texts, network.models, all(batches.slice(0, 1), 'stockVehicles')]
    const base = beginnings.flatMap((list) => list.map((row) => row.id))
    const references = ['personId', 'leadId', 'dealId', 'outletId', 'sourceId', 'activityId', 'modelId', 'vehicleId', 'responsibleId', 'byId', 'textId'] as const
    for (const { tenantId, rows, items } of batches) {
      const known = new Set([...base, ...[...(rows.persons ?? []), ...(rows.leads ?? []), ...(rows.deals ?? [])].map((row) => row.id)])
      const records = new Set([...known, ...[...(rows.interactions ?? []), ...(rows.personVehicles ?? []), ...(rows.testDrives ?? [])].map((row) => row.id)])
      for (const row of Object.values(rows).flat() as Record<string, unknown>[]) {
        assert.equal(row.tenantId, tenantId)
        for (const key of references) if (typeof row[key] === 'string') assert.ok(known.has(row[key]), key)
      }
      for (const item of items) assert.ok(known.has(item.personId) && records.has(item.recordId))
      for (const move of rows.dealMoves ?? []) assert.ok(known.has(move.dealId))
    }
  })
})

test('ids never repeat, nor do VINs or a sender’s numbers', () => {
  const ids: string[] = []
  const vins: string[] = []
  everyDealer((_, batches) => {
    for (const batch of batches) for (const rows of Object.values(batch.rows)) for (const row of rows) ids.push((row as { id: string }).id)
    for (const car of all(batches, 'stockVehicles')) vins.push(car.vin)
    for (const item of batches.flatMap((batch) => batch.items)) if (item.class === 'vehicle' && item.facts.vin) vins.push(item.facts.vin)
    const numbers = all(batches, 'leads')
      .filter((lead) => lead.externalRef !== null)
      .map((lead) => `${lead.sourceId}/${lead.externalRef}`)
    assert.equal(new Set(numbers).size, numbers.length)
  })
  assert.equal(new Set(ids).size, ids.length)
  assert.equal(new Set(vins).size, vins.length)
})

test('nothing has happened yet that lies ahead, and a lead’s times follow each other', () => {
  everyDealer((company, batches) => {
    const outlets = new Map(company.outlets.map((outlet) => [outlet.id, outlet]))
    for (const { status, receivedAt, takenAt, firstContactAt, closedAt, outletId } of all(batches, 'leads')) {
      assert.equal(status === 'new', takenAt === null)
      assert.equal(status === 'closed', closedAt !== null)
      const order = [receivedAt, takenAt, firstContactAt].filter((at) => at !== null)
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a.getTime() - b.getTime()),
      )
      for (const at of [...order, closedAt]) assert.ok(at === null || at <= now)
      const outlet = outlets.get(outletId)
      assert.ok(outlet && (takenAt === null || isOpen(outlet, takenAt.getTime())), 'leads are taken when somebody is there')
    }
    for (const { at } of [...all(batches, 'interactions'), ...all(batches, 'dealMoves')]) assert.ok(at <= now)
    for (const { startsAt, status } of all(batches, 'testDrives')) assert.equal(startsAt > now, status === 'booked')
    for (const person of all(batches, 'persons')) assert.ok(person.updatedAt <= now && person.createdAt <= person.updatedAt)
  })
})

test('a deal stands where its last move left it', () => {
  everyDealer((_, batches) => {
    const moves = Map.groupBy(all(batches, 'dealMoves'), (move) => move.dealId)
    for (const deal of all(batches, 'deals')) {
      let stage = 'contact'
      for (const move of moves.get(deal.id) ?? []) {
        assert.equal(move.fromStage, stage)
        stage = move.toStage
      }
      assert.equal(deal.stage, stage)
      assert.equal(deal.closedAt !== null, stage === 'won' || stage === 'lost')
      assert.equal(deal.lostReason !== null, stage === 'lost')
      assert.ok(Number(deal.amountKopecks) > 100_000_000 && Number(deal.amountKopecks) < 600_000_000, 'a car costs one to six million roubles')
    }
  })
})

test('two people never hold one slot of a car', () => {
  everyDealer((_, batches) => {
    const booked = all(batches, 'testDrives').filter((drive) => drive.status === 'booked')
    assert.ok(booked.length >= 6)
    assert.equal(new Set(booked.map((drive) => `${drive.vehicleId} ${drive.startsAt.toISOString()}`)).size, booked.length)
    for (const drive of booked) assert.equal(drive.startsAt.getTime() % 3_600_000, 0, 'on the hour’s grid')
  })
})

/** At noon, on a Sunday evening, at night and a minute after opening. */
for (const moment of ['2026-11-19T10:30:00.000Z', '2026-11-22T19:40:00.000Z', '2026-11-23T01:10:00.000Z', '2026-11-23T06:01:00.000Z']) {
  test(`something burns for every dealer at ${moment}, counted in its own working minutes`, () => {
    const at = new Date(moment)
    for (const company of dealersOf(network)) {
      const batches = [...dealerHistory(network, company, { people: 300, now: at })]
      const outlets = new Map(company.outlets.map((outlet) => [outlet.id, outlet]))
      const fresh = all(batches, 'leads').filter((lead) => lead.status === 'new')
      assert.ok(count(fresh, (lead) => at.getTime() - lead.receivedAt.getTime() <= 3_600_000) >= 12, 'a dozen came within the hour')
      assert.ok(count(fresh, (lead) => lead.responsibleId === null) >= 4, 'some belong to nobody')
      const waited = (lead: Row<'leads'>): number => {
        const outlet = outlets.get(lead.outletId)
        assert.ok(outlet)
        return workingBetween(outlet, lead.receivedAt.getTime(), at.getTime())
      }
      assert.ok(count(fresh, (lead) => waited(lead) > 60) >= 5, 'some are missed by working minutes')
      assert.ok(count(fresh, (lead) => waited(lead) < 15) >= 2, 'and some are still in time')
      assert.ok(count(all(batches, 'leads'), (lead) => lead.status === 'in_work' && lead.firstContactAt === null && waited(lead) > 30) >= 3, 'taken but not called')
    }
  })
}

test('the sums are those of a living dealer', () => {
  everyDealer((company, batches) => {
    const leads = all(batches, 'leads')
    const taken = leads.filter((lead) => lead.takenAt !== null)
    const share = (part: number, whole: number): number => part / whole
    assert.ok(leads.length > PEOPLE * 0.6 && leads.length < PEOPLE * 0.85)
    const won = count(all(batches, 'deals'), (deal) => deal.stage === 'won')
    assert.ok(share(won, PEOPLE) > 0.12 && share(won, PEOPLE) < 0.24)
    const outlets = new Map(company.outlets.map((outlet) => [outlet.id, outlet]))
    const waits = taken.map((lead) => {
      const outlet = outlets.get(lead.outletId)
      assert.ok(outlet)
      return workingBetween(outlet, lead.receivedAt.getTime(), lead.takenAt?.getTime() ?? 0)
    })
    const late = share(
      count(waits, (minutes) => minutes > 15),
      waits.length,
    )
    assert.ok(late > 0.05 && late < 0.2, `most are taken in time, ${late} are not`)
    const perPerson = share(all(batches, 'interactions').length, PEOPLE)
    assert.ok(perPerson > 2.5 && perPerson < 4.5)
    const oldest = Math.min(...all(batches, 'persons').map((person) => person.createdAt.getTime()))
    assert.ok((now.getTime() - oldest) / DAY > historyDays - 10, 'the history reaches back twenty-four months')
  })
})
