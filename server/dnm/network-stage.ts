/** The cast of a network: Ulyana at the lead desk and Timur the regional manager of a distributor, Anna and Zoya at a dealer in Moscow, Boris and Nina at one in Yekaterinburg. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import type { NetworkLeadCard } from '../../contract/dnm/network-lead.ts'
import type { Dealer } from '../../test/dealer.ts'
import { openEnds } from '../../test/ends.ts'
import { stage, type Person, type Stage } from '../../test/stage.ts'
import { jobHandlers } from '../jobs.ts'
import { openWork } from '../kernel/index.ts'
import { openVault, wrapVault } from '../vault/index.ts'
import { dnmJobs, dnmLongJobs } from './index.ts'

const ends = openEnds()
export async function closeNetwork(): Promise<void> {
  await ends.close()
}

export type NetworkStage = {
  house: Stage
  veltara: Dealer
  zvezda: Dealer
  ural: Dealer
  ulyana: Person
  timur: Person
  yulia: Person
  anna: Person
  zoya: Person
  boris: Person
  nina: Person
  /** Of the distributor's site. */
  site: Person
  /** Ids of the dealers as the distributor knows them. */
  dealers: { zvezda: string; ural: string }
  /** Runs every job of the network that is due by the clock of the stage, and what comes of them, until there is none left. */
  settle: () => Promise<string[]>
}

/** On a working Wednesday at noon in Moscow. Both dealers have joined the network and published their outlets. */
export async function openNetwork(): Promise<NetworkStage> {
  const house = await stage(ends)
  house.clock.now = new Date('2027-03-17T12:00:00+03:00')
  const [veltara, zvezda, ural] = [await house.dealer('Вельтара'), await house.dealer('Звезда'), await house.dealer('Урал')]
  await house.owner.query(`update tenants set kind = 'distributor' where tenant_id = $1`, [veltara.tenantId])
  await house.owner.query(`update lead_sources set is_network = true where tenant_id = $1 and code = 'site'`, [veltara.tenantId])
  await house.owner.query(`update outlets set name = 'Салон на Урале', address = 'г. Екатеринбург, ул. 8 Марта, 267', time_zone = 'Asia/Yekaterinburg' where tenant_id = $1`, [
    ural.tenantId,
  ])
  await house.owner.query(`update outlets set name = 'Салон в Москве', address = 'г. Москва, ул. Дорожная, 60' where tenant_id = $1`, [zvezda.tenantId])
  for (const dealer of [zvezda, ural]) {
    await house.owner.query(`insert into lead_sources (tenant_id, id, code, name, channel) values ($1, $2, 'importer', 'Импортёр', 'distributor')`, [dealer.tenantId, randomUUID()])
  }
  const at = (dealer: Dealer, role: Parameters<Stage['hire']>[0], departmentKind?: string) =>
    house.hire(role, { dealer, outletId: null, ...(departmentKind ? { departmentKind } : {}) })
  const people = {
    ulyana: await at(veltara, 'lead_desk'),
    timur: await at(veltara, 'regional_manager'),
    yulia: await at(veltara, 'privacy_officer'),
    anna: await at(zvezda, 'operator'),
    zoya: await at(zvezda, 'head_of_sales', 'sales'),
    boris: await at(ural, 'operator'),
    nina: await at(ural, 'head_of_sales', 'sales'),
  }
  const settle = settler(house)
  const dealers = { zvezda: await join(house, people.timur, zvezda, 'zvezda', settle), ural: await join(house, people.timur, ural, 'ural', settle) }
  return { house, veltara, zvezda, ural, ...people, site: await house.machine(veltara), dealers, settle }
}

