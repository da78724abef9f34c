import { held, notOurs, notYet, partly, type Clause } from './clause.ts'

/** Conditions: contacts, recipients, decisions. */
export const p4: readonly Clause[] = [
  partly(
    'P4.1',
    ['Правила программы ссылаются на статьи; политика и тексты публикуются редакциями.', 'The program’s rules name their articles; policy and texts are published in versions.'],
    {
      control: 'server/privacy/policy/publish-policy.ts',
      proofs: ['policy_first', 'terms'],
      evidence: 'policy_versions',
      lacks: ['условия сайта и внутренние акты не ведутся', 'terms of the site and internal acts are not kept'],
    },
  ),
  held(
    'P4.2',
    [
      'Звонок, письмо и сообщение с рекламой проходят через один вопрос «можно ли» перед каждым обращением.',
      'A call, a letter and a message with advertising pass the one question “may I” each time.',
    ],
    {
      control: 'server/consent/contacting/may-contact.ts',
      proofs: ['consents_two', 'restricted_left', 'mail_moment'],
      evidence: 'messages_held_back',
    },
  ),
  partly(
    'P4.3',
    [
      'Спросить о согласии можно снова: каждое слово — новая строка, прежние не переписываются.',
      'Consent may be asked for again: each word is a new line, earlier ones are not rewritten.',
    ],
    {
      control: 'server/consent/events/add-consent.ts',
      proofs: ['consent_fold'],
      evidence: 'consents_by_state',
      lacks: ['промежуток между повторными вопросами не выдерживается', 'no pause between repeated questions is kept'],
    },
  ),
  held(
    'P4.4',
    [
      'Неотмеченное поле не записывается вовсе; отменяет только прямой отказ или отзыв.',
      'A box left unticked is not recorded at all; only an express refusal or withdrawal takes back.',
    ],
    {
      control: 'server/consent/events/state-of.ts',
      proofs: ['consent_fold', 'withdrawal', 'said_door', 'said_survives'],
      evidence: 'withdrawn',
    },
  ),
  held(
    'P4.5',
    [
      'Прежнее согласие действует до своего последнего дня, и этот день записывается событием.',
      'An earlier consent holds to its last day, and that day is written down as an event.',
    ],
    {
      control: 'server/consent/events/expire-consents.ts',
      proofs: ['consent_night', 'consent_term'],
      evidence: 'consents_by_state',
    },
  ),
  held(
    'P4.6',
    [
      'Без согласия на рекламу человеку отвечают только по делу: нужно живое основание заявки, продажи или обслуживания.',
      'Without consent to advertising a person is answered on business only: a live ground of a request, sale or service is needed.',
    ],
    {
      control: 'server/consent/contacting/verdict.ts',
      proofs: ['consents_two', 'restricted_left', 'mail_service'],
      evidence: 'messages',
    },
  ),
  held(
    'P4.7',
    [
      'Ответ на обращение и обратный звонок — служебные: для них достаточно основания обращения.',
      'An answer to a request and a call back are service: the ground of the request is enough.',
    ],
    {
      control: 'server/mailing/templates/publish-template.ts',
      proofs: ['mail_template', 'mail_service', 'site_letter', 'consents_two'],
      evidence: 'messages',
    },
  ),
  partly(
    'P4.8',
    [
      'Получатели названы в строках политики; каждая передача записывается с основанием.',
      'Recipients are named in the lines of the policy; every transfer is recorded with its ground.',
    ],
    {
      control: 'server/people/disclosures/disclosures.ts',
      proofs: ['own_received', 'policy_first'],
      evidence: 'disclosures',
      lacks: ['аффилированные лица не ведутся отдельным списком', 'affiliates are not kept on a list of their own'],
    },
  ),
  notYet(
    'P4.9',
    [
      'Список подключённых услуг связи и размещения с их договорами пока не ведётся.',
      'The list of connected hosting, mail and call services with their contracts is not kept yet.',
    ],
    ['учёт подрядчиков с договором, целью и страной не построен', 'the register of contractors with contract, purpose and country is not built'],
  ),
  partly(
    'P4.10',
    ['Обработчик по поручению назван в политике каждой компании по имени и адресу.', 'Whoever processes on instruction is named in every company’s policy with name and address.'],
    {
      control: 'server/privacy/policy/gather-facts.ts',
      proofs: ['policy_platform'],
      evidence: 'policy_drift',
      lacks: ['перечень привлечённых платформой лиц и уведомление о смене не построены', 'the platform’s own sub-processors and notice of their change are not built'],
    },
  ),
  notYet(
    'P4.11',
    ['Запросы государственных органов о данных пока не ведутся отдельно.', 'Requests of public bodies for data are not kept apart yet.'],
    ['учёт раскрытий органам власти не построен', 'the register of disclosures to authorities is not built'],
  ),
  notOurs(
    'P4.12',
    ['Данные сайта не получает никто, кроме его владельца: сторонней аналитики нет.', 'Nobody but its owner receives the data of a site: there is no outside analytics.'],
    [
      'иностранные и прочие счётчики не подключаются, правило содержимого страниц их не пропустит',
      'no counters, foreign or other, are connected; the content policy of the pages would refuse them',
    ],
  ),
  notOurs(
    'P4.13',
    ['Статистика не выдаётся за исполнение договора: она включается согласием.', 'Statistics do not pass for the performance of a contract: consent switches them on.'],
    ['основание «условия сайта» для статистики не применяется', 'the ground “terms of the site” is not used for statistics'],
  ),
  partly('P4.14', ['За границу ничего не передаётся: страницы не обращаются к чужим адресам.', 'Nothing goes abroad: the pages ask no foreign address.'], {
    control: 'server/platform/http/app.ts',
    proofs: ['site_no_script', 'csp', 'policy_first'],
    evidence: 'disclosures',
    lacks: ['перечень разрешённых исходящих адресов сервера не проверяется', 'the list of addresses the server may speak to is not checked'],
  }),
  partly(
    'P4.15',
    [
      'Данные уходят только получателю, названному в строке реестра, и с основанием человека.',
      'Data goes only to a recipient named in a line of the register, on a ground of the person.',
    ],
    {
      control: 'server/people/disclosures/disclosures.ts',
      proofs: ['network_no_basis', 'network_handed', 'own_received'],
      evidence: 'network_transfers',
      lacks: ['подписанное соглашение и подтверждение мер получателя не требуются программой', 'the program asks for no signed agreement and proof of measures of the recipient'],
    },
  ),
  partly('P4.16', ['Ключ интеграции может только то, что названо при его создании.', 'An integration key may do only what was named when it was made.'], {
    control: 'server/identity/keys/integration-keys.ts',
    proofs: ['isolation_machine'],
    evidence: 'machine_keys',
    lacks: ['перечень действий получателя по договору не хранится', 'the operations a contract allows a recipient are not kept'],
  }),
  notYet(
    'P4.17',
    ['Договор с подрядчиком пока не условие для подключения.', 'A contract with a contractor is not yet a condition of connecting it.'],
    ['учёт договоров не построен', 'the register of contracts is not built'],
  ),
  notYet(
    'P4.18',
    ['Действия, разрешённые договором, пока не перечислены в программе.', 'The operations that a contract allows are not listed in the program yet.'],
    ['учёт договоров не построен', 'the register of contracts is not built'],
  ),
  notYet(
    'P4.19',
    ['Цели, названные в договоре, пока не сверяются с передачей.', 'The purposes named in a contract are not held against transfers yet.'],
    ['учёт договоров не построен', 'the register of contracts is not built'],
  ),
  notYet(
    'P4.20',
    ['Обязанность подрядчика хранить тайну пока не отмечается в программе.', 'A contractor’s duty of secrecy is not noted in the program yet.'],
    ['перечень восьми условий поручения не построен', 'the list of the eight terms of an instruction is not built'],
  ),
  notYet(
    'P4.21',
    ['Требования к защите у подрядчика пока не отмечаются в программе.', 'Requirements for protection at a contractor are not noted in the program yet.'],
    ['перечень восьми условий поручения не построен', 'the list of the eight terms of an instruction is not built'],
  ),
  held(
    'P4.22',
    [
      'Сведения зашифрованы ключами человека; копия базы, журналов и файлов без хранилища ключей не показывает никого.',
      'Facts are sealed under keys of the person; a copy of database, logs and files shows nobody without the key store.',
    ],
    {
      control: 'server/vault/crypto/envelope.ts',
      proofs: ['leak_rows', 'leak_files', 'dumps_say_nothing'],
      evidence: 'sealed_facts',
    },
  ),
  held(
    'P4.23',
    [
      'Каждое обещание политики стоит в этом списке с тем, что его держит, и с тем, чего не хватает.',
      'Every promise of the policy stands on this list with what holds it and what is missing.',
    ],
    {
      control: 'server/privacy/clauses/index.ts',
      proofs: ['policy_lint', 'policy_drift'],
      evidence: 'policy_drift',
    },
  ),
  held(
    'P4.24',
    [
      'Машина распределяет и подсказывает, объясняя почему; продажу, отказ и уничтожение до срока решает человек.',
      'The machine assigns and suggests and says why; a sale, a refusal and an early destruction are decided by a human.',
    ],
    {
      control: 'server/crm/routing/choose-assignee.ts',
      proofs: ['assigned_why', 'officer_ends', 'dnm_why'],
      evidence: null,
      because: ['решений без человека в данных нет, считать нечего', 'there are no decisions without a human to count'],
    },
  ),
  held('P4.25', ['Данные людей не публикуются: открытая страница сайта не показывает никого.', 'People’s data is not published: an open page of a site shows nobody.'], {
    control: 'server/kernel/actor.ts',
    proofs: ['isolation_roles', 'support_blind'],
    evidence: null,
    because: ['действия, которое бы публиковало, в программе нет', 'there is no act in the program that would publish'],
  }),
  partly(
    'P4.26',
    ['Передача называет цель, основание и получателя и остаётся на учёте у обоих.', 'A transfer names purpose, ground and recipient and stays on record with both.'],
    {
      control: 'server/people/disclosures/disclosures.ts',
      proofs: ['network_no_basis', 'own_received', 'network_handed'],
      evidence: 'disclosures',
      lacks: ['номер договора с получателем не указывается', 'the number of the contract with the recipient is not given'],
    },
  ),
  partly('P4.27', ['Полученная заявка лежит у дилера под его ключами и теми же правилами.', 'A request received lies with the dealer under its own keys and the same rules.'], {
    control: 'server/crm/leads/receive-lead.ts',
    proofs: ['network_handed', 'network_apart', 'token_company', 'one_person'],
    evidence: 'network_transfers',
    lacks: ['подтверждение мер получателя со сроком не ведётся', 'proof of a recipient’s measures with its expiry is not kept'],
  }),
]
