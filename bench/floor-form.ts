/** A request of the site as the floor takes it in: the rows of both companies by plain inserts, a transaction each, durable on both sides when it answers. */
import type pg from 'pg'
import { newId } from '../server/platform/ids.ts'
import type { FloorOptions } from './floor.ts'
import * as network from './floor-network-statements.ts'
import { bytesOf, inTransaction, type Answer, type Body } from './floor-run.ts'
import * as sql from './floor-statements.ts'

type Asked = { options: FloorOptions; body: Body; tokens: string[]; now: Date }
type Handed = { leadId: string; personId: string; transferId: string; number: unknown }

export const formAnswers = (pool: pg.Pool, options: FloorOptions): Record<string, Answer> => ({
  [`POST sites/${options.distributor.slug}/requests`]: async (_path, body) => {
    const asked: Asked = { options, body, tokens: body.tokens as string[], now: new Date() }
    const handed = await atDistributor(pool, asked)
    const leadId = await atDealer(pool, asked, handed)
    await finish(pool, asked, handed)
    return { number: handed.number, leadId }
  },
})

const contactOf = ({ name, phone, email }: Body) => ({ surname: name, phones: [{ e164: phone, typed: phone }], emails: [{ address: email, typed: email }] })

function atDistributor(pool: pg.Pool, { options: { distributor, dealer }, body, tokens, now }: Asked): Promise<Handed> {
  const { tenantId, sourceId, outletId, leadActivityId, marketingActivityId, texts, brandId } = distributor
  return inTransaction(pool, tenantId, async (run) => {
    const [personId, leadId, transferId] = [newId(), newId(), newId()]
    const eventIds = [newId(), newId(), newId()]
    const evidence = bytesOf({ text: JSON.stringify({ kind: 'consent_evidence', address: '10.0.0.1', agent: 'bench', at: now }) })
    await Promise.all([
      run(sql.repeated, [sourceId, body.ref]),
      run(sql.choose, [sourceId, body.interest]),
      run(sql.match, [tokens.slice(0, 2)]),
      run(network.siteModels, [body.modelId]),
      run(network.outletOf, [dealer.outletId]),
    ])
    const records = [personId, leadId, ...eventIds]
    const payloads = [bytesOf(contactOf(body)), bytesOf({ text: body.wishes }), evidence, evidence, evidence]
    await run(network.addClient, [
      personId,
      outletId,
      now,
      [newId(), newId()],
      [leadActivityId, marketingActivityId],
      ['contact', ...records.slice(1).map(() => 'communication')],
      records,
      payloads,
      tokens,
    ])
    const [added] = await run(sql.addLead, [leadId, personId, sourceId, outletId, 'call_centre', null, body.interest, body.ref, now])
    await Promise.all([
      run(sql.addMessage, [newId(), sourceId, body.ref, leadId, personId, bytesOf(body), now]),
      run(network.addConsents, [personId, now, eventIds, [texts.request, texts.data, texts.email], ['request', 'advertising_data', 'advertising_email']]),
      run(network.addNote, [leadId, now]),
      run(network.addLetter, [newId(), personId, now]),
      run(network.addRequest, [
        leadId,
        added?.number,
        brandId,
        dealer.outletId,
        distributor.dealerId,
        dealer.tenantId,
        transferId,
        now,
        personId,
        eventIds[0],
        `lead-${String(added?.number)}`,
        newId(),
      ]),
      run(sql.notify, []),
    ])
    return { leadId, personId, transferId, number: added?.number }
  })
}

function atDealer(pool: pg.Pool, { options: { distributor, dealer }, body, tokens, now }: Asked, handed: Handed): Promise<string> {
  return inTransaction(pool, dealer.tenantId, async (run) => {
    const [personId, leadId, ref] = [newId(), newId(), `lead-${String(handed.number)}`]
    const [, [place]] = await Promise.all([run(sql.repeated, [dealer.importerId, ref]), run(sql.choose, [dealer.importerId, body.interest]), run(sql.match, [tokens.slice(0, 2)])])
    await run(network.addClient, [
      personId,
      dealer.outletId,
      now,
      [newId()],
      [dealer.leadActivityId],
      ['contact', 'communication'],
      [personId, leadId],
      [bytesOf(contactOf(body)), bytesOf({ text: body.wishes })],
      tokens,
    ])
    await run(sql.addLead, [leadId, personId, dealer.importerId, dealer.outletId, 'call_centre', place?.responsibleId, body.interest, ref, now])
    await Promise.all([run(network.addReceived, [handed.transferId, distributor.tenantId, handed.leadId, handed.number, leadId, now]), run(sql.notify, [])])
    return leadId
  })
}

const finish = (pool: pg.Pool, { options: { distributor, dealer }, now }: Asked, { transferId, leadId, personId }: Handed): Promise<unknown> =>
  inTransaction(pool, distributor.tenantId, (run) => run(network.finishTransfer, [transferId, leadId, now, newId(), personId, dealer.tenantId]))
