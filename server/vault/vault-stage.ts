/** For the tests of this folder: two databases, a vault on a real socket, dealers and people written with plain SQL by the owner. */
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'
import type { Role } from '../../contract/permissions.ts'
import type { Purpose } from '../../contract/purposes.ts'
import { freshDatabase, type FreshDatabase } from '../../test/database.ts'
import type { Ending } from '../../test/ends.ts'
import { openPool } from '../platform/db/pool.ts'
import { openVault, type VaultClient } from './client.ts'
import type { Asker, Contact, FactClass, Sealed, SealItem } from './protocol.ts'
import { startVault, type RunningVault, type VaultOptions } from './start-vault.ts'
import { hashToken, newToken } from './token.ts'

export type Dealer = { tenantId: string; outletId: string; activityId: string }
export type Hired = { asker: Asker; employeeId: string; tenantId: string; token: string }
export type PersonOptions = {
  responsibleId?: string
  outletId?: string
  kind?: 'customer' | 'employee'
  purposes?: Purpose[]
  classes?: FactClass[]
  contact?: Partial<Contact>
  isHeld?: boolean
}

export class VaultStage {
  readonly database: FreshDatabase
  readonly owner: pg.Pool
  readonly keysOwner: pg.Pool
  readonly options: VaultOptions & { headsDir: string }
  readonly #clients: VaultClient[] = []
  readonly #closers: (() => unknown)[] = []
  #running: RunningVault | null = null

  constructor(database: FreshDatabase, folder: string, more: Partial<VaultOptions>) {
    this.database = database
    this.owner = openPool(database.owner, 3)
    this.keysOwner = openPool(database.keysOwner, 2)
    const tokens = { web: randomBytes(32).toString('base64url'), worker: randomBytes(32).toString('base64url') }
    this.options = {
      vaultSocket: join(folder, 'run', 'vault.sock'),
      vaultTokens: tokens,
      database: database.vault,
      keystore: database.keys,
      rootKey: join(folder, 'root.key'),
      headsDir: join(folder, 'heads'),
      ...more,
    }
  }

