/** What a company begins with beside its register: departments, sources of leads, clocks. All of it is changed on the screens of settings later. */
import { departmentKinds, type DepartmentKind } from '../../contract/identity/outlet.ts'
import type { TenantKind } from '../../contract/identity/tenant.ts'

export const departmentNames: Record<DepartmentKind, string> = {
  call_centre: 'Контакт-центр',
  sales: 'Отдел продаж',
  used_cars: 'Автомобили с пробегом',
  service: 'Сервис',
  credit_insurance: 'Кредит и страхование',
  marketing: 'Маркетинг',
  management: 'Управление',
}

/** The departments of a company's first outlet. */
export const departmentsOfFirst: Record<TenantKind, readonly DepartmentKind[]> = {
  dealer: departmentKinds,
  distributor: ['call_centre', 'marketing', 'management'],
  platform: ['management'],
}

/** Where leads come from: one source for each door. The one of mail is given a secret address. */
export const standardSources = [
  { code: 'site', name: 'Сайт дилера', channel: 'site' },
  { code: 'call', name: 'Телефон', channel: 'phone' },
  { code: 'walk_in', name: 'Визит в салон', channel: 'walk_in' },
  { code: 'mail', name: 'Почта для ADF', channel: 'email' },
  { code: 'classifieds', name: 'Площадка объявлений', channel: 'aggregator' },
  { code: 'importer', name: 'Импортёр', channel: 'distributor' },
  { code: 'file', name: 'Файл', channel: 'file' },
  { code: 'api', name: 'API', channel: 'api' },
] as const

/** How fast, in working minutes: taken into work, first genuine contact. */
export const standardClocks = [
  { interest: 'new_car', takeMinutes: 15, firstContactMinutes: 30 },
  { interest: 'used_car', takeMinutes: 15, firstContactMinutes: 30 },
  { interest: 'test_drive', takeMinutes: 15, firstContactMinutes: 30 },
  { interest: 'trade_in', takeMinutes: 30, firstContactMinutes: 60 },
  { interest: 'service', takeMinutes: 30, firstContactMinutes: 60 },
  { interest: 'credit', takeMinutes: 30, firstContactMinutes: 60 },
  { interest: 'callback', takeMinutes: 10, firstContactMinutes: 20 },
  { interest: 'question', takeMinutes: 60, firstContactMinutes: 120 },
] as const
