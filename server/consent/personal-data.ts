import type { PersonalData } from '../../contract/personal-data.ts'

export const consentPersonalData: readonly PersonalData[] = [
  {
    table: 'consent_events',
    purposes: ['rights', 'marketing'],
    what: { ru: 'согласия, отказы и отзывы: что, когда, каким способом, под каким текстом', en: 'consents, refusals and withdrawals: what, when, how, under which text' },
    atTheEnd: 'deleted',
  },
]
