import type { Endpoint } from '../../../contract/endpoint.ts'
import type { TenantKind } from '../../../contract/identity/tenant.ts'
import type { Words } from '../../../i18n/ru/index.ts'
import type { IconName } from '../../ui/icon.tsx'
import { paths } from '../paths.ts'

/** The four parts of the platform, in their order. */
export const parts = ['crm', 'dnm', 'privacy', 'platform'] as const
export type Part = (typeof parts)[number]

export type NavItem = {
  part: Part
  path: string
  title: (words: Words) => string
  /** What stands under the thumb, where the title is too long for it. */
  short?: (words: Words) => string
  icon: IconName
  /** The right the screen's first endpoint asks for. */
  can: Endpoint['can']
  /** Companies of which kind have such a screen; all of them when left out. */
  of?: readonly TenantKind[]
  /** `KeyG KeyL`: G, then the letter. */
  keys?: string
  /** Among the four at the bottom of a phone. */
  onPhone?: boolean
}

/** Every screen with a place in the menu; a module adds its lines in the order of the role's day. */
const items: readonly NavItem[] = [
  { part: 'crm', path: paths.wall, title: ({ leads }) => leads.wall, icon: 'pulse', can: 'report.read', of: ['dealer'], keys: 'KeyG KeyW' },
  { part: 'crm', path: paths.leads, title: ({ leads }) => leads.tray, icon: 'inbox', can: 'lead.read', keys: 'KeyG KeyL', onPhone: true },
  { part: 'crm', path: paths.myDay, title: ({ people }) => people.myDay, icon: 'task', can: 'task.edit', keys: 'KeyG KeyM', onPhone: true },
  { part: 'crm', path: paths.people, title: ({ people }) => people.clients, icon: 'people', can: 'person.read', keys: 'KeyG KeyP', onPhone: true },
  { part: 'crm', path: paths.deals, title: ({ deals }) => deals.title, short: ({ deals }) => deals.short, icon: 'deals', can: 'deal.read', keys: 'KeyG KeyD', onPhone: true },
  { part: 'crm', path: paths.testDrives, title: ({ drives }) => drives.title, icon: 'wheel', can: 'test_drive.read', keys: 'KeyG KeyT', onPhone: true },
  { part: 'crm', path: paths.stock, title: ({ stock }) => stock.title, icon: 'car', can: 'stock.read', keys: 'KeyG KeyS' },
  { part: 'crm', path: paths.unparsed, title: ({ intake }) => intake.unparsed, icon: 'mail', can: 'message.read', keys: 'KeyG KeyN' },
  { part: 'crm', path: paths.leadFiles, title: ({ intake }) => intake.files, icon: 'upload', can: 'lead.import', keys: 'KeyG KeyF' },
  { part: 'crm', path: paths.routing, title: ({ leads }) => leads.routing, icon: 'route', can: 'routing.read', keys: 'KeyG KeyU' },
  { part: 'crm', path: paths.sources, title: ({ leads }) => leads.sources, icon: 'network', can: 'source.edit', keys: 'KeyG KeyB' },
  { part: 'crm', path: paths.siteContent, title: ({ siteContent }) => siteContent.title, icon: 'globe', can: 'site.read' },
  { part: 'dnm', path: paths.networkLeads, title: ({ dnm }) => dnm.leads, icon: 'inbox', can: 'network.read', of: ['distributor'], onPhone: true },
  { part: 'dnm', path: paths.network, title: ({ dnm }) => dnm.network, icon: 'network', can: 'network.read', of: ['distributor'], onPhone: true },
  { part: 'dnm', path: paths.networkDealers, title: ({ dnm }) => dnm.dealers, icon: 'company', can: 'network.read', of: ['distributor'] },
  { part: 'dnm', path: paths.networkRules, title: ({ dnm }) => dnm.rules, icon: 'route', can: 'network.read', of: ['distributor'] },
  { part: 'dnm', path: paths.disputes, title: ({ dnm }) => dnm.disputes, icon: 'warning', can: 'network.read', of: ['distributor'] },
  { part: 'dnm', path: paths.received, title: ({ dnm }) => dnm.received, icon: 'download', can: 'lead.read', of: ['dealer'] },
  {
    part: 'privacy',
    path: paths.requests,
    title: ({ requests }) => requests.title,
    short: ({ requests }) => requests.short,
    icon: 'inbox',
    can: 'request.read',
    keys: 'KeyG KeyG',
    onPhone: true,
  },
  { part: 'privacy', path: paths.destruction, title: ({ destruction }) => destruction.title, icon: 'bin', can: 'destruction.read' },
  { part: 'crm', path: paths.mailings, title: ({ mailing }) => mailing.mailings, icon: 'mail', can: 'mailing.read', onPhone: true },
  { part: 'crm', path: paths.mailTemplates, title: ({ mailing }) => mailing.templates, icon: 'file', can: 'template.read' },
  { part: 'privacy', path: paths.register, title: ({ people }) => people.register, icon: 'shield', can: 'register.edit', keys: 'KeyG KeyR' },
  { part: 'privacy', path: paths.consentTexts, title: ({ consent }) => consent.texts, icon: 'file', can: 'consent_text.publish', keys: 'KeyG KeyK' },
  { part: 'privacy', path: paths.policy, title: ({ policy }) => policy.title, icon: 'file', can: 'policy.publish', keys: 'KeyG KeyV' },
  { part: 'privacy', path: paths.clauses, title: ({ policy }) => policy.clauses, icon: 'check', can: 'clause.read', keys: 'KeyG KeyZ' },
  { part: 'privacy', path: paths.log, title: ({ privacy }) => privacy.log, icon: 'log', can: 'log.read', keys: 'KeyG KeyJ', onPhone: true },
  { part: 'privacy', path: paths.myLog, title: ({ privacy }) => privacy.myLog, icon: 'eye', can: 'log.own', keys: 'KeyG KeyY' },
  { part: 'platform', path: paths.health, title: ({ platform }) => platform.health, icon: 'pulse', can: 'health.read', keys: 'KeyG KeyH', onPhone: true },
  { part: 'platform', path: paths.api, title: ({ platform }) => platform.api, icon: 'file', can: 'key.edit', keys: 'KeyG KeyX' },
  { part: 'platform', path: paths.staff, title: ({ identity }) => identity.staff, icon: 'people', can: 'staff.read', keys: 'KeyG KeyE' },
  { part: 'platform', path: paths.outlets, title: ({ identity }) => identity.outlets, icon: 'outlet', can: 'tenant.read', keys: 'KeyG KeyO' },
  { part: 'platform', path: paths.tenant, title: ({ identity }) => identity.company, icon: 'company', can: 'tenant.read', keys: 'KeyG KeyC' },
  { part: 'platform', path: paths.integrationKeys, title: ({ identity }) => identity.keys, icon: 'gear', can: 'key.edit', keys: 'KeyG KeyI' },
  { part: 'platform', path: paths.access, title: ({ shell }) => shell.account, icon: 'key', can: 'signed_in', keys: 'KeyG KeyA', onPhone: true },
]

/** Whether a company of this kind has the screen at all. */
export const isOf = ({ of }: NavItem, kind: TenantKind): boolean => of === undefined || of.includes(kind)

/** What passes, by part. */
export const itemsFor = (passes: (item: NavItem) => boolean): NavItem[] => parts.flatMap((part) => items.filter((item) => item.part === part && passes(item)))
