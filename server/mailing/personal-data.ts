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
  },
]
