import { held, partly, type Clause } from './clause.ts'

/** What the policy covers and how it comes into force. */
export const p1: readonly Clause[] = [
  partly(
    'P1.1',
    [
      'Каждая таблица со сведениями о людях описана своим модулем: без описания она не пройдёт проверку.',
      'Every table about people is declared by its module; one without a declaration fails the check.',
    ],
    {
      control: 'server/app.ts',
      proofs: ['declared', 'open_columns'],
      evidence: 'activities',
      lacks: ['нет учёта информационных систем и сайтов с номерами и владельцами', 'there is no register of information systems and sites with numbers and owners'],
    },
  ),
  held(
    'P1.2',
    [
      'Оператор — одна запись с проверенными ИНН, ОГРН и адресом; из неё берут свои реквизиты политика, тексты и акты.',
      'The operator is one record with checked numbers and address; policy, texts and acts take theirs from it.',
    ],
    {
      control: 'server/identity/tenants/tenant.ts',
      proofs: ['company_numbers', 'operator_numbers', 'policy_first'],
      evidence: 'operator',
    },
  ),
  held(
    'P1.3',
    [
      'Согласие даёт сам человек; без необязательного согласия его запрос принимают так же.',
      'Consent is the person’s own; without an optional one the request is taken just the same.',
    ],
    {
      control: 'server/site/requests/take-request.ts',
      proofs: ['site_needed', 'site_unticked', 'consents_two', 'consent_fold'],
      evidence: 'consents_by_state',
    },
  ),
  held(
    'P1.4',
    [
      'Согласие появляется только от действия человека и называет редакцию текста, который он видел.',
      'A consent comes only of an act of the person and names the version of the text they saw.',
    ],
    {
      control: 'server/site/requests/take-request.ts',
      proofs: ['site_unticked', 'site_taken', 'site_refused', 'consent_fold'],
      evidence: 'given_without_text',
    },
  ),
  held(
    'P1.5',
    [
      'Ознакомление с политикой и согласие записываются порознь: отметка об ознакомлении ничего не разрешает.',
      'Acquaintance with the policy and consent are recorded apart: the mark of acquaintance allows nothing.',
    ],
    {
      control: 'server/privacy/policy/mark-policy.ts',
      proofs: ['policy_mark', 'text_fixed'],
      evidence: 'policy_marks',
    },
  ),
  held(
    'P1.6',
    [
      'Новая редакция политики составляется из реестра, показывает отличия и автора; прежние не меняются.',
      'A new version of the policy is made of the register, shows its differences and its author; earlier ones do not change.',
    ],
    {
      control: 'server/privacy/policy/publish-policy.ts',
      proofs: ['policy_drift', 'policy_fixed'],
      evidence: 'policy_versions',
    },
  ),
  held(
    'P1.7',
    [
      'Редакция действует с минуты публикации на сайте; архив отдаёт каждую байт в байт.',
      'A version is in force from the minute it is published on the site; the archive gives each out byte for byte.',
    ],
    {
      control: 'server/site/policy/serve-policy.ts',
      proofs: ['site_every_page', 'policy_archive', 'policy_read'],
      evidence: 'policy_drift',
    },
  ),
]
