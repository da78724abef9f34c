/** Lanes of those who work with people, and of people who say no. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import { openBrowser } from '../browser.ts'
import type { Random } from '../../server/demo/index.ts'
import type { Speaker } from '../installation.ts'
import { said } from '../network.ts'
import { ownPage, pageOf, type Scene } from './scene.ts'

type Lead = { id: string; personId: string; version: number }

/** Takes new leads, tells of a call, opens a working list for some. */
export async function work({ house, done, isOver }: Scene, head: Speaker, random: Random): Promise<void> {
  while (!isOver()) {
    // Few at a time: on a quick machine long lists would use up the hour's quota of people seen.
    const { rows } = await said<{ rows: Lead[] }>(head, 'GET', `/leads?view=unassigned&limit=2`)
    const lead = rows[random.int(0, Math.max(0, rows.length - 1))]
    if (!lead) {
      await sleep(50)
      continue
    }
    const taken = await said(head, 'POST', `/leads/${lead.id}/take`, { leadId: lead.id, version: lead.version })
    done.taken.push(lead.id)
    const text = `Звонок по заявке ${lead.id}`
    const contact = await said(head, 'POST', '/interactions', { personId: lead.personId, leadId: lead.id, kind: 'call_out', result: 'no_answer', text })
    done.interactions.push(String(contact.id))
    if (!random.chance(0.4)) continue
    const deal = await said(head, 'POST', '/deals', { leadId: lead.id, leadVersion: taken.version, modelId: house.dealer.modelId })
    done.deals.push(String(deal.id))
  }
}

/** Opens people: whatever was answered must be on the record. */
export async function look({ net, clients, done, isOver }: Scene): Promise<void> {
  const anna = await net.at(net.zvezda, 'operator')
  for (let n = 0; !isOver(); n++) {
    const { personId } = clients.edited[n % clients.edited.length]!
    await said(anna, 'POST', `/persons/${personId}/reveal`, { purpose: 'request_handling' })
    done.looks.push(personId)
    await sleep(100)
  }
}

/** Corrects people. A change has no key of its own: who gets no answer looks what stands there now, as the screen does. */
export async function correct({ net, clients, done, isOver }: Scene): Promise<void> {
  const zoya = await net.at(net.zvezda, 'head_of_sales')
  for (let n = 0; !isOver(); n++) {
    const { personId, email } = clients.edited[n % clients.edited.length]!
    const address = `Москва, дом ${n}`
    const { version } = await said<Lead>(zoya, 'GET', `/persons/${personId}`)
    const contact = { fullName: 'Стойкина Вера Павловна', phones: [`+79454${String(n % clients.edited.length).padStart(6, '0')}`], emails: [email], address }
    const { status, text } = await zoya.ask('PATCH', `/persons/${personId}`, { version, contact })
    // A change that was made and not told about is found made by the next asking.
    assert.ok(status === 200 || status === 409, `${status} ${text}`)
    done.edits.set(personId, { version: version + 1, times: (done.edits.get(personId)?.times ?? 0) + 1, address })
    await sleep(100)
  }
}

/** Books one hour after another of the one demonstration car. */
export async function drive({ house, net, clients, done, isOver }: Scene): Promise<void> {
  const zoya = await net.at(net.zvezda, 'head_of_sales')
  const { outletId } = house.dealer
  for (const [n, { personId }] of clients.driven.entries()) {
    if (isOver()) return
    const date = new Date(Date.now() + (2 + Math.floor(n / 8)) * 86_400_000).toISOString().slice(0, 10)
    const { slots, cars } = await said<{ slots: string[]; cars: { vehicleId: string }[] }>(zoya, 'GET', `/test-drives/day?date=${date}&outletId=${outletId}`)
    const startsAt = slots[n % 8]!
    const { id } = await said<{ id: string }>(zoya, 'POST', '/test-drives', { vehicleId: cars[0]?.vehicleId, startsAt, personId })
    done.drives.push({ id, startsAt })
    await sleep(500)
  }
}

/** People withdraw on their own page. */
export async function withdraw(scene: Scene): Promise<void> {
  for (const client of scene.clients.portal) {
    if (scene.isOver()) return
    const vera = await ownPage(scene, client).catch(() => null)
    if (!vera) continue
    const { eventId } = await said<{ eventId: string }>(vera, 'POST', `/own/persons/${client.personId}/consents/advertising_email/withdraw`, {})
    scene.done.noes.push({ personId: client.personId, kind: 'advertising_email', eventId })
    await sleep(400)
  }
}

/** Colleagues write refusals down. */
export async function refuse({ net, clients, done, isOver }: Scene): Promise<void> {
  const igor = await net.at(net.zvezda, 'privacy_officer')
  for (const { personId } of clients.staff) {
    if (isOver()) return
    const { eventId } = await said<{ eventId: string }>(igor, 'POST', `/persons/${personId}/consents`, { kind: 'advertising_email', state: 'withdrawn', how: 'staff_paper' })
    done.noes.push({ personId, kind: 'advertising_email', eventId })
    await sleep(400)
  }
}

/** Readers of letters press the link, each once more when nothing comes back. */
export async function unsubscribe({ house, clients, done, isOver }: Scene, links: ReadonlyMap<string, string>): Promise<void> {
  for (const client of clients.link) {
    const link = links.get(client.email)
    if (isOver() || !link) return
    const shown = await pageOf(() => openBrowser(house.origin).post(link, { 'List-Unsubscribe': 'One-Click' }))
    assert.equal(shown.status, 200, shown.text.slice(0, 300))
    done.unsubscribed.push(client)
    await sleep(400)
  }
}

/** The officer destroys people whose last ground has ended. */
export async function destroy({ net, clients, done, isOver }: Scene): Promise<void> {
  const igor = await net.at(net.zvezda, 'privacy_officer')
  for (const { personId } of clients.gone) {
    if (isOver()) return
    const { grounds } = await said<{ grounds: { id: string; endedAt: string | null }[] }>(igor, 'GET', `/persons/${personId}`)
    for (const { id } of grounds.filter(({ endedAt }) => endedAt === null)) await said(igor, 'POST', `/persons/${personId}/grounds/${id}/end`, { reason: 'purpose_reached' })
    const { actId } = await said<{ actId: string }>(igor, 'POST', `/persons/${personId}/destroy`, {})
    done.destroyed.push({ personId, actId })
    await sleep(400)
  }
}