  async start(): Promise<RunningVault> {
    return (this.#running = await startVault(this.options))
  }
  async stop(): Promise<void> {
    await this.#running?.close()
    this.#running = null
  }
  /** Ends with the stage, before its databases are dropped. */
  closing(close: () => unknown): void {
    this.#closers.push(close)
  }
  async end(): Promise<void> {
    for (const close of this.#closers) await close()
    for (const client of this.#clients) client.close()
    await this.stop()
    await Promise.all([this.owner.end(), this.keysOwner.end()])
  }
  client(peer: 'web' | 'worker' = 'web', waitMs = 5_000): VaultClient {
    const client = openVault({ socket: this.options.vaultSocket, token: this.options.vaultTokens[peer], waitMs })
    this.#clients.push(client)
    return client
  }

  async dealer(): Promise<Dealer> {
    const dealer = { tenantId: randomUUID(), outletId: randomUUID(), activityId: '' }
    await this.owner.query(`insert into tenants (tenant_id, kind, name, inn, ogrn, address) values ($1, 'dealer', 'Звезда', '7707083893', '1027700132195', 'Москва')`, [
      dealer.tenantId,
    ])
    await this.outlet(dealer, dealer.outletId)
    return { ...dealer, activityId: await this.activity(dealer.tenantId, ['sale', 'request_handling'], ['contact', 'vehicle', 'communication', 'document']) }
  }
  async outlet(dealer: { tenantId: string }, id: string = randomUUID()): Promise<string> {
    await this.owner.query(`insert into outlets (tenant_id, id, name, address, time_zone, hours) values ($1, $2, 'Салон', 'Москва', 'Europe/Moscow', '{}')`, [dealer.tenantId, id])
    return id
  }
  async activity(tenantId: string, purposes: Purpose[], classes: FactClass[]): Promise<string> {
    const id = randomUUID()
    await this.owner.query(
      `insert into activities (tenant_id, id, code, name, purposes, bases, classes, retention_days, retention_from, legal_ref, destruction)
       values ($1, $2, $2::uuid::text, 'Продажа', $3, '{contract}', $4, 365, 'сделка', 'ст. 6', 'ключ')`,
      [tenantId, id, purposes, classes],
    )
    return id
  }
  async hire(dealer: Dealer, role: Role, { outletId = null }: { outletId?: string | null } = {}): Promise<Hired> {
    const [employeeId, accountId, personId] = [randomUUID(), randomUUID(), randomUUID()]
    const token = newToken(dealer.tenantId)
    await this.owner.query(
      `with account as (insert into accounts (id, login_token) values ($2, $6)), person as (insert into persons (tenant_id, id, kind) values ($1, $4, 'employee'))
       insert into employees (tenant_id, id, account_id, person_id, role, position, outlet_id) values ($1, $3, $2, $4, $5, '', $7)`,
      [dealer.tenantId, accountId, employeeId, personId, role, randomBytes(32), outletId],
    )
    await this.owner.query(`insert into sessions (tenant_id, id, token_hash, employee_id, device, expires_at) values ($1, $2, $3, $4, 'Chrome', now() + interval '8 hours')`, [
      dealer.tenantId,
      randomUUID(),
      hashToken(token),
      employeeId,
    ])
    return { asker: { kind: 'session', token }, employeeId, tenantId: dealer.tenantId, token }
  }

  /** Seals as `by` and writes the rows, as an act would. */
  async person(vault: VaultClient, dealer: Dealer, by: Hired, more: PersonOptions = {}): Promise<string> {
    const personId = randomUUID()
    const contact = aContact(more.contact)
    const sealed = await vault.seal(by.asker, dealer.tenantId, [{ personId, class: 'contact', recordId: personId, version: 1, facts: contact }])
    await this.owner.query('insert into persons (tenant_id, id, kind, outlet_id, responsible_id) values ($1, $2, $3, $4, $5)', [
      dealer.tenantId,
      personId,
      more.kind ?? 'customer',
      more.outletId ?? null,
      more.responsibleId ?? null,
    ])
    if (more.isHeld !== false)
      await this.hold(dealer, personId, more.purposes ? await this.activity(dealer.tenantId, more.purposes, more.classes ?? ['contact']) : dealer.activityId)
    await this.keep(dealer, sealed)
    return personId
  }
  async hold(dealer: Dealer, personId: string, activityId: string): Promise<void> {
    await this.owner.query(`insert into grounds (tenant_id, id, person_id, activity_id, basis, evidence, since) values ($1, $2, $3, $4, 'contract', '{}', now())`, [
      dealer.tenantId,
      randomUUID(),
      personId,
      activityId,
    ])
  }
  async keep(dealer: Dealer, sealed: readonly Sealed[]): Promise<void> {
    for (const { personId, class: factClass, recordId, version, keyId, payload, tokenKind, tokens } of sealed) {
      await this.owner.query('insert into facts (tenant_id, person_id, class, record_id, version, key_id, payload) values ($1, $2, $3, $4, $5, $6, $7)', [
        dealer.tenantId,
        personId,
        factClass,
        recordId,
        version,
        keyId,
        payload,
      ])
      await this.owner.query('insert into search_tokens (tenant_id, token, person_id, kind) select $1, unnest($2::bigint[]), $3, $4 on conflict do nothing', [
        dealer.tenantId,
        tokens,
        personId,
        tokenKind,
      ])
    }
  }
  /** Waits until the database shows a row of this. */
  async waitFor(rows: string): Promise<void> {
    for (let tries = 0; tries < 500; tries++) {
      if ((await this.owner.query(`select 1 from ${rows} limit 1`)).rowCount === 1) return
      await sleep(10)
    }
    throw new Error(`nothing came of: ${rows}`)
  }
  async events(
    dealer: Dealer,
  ): Promise<{ event: string; actor_id: string | null; person_ids: string[]; purpose: string | null; door: string; details: Record<string, unknown> }[]> {
    return (await this.owner.query('select event, actor_id, person_ids, purpose, door, details from log_events where tenant_id = $1 order by at, id', [dealer.tenantId])).rows
  }
}

export const aContact = (more: Partial<Contact> = {}): Contact => ({
  surname: 'Шереметьевская',
  given: 'Аглая',
  patronymic: 'Тихоновна',
  phones: [{ e164: '+79161234567', typed: '8 916 123-45-67' }],
  emails: [{ address: 'aglaya@mail.example', typed: 'aglaya@mail.example' }],
  ...more,
})
export const aNote = (personId: string, text: string): SealItem => ({ personId, class: 'communication', recordId: randomUUID(), version: 1, facts: { text } })

/** A vault that serves, ended with the test. */
export async function vaultStage(t: Ending, more: Partial<VaultOptions> = {}): Promise<VaultStage> {
  const folder = mkdtempSync(join(tmpdir(), 'vault-'))
  const closers: (() => unknown)[] = []
  const database = await freshDatabase({ after: (close) => void closers.push(close) })
  const stage = new VaultStage(database, folder, more)
  t.after(async () => {
    await stage.end()
    for (const close of closers) await close()
    rmSync(folder, { recursive: true, force: true })
  })
  await stage.start()
  return stage
}
