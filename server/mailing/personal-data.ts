import type { PersonalData } from '../../contract/personal-data.ts'

export const mailingPersonalData: readonly PersonalData[] = [
  {
    table: 'outbound_messages',
    purposes: ['marketing', 'request_handling', 'rights'],
    what: {
      ru: 'что человеку писали: когда, каким способом, на каком согласии и чем кончилось; без адреса и текста',
      en: 'what a person was written: when, how, on which consent and with what result; neither address nor text',
    },
    atTheEnd: 'unlinked',
    emptied: `update outbound_messages set state = 'cancelled', because = 'destroyed', address_token = null, settled_at = $3
      where tenant_id = $1 and person_id = any ($2::uuid[]) and state in ('queued', 'sending')`,
  },
]
