import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { invalid, type Ctx } from '../../kernel/index.ts'
import { VaultRefusal } from '../../vault/index.ts'

/** Nobody writes a name and a phone faster; a form that lay open for a day is asked for anew. */
export const LEAST_MS = 2_000
const DAY_MS = 86_400_000

const Inside = z.object({ ref: z.uuid(), at: z.number() })
/** `ref`: the number by which a second sending of the same form is known. `ageMs`: how long the form lay before the visitor. */
export type FormToken = { ref: string; ageMs: number }

/** Bound to the company: a form of one site is none of another. */
const context = (tenantId: string): string => `site-form/${tenantId}`

/** Sealed by the vault, so that neither the time nor the number can be made up: the site's only ticket for one request. */
export async function makeToken(ctx: Ctx): Promise<string> {
  const inside = Buffer.from(JSON.stringify({ ref: randomUUID(), at: ctx.now().getTime() }))
  return (await ctx.vault.protect(context(ctx.tenantId), inside)).toString('base64url')
}

/** Refuses (`invalid`, `token`) one that is not ours or has lain too long. */
export async function openToken(ctx: Ctx, token: string): Promise<FormToken> {
  const opened = await ctx.vault.unprotect(context(ctx.tenantId), Buffer.from(token, 'base64url')).catch(unreadable)
  const { data } = Inside.safeParse(opened && JSON.parse(opened.toString('utf8')))
  if (!data) throw invalid('token', 'form_over')
  const ageMs = ctx.now().getTime() - data.at
  if (ageMs < 0 || ageMs > DAY_MS) throw invalid('token', 'form_over')
  return { ref: data.ref, ageMs }
}

function unreadable(error: unknown): null {
  if (error instanceof VaultRefusal && error.code === 'not_found') return null
  throw error
}
