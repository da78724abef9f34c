import type { Ctx } from '../../kernel/index.ts'
import { statement } from '../../platform/db/session.ts'
import type { Contact } from '../../vault/index.ts'

const lock = statement('lead_turn', `select pg_advisory_xact_lock(turn) from unnest($2::bigint[]) turn where $1::uuid is not null`)

/**
 * Waits until no other request of a client with one of these phones or e-mails is being taken in; call it before asking who is known. Two first
 * requests at the same instant would both find nobody and make two people of one. Until the end of the transaction; nothing to wait for without an address.
 */
export async function awaitTurn(ctx: Ctx, contacts: readonly Contact[]): Promise<void> {
  const phones = contacts.flatMap((contact) => contact.phones.map(({ e164 }) => e164))
  const emails = contacts.flatMap((contact) => contact.emails.map(({ address }) => address))
  if (phones.length + emails.length > 0) await ctx.run(lock, [await ctx.vault.turnKeys(ctx.tenantId, { phones, emails })])
}