/** The distributor invites, the dealer's administrator agrees. */
async function join(house: Stage, timur: Person, dealer: Dealer, code: string, settle: () => Promise<unknown>): Promise<string> {
  const made = await timur.post<{ id: string }>('/network/dealers', { code, name: dealer.name, delivery: 'crm', dealerTenantId: dealer.tenantId })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  await settle()
  const admin = await house.hire('administrator', { dealer, outletId: null })
  const { body } = await admin.get<{ memberships: { id: string; version: number }[] }>('/network/memberships')
  const [invited] = body.memberships
  assert.equal(invited?.id, made.body.id)
  await ok(admin.patch(`/network/memberships/${invited.id}`, { version: invited.version, state: 'accepted', sharesDuplicates: true }))
  await settle()
  return made.body.id
}

/** Runs every job of the network that is due by the clock of the stage. */
export function settler(house: Stage): () => Promise<string[]> {
  const vault = openVault({ socket: house.vaultSocket, token: house.workerToken })
  ends.after(() => vault.close())
  const handlers = jobHandlers(openWork({ ...house.app.deps, vault: wrapVault(vault) }), house.owner, dnmLongJobs({ allowsPrivate: true }))
  const ours = [...Object.keys(dnmJobs), ...Object.keys(dnmLongJobs({ allowsPrivate: true }))]
  return async () => {
    const ran: string[] = []
    for (;;) {
      const { rows } = await house.owner.query<{ id: string; task: string; payload: Record<string, unknown> }>(
        `update graphile_worker._private_jobs set locked_at = now(), locked_by = 'stage' where id = (
          select j.id from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
          where t.identifier = any ($1) and j.locked_at is null and j.run_at <= greatest(now(), $2::timestamptz) order by j.run_at, j.id limit 1)
        returning id, (select identifier from graphile_worker._private_tasks t where t.id = task_id) task, payload`,
        [ours, house.clock.now],
      )
      const [job] = rows
      if (!job) return ran
      try {
        await handlers[job.task]?.(job.payload, { jobId: String(job.id), attempt: 1, maxAttempts: 25, signal: new AbortController().signal })
        ran.push(job.task)
      } finally {
        await house.owner.query('delete from graphile_worker._private_jobs where id = $1', [job.id])
      }
    }
  }
}

/** Time passes, and everybody has stayed at their screens; then what is due is done. */
export async function later(at: NetworkStage, minutes: number): Promise<void> {
  at.house.clock.forward(minutes * 60_000)
  await at.house.owner.query('update sessions set last_seen_at = $1, reauthenticated_at = $1, expires_at = $2', [
    at.house.clock.now,
    new Date(at.house.clock.now.getTime() + 12 * 3_600_000),
  ])
  await at.settle()
}

let phones = 0
export const newPhone = (): string => `+7 999 ${String(5_000_000 + phones++).replace(/(...)(..)(..)/, '$1 $2 $3')}`

/** A person asks on the distributor's site. */
export async function ask(at: NetworkStage, more: object = {}): Promise<{ leadId: string; number: number; phone: string }> {
  const phone = newPhone()
  const made = await at.site.post<{ leadId: string; number: number }>('/intake/leads', {
    sourceCode: 'site',
    interest: 'new_car',
    contact: { fullName: 'Орлова Вера Павловна', phones: [phone] },
    comment: 'Хочу посмотреть в субботу',
    ...more,
  })
  assert.equal(made.status, 200, JSON.stringify(made.body))
  return { ...made.body, phone }
}

export const look = async (who: Person, leadId: string): Promise<NetworkLeadCard> => {
  const seen = await who.get<NetworkLeadCard>(`/network/leads/${leadId}`)
  assert.equal(seen.status, 200, JSON.stringify(seen.body))
  return seen.body
}

export type TrayLead = {
  id: string
  number: number
  personId: string
  source: string
  status: string
  result: string | null
  version: number
  masked: { name: string; phone: string | null }
}
export const tray = async (who: Person, view = 'open'): Promise<TrayLead[]> => (await who.get<{ rows: TrayLead[] }>(`/leads?view=${view}`)).body.rows

export async function ok<T>(reply: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await reply
  assert.equal(status, 200, JSON.stringify(body))
  return body
}
