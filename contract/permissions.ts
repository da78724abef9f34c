/** Role × right: the only place where a role meets a right. A test keeps docs/access-matrix.md equal to it. */
const rights = [
  'tenant.read', 'tenant.edit', 'outlet.edit', 'staff.read', 'staff.edit', 'key.edit',
  'person.read', 'person.read_all', 'person.create', 'person.edit', 'person.reveal', 'person.looks',
  'register.read', 'register.edit', 'ground.end',
  'lead.read', 'lead.read_all', 'lead.intake', 'lead.create', 'lead.take', 'lead.assign', 'lead.close', 'lead.import',
  'message.read', 'message.fix', 'routing.read', 'routing.edit', 'source.edit',
  'interaction.create', 'task.edit', 'deal.read', 'deal.read_all', 'deal.edit', 'test_drive.read', 'test_drive.edit', 'stock.read', 'stock.edit',
  'report.read', 'log.read', 'log.own', 'health.read',
] as const
export type Right = (typeof rights)[number]
export const allRights: readonly Right[] = rights

const daily = ['tenant.read', 'staff.read', 'person.read', 'stock.read', 'test_drive.read', 'lead.read', 'log.own'] as const satisfies readonly Right[]
const selling = [...daily, 'person.create', 'person.edit', 'person.reveal', 'register.read', 'lead.create', 'lead.take', 'lead.close', 'interaction.create', 'task.edit', 'deal.read', 'deal.edit', 'test_drive.edit'] as const satisfies readonly Right[]
const leading = [...selling, 'person.read_all', 'lead.read_all', 'lead.assign', 'lead.import', 'message.read', 'message.fix', 'routing.read', 'routing.edit', 'deal.read_all', 'report.read'] as const satisfies readonly Right[]

const grants = {
  operator: [...daily, 'person.read_all', 'person.create', 'person.edit', 'person.reveal', 'register.read', 'lead.read_all', 'lead.create', 'lead.take', 'lead.assign', 'lead.close', 'message.read', 'message.fix', 'interaction.create', 'task.edit', 'test_drive.edit'],
  seller: selling,
  service_adviser: [...daily, 'person.read_all', 'person.create', 'person.edit', 'person.reveal', 'register.read', 'lead.create', 'lead.take', 'lead.close', 'interaction.create', 'task.edit'],
  credit_specialist: [...daily, 'person.reveal', 'register.read', 'interaction.create', 'task.edit', 'deal.read'],
  marketer: ['tenant.read', 'staff.read', 'lead.import', 'routing.read', 'source.edit', 'stock.read', 'register.read', 'report.read', 'log.own'],
  head_of_sales: [...leading, 'source.edit', 'stock.edit'],
  privacy_officer: ['tenant.read', 'staff.read', 'person.read', 'person.read_all', 'person.reveal', 'person.looks', 'register.read', 'register.edit', 'ground.end', 'log.read', 'log.own', 'lead.read', 'lead.read_all'],
  administrator: ['tenant.read', 'tenant.edit', 'outlet.edit', 'staff.read', 'staff.edit', 'key.edit', 'routing.read', 'routing.edit', 'source.edit', 'stock.read', 'stock.edit', 'log.own'],
  regional_manager: ['tenant.read', 'staff.read', 'report.read', 'log.own'],
  lead_desk: [...daily, 'person.read_all', 'person.create', 'person.reveal', 'register.read', 'lead.read_all', 'lead.create', 'lead.take', 'lead.assign', 'lead.close', 'message.read', 'message.fix', 'interaction.create', 'routing.read'],
  analyst: ['tenant.read', 'staff.read', 'report.read', 'log.own'],
  support_engineer: ['tenant.read', 'health.read', 'log.own'],
  /** Machines: an integration key is further narrowed by its scopes; a job acts with the rights of its task. */
  integration: ['lead.intake'],
  job: ['lead.intake', 'lead.assign', 'lead.import', 'person.create', 'message.fix', 'ground.end'],
  visitor: [],
} as const satisfies Record<string, readonly Right[]>

export type Role = keyof typeof grants
export const roles = Object.keys(grants) as [Role, ...Role[]]
export const staffRoles = roles.filter((role) => !['integration', 'job', 'visitor'].includes(role)) as [Role, ...Role[]]

export const rightsOf = (role: Role): readonly Right[] => grants[role]
/** May this role do it? The server's `handle` and the browser's `disabledReason` both ask here. */
export const allows = (role: Role, right: Right): boolean => rightsOf(role).includes(right)
