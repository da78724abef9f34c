/** Lanes by which people come in: each says what it was told to have done. */
import assert from 'node:assert/strict'
import { setTimeout as sleep } from 'node:timers/promises'
import nodemailer from 'nodemailer'
import type { Random } from '../../server/demo/index.ts'
import type { Speaker } from '../installation.ts'
import { said } from '../network.ts'
import { PATIENCE_MS, pageOf, visitorOf, type Scene } from './scene.ts'

type Row = { id: string; version: number }

/** Leads of a machine: of new people and of some who are known. */
export async function bring({ done, isOver }: Scene, machine: Speaker, random: Random, lane: string): Promise<void> {
  for (let n = 0; !isOver(); n++) {
    const externalRef = `${lane}-${n}`
    const contact = { surname: 'Стойкина', given: 'Вера', phones: [`+7946${lane}${String(random.chance(0.3) ? 7 : n).padStart(6, '0')}`] }
    const answer = await said(machine, 'POST', '/intake/leads', { sourceCode: 'site', externalRef, contact, comment: `Запрос ${externalRef}` })
    done.leads.set(externalRef, { leadId: String(answer.leadId), number: Number(answer.number) })
    await sleep(60)
  }
}

/** Visitors of a site leave requests with their consents; of the distributor's, such as go on to the dealer. */
export async function askOnSite(scene: Scene, company: 'zvezda' | 'veltara', lane: string): Promise<void> {
  const { net, done, isOver } = scene
  const at = `/site/${net.slugs[company]}/request`
  for (let n = 0; !isOver(); n++) {
    const browser = visitorOf(scene)
    const phone = `+7947${lane}${String(n).padStart(6, '0')}`
    await pageOf(() => browser.get(at))
    await sleep(2_100)
    const sent = await pageOf(() =>
      browser.send(at, {
        interest: 'test_drive',
        name: 'Стойкина Анна Петровна',
        phone,
        wishes: 'Удобно в субботу',
        policy: '1',
        ...(company === 'veltara' ? { place: `place:${net.places.crm}` } : {}),
        consent_request: net.texts[company].request ?? '',
        consent_advertising_data: net.texts[company].advertising_data ?? '',
        consent_advertising_email: net.texts[company].advertising_email ?? '',
      }),
    )
    assert.equal(sent.status, 303, sent.text.replace(/<[^>]*>|\s+/g, ' ').slice(0, 300))
    done.forms.push({ company, ref: sent.location.split('/').at(-1) ?? '', phone })
  }
}

/** Letters in plain words: the one who sends keeps a letter until it was taken. */
export async function write({ house, database, done, isOver }: Scene): Promise<void> {
  const { rows } = await database.query<{ mail_token: string }>('select mail_token from lead_sources where tenant_id = $1 and mail_token is not null', [house.dealer.tenantId])
  const transport = nodemailer.createTransport({
    host: '127.0.0.1',
    port: house.smtpPort,
    ignoreTLS: true,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
  })
  for (let n = 0; !isOver(); n++) {
    const messageId = `<${n}.stoikina@mail.example>`
    const letter = { from: 'vera@mail.example', to: `${rows[0]?.mail_token}@dealer.example`, subject: 'Запрос', text: `Перезвоните, пожалуйста: ${n}`, messageId, date: new Date() }
    for (const deadline = Date.now() + PATIENCE_MS; ; await sleep(200)) {
      const taken = await transport.sendMail(letter).then(
        () => true,
        () => false,
      )
      if (taken) break
      assert.ok(Date.now() < deadline, 'no letter is taken any more')
    }
    done.letters.push(messageId)
    await sleep(300)
  }
}

/** An operator writes people down by hand. */
export async function writeDown({ house, net, done, isOver }: Scene): Promise<void> {
  const anna = await net.at(net.zvezda, 'operator')
  for (let n = 0; !isOver(); n++) {
    const contact = { fullName: 'Стойкина Ольга Игоревна', phones: [`+7948${String(n).padStart(7, '0')}`] }
    const lead = await said<{ leadId: string; personId: string }>(anna, 'POST', '/leads', {
      sourceId: house.dealer.sources.phone,
      interest: 'callback',
      contact,
      comment: 'По телефону',
    })
    done.byHand.push(lead)
    await sleep(150)
  }
}

const ROWS = 400

/** A file of leads is taken in while everything dies, from the first byte to the last row. */
export async function importFile({ house, net, done }: Scene): Promise<void> {
  const zoya = await net.at(net.zvezda, 'head_of_sales')
  const csv = ['Фамилия;Имя;Телефон', ...Array.from({ length: ROWS }, (_, n) => `Стойкина;Инна;+7949${String(n).padStart(7, '0')}`)].join('\r\n')
  const uploaded = await zoya.ask('POST', `/lead-files?sourceId=${house.dealer.sources.file}&basis=consent&attested=yes&fileName=leads.csv`, Buffer.from(csv), {
    'content-type': 'text/csv',
  })
  assert.equal(uploaded.status, 200, uploaded.text)
  const file = uploaded.body as Row & { mapping: string[] }
  const at = `/lead-files/${file.id}`
  await said(zoya, 'POST', `${at}/check`, { version: file.version, mapping: file.mapping, interest: 'callback' })
  const { version } = await until(zoya, at, 'checked')
  await said(zoya, 'POST', `${at}/import`, { version })
  await until(zoya, at, 'imported')
  done.file = { id: file.id, rows: ROWS }
}

async function until(zoya: Speaker, at: string, status: string): Promise<Row> {
  for (const deadline = Date.now() + 2 * PATIENCE_MS; ; await sleep(300)) {
    const file = await said<Row & { status: string }>(zoya, 'GET', at)
    if (file.status === status) return file
    assert.ok(file.status !== 'failed' && Date.now() < deadline, `the file is ${JSON.stringify(file)}`)
  }
}
