import { z } from 'zod'
import { isInn, isKpp, isOgrn } from '../checks.ts'
import { get, patch } from '../endpoint.ts'
import { plain } from '../people/person.ts'

export const tenantKinds = ['dealer', 'distributor', 'platform'] as const
export type TenantKind = (typeof tenantKinds)[number]

const Details = z.object({
  name: plain(200).min(2),
  inn: z.string().trim().refine(isInn, 'inn_check'),
  /** Null for an entrepreneur, who has none (order ФНС ММВ-7-6/435@ п. 5). */
  kpp: z.string().trim().toUpperCase().refine(isKpp, 'kpp_format').nullable(),
  ogrn: z.string().trim().refine(isOgrn, 'ogrn_check'),
  address: plain(500).min(5),
})

/** A legal entity has ИНН of 10, ОГРН of 13 digits and a КПП; an entrepreneur ИНН of 12, ОГРНИП of 15 and no КПП. Said once the ИНН itself is right: it tells which of the two it is. */
function agree({ inn, kpp, ogrn }: Pick<z.output<typeof Details>, 'inn' | 'kpp' | 'ogrn'>, ctx: z.RefinementCtx): void {
  if (!isInn(inn)) return
  const isCompany = inn.length === 10
  if ((ogrn.length === 13) !== isCompany) ctx.addIssue({ code: 'custom', path: ['ogrn'], message: 'ogrn_of_another_form' })
  if ((kpp !== null) !== isCompany) ctx.addIssue({ code: 'custom', path: ['kpp'], message: isCompany ? 'kpp_needed' : 'kpp_of_entrepreneur' })
}

export const TenantDraft = Details.superRefine(agree)
export const Tenant = Details.extend({
  tenantId: z.uuid(),
  kind: z.enum(tenantKinds),
  inn: z.string(),
  kpp: z.string().nullable(),
  ogrn: z.string(),
  version: z.number().int(),
  createdAt: z.iso.datetime(),
})

export const tenants = {
  show: get('/tenant', { can: 'tenant.read', summary: 'My company: the legal entity that processes the data', input: z.object({}), output: Tenant }),
  edit: patch('/tenant', {
    can: 'tenant.edit',
    dangerous: true,
    summary: 'Correct the details of the company; its kind is not changed here',
    input: Details.extend({ version: z.number().int() }).superRefine(agree),
    output: z.object({ version: z.number().int() }),
  }),
}
