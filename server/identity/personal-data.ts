import type { PersonalData } from '../../contract/personal-data.ts'

export const identityPersonalData: readonly PersonalData[] = [
  {
    table: 'employees',
    purposes: ['employment'],
    what: { ru: 'роль, должность и место работы сотрудника', en: 'role, post and place of a member of staff' },
    atTheEnd: 'unlinked',
  },
]
