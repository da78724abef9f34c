import type { PersonalData } from '../../contract/personal-data.ts'

export const auditPersonalData: readonly PersonalData[] = [
  {
    table: 'log_events',
    purposes: ['rights'],
    what: { ru: 'кто, когда и зачем обращался к данным человека; сам человек только номером', en: 'who touched a person’s data, when and why; the person by id only' },
    atTheEnd: 'kept',
  },
  { table: 'log_event_persons', purposes: ['rights'], what: { ru: 'указатель журнала по людям, только номера', en: 'the log’s index by person, ids only' }, atTheEnd: 'kept' },
]
