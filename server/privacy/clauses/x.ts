import { held, notYet, partly, type Clause } from './clause.ts'

/** What the law wants besides the words of a policy. */
export const x: readonly Clause[] = [
  held(
    'X1',
    [
      'Требование прекратить обработку — свой вид обращения: десять рабочих дней, ещё до пяти с уведомлением.',
      'A demand to stop processing is a kind of its own: ten working days, up to five more with a notice.',
    ],
    {
      control: 'server/privacy/requests/execute-request.ts',
      proofs: ['asked_stop', 'terms', 'terms_extended'],
      evidence: 'requests',
    },
  ),
  held(
    'X2',
    [
      'Возражение против решения машины рассматривает человек: тридцать дней, решение человек читает словами.',
      'An objection to a machine’s decision is looked into by a human: thirty days, and the person reads the decision in words.',
    ],
    {
      control: 'server/privacy/requests/execute-request.ts',
      proofs: ['terms', 'assigned_why', 'asked_kinds', 'asked_machine'],
      evidence: 'requests',
    },
  ),
  notYet(
    'X3',
    ['Инциденты с часами 24 и 72 и передача их оператору пока не ведутся.', 'Incidents with clocks of 24 and 72 hours, and handing them to the operator, are not kept yet.'],
    ['ведение инцидентов не построено', 'incidents are not built'],
  ),
  held(
    'X4',
    [
      'Об уничтожении остаются акт по приказу № 179 без имени и выгрузка из журнала; акт хранится три года.',
      'Of a destruction an act of order 179 without a name and an extract of the log remain; the act is kept three years.',
    ],
    {
      control: 'server/people/destruction/write-act.ts',
      proofs: ['gone_act', 'gone_kept', 'destroyed', 'heads_hold'],
      evidence: 'acts_past_keeping',
    },
  ),
  partly('X5', ['У заявки, пришедшей не от самого человека, записан источник и основание.', 'A request that did not come from the person has source and ground on record.'], {
    control: 'server/crm/leads/receive-lead.ts',
    proofs: ['attested', 'one_person'],
    evidence: 'bases',
    lacks: ['уведомление человека об этом не отправляется', 'the person is not notified of it'],
  }),
  held(
    'X6',
    [
      'Повторный запрос раньше тридцати дней отмечается, и только тогда повтор может быть причиной отказа.',
      'A repeated request within thirty days is marked, and only then may repetition be a reason to refuse.',
    ],
    {
      control: 'server/privacy/requests/refuse-request.ts',
      proofs: ['asked_again', 'terms_repeat'],
      evidence: 'refused_requests',
    },
  ),
  held(
    'X7',
    [
      'Получателям сообщается об отзыве, исправлении и уничтожении по номеру заявки; кто ещё не узнал, назван в акте.',
      'Recipients are told of a withdrawal, a correction and a destruction by the number of the request; who has not heard yet is named in the act.',
    ],
    {
      control: 'server/people/disclosures/tell-recipients.ts',
      proofs: ['said_ends', 'network_told', 'network_ends', 'gone_night', 'told_here', 'told_push', 'told_poll', 'told_letter'],
      evidence: 'notices',
    },
  ),
  held(
    'X8',
    [
      'Представитель показывает свой документ и бумагу о полномочиях; без них ему не отвечают, сведения запечатаны вместе с человеком.',
      'A representative shows their document and the paper on their powers; without both they are not answered, and the details are sealed with the person.',
    ],
    {
      control: 'server/privacy/requests/handle-request.ts',
      proofs: ['asked_for_another'],
      evidence: null,
      because: ['сведения представителя зашифрованы вместе с запросом, считать нечего', 'details of a representative are sealed with the request, so there is nothing to count'],
    },
  ),
  notYet(
    'X9',
    ['Реестр уведомлений Роскомнадзора пока не ведётся.', 'The register of notifications to the regulator is not kept yet.'],
    ['уведомления по ст. 22 и 12 не построены', 'notifications under art. 22 and 12 are not built'],
  ),
  notYet(
    'X10',
    ['Акты оценки вреда, уровня защищённости и эффективности пока не составляются.', 'Acts of harm, of the level of protection and of effectiveness are not drawn up yet.'],
    ['мастера актов не построены', 'the forms of these acts are not built'],
  ),
  partly(
    'X11',
    [
      'Согласие на рекламу — своё у каждого рекламодателя и канала; отказ действует в ту же минуту.',
      'Consent to advertising is apart for each advertiser and channel; a refusal counts the same minute.',
    ],
    {
      control: 'server/consent/contacting/verdict.ts',
      proofs: ['consents_two', 'no_belongs', 'withdrawal', 'click', 'mail_moment'],
      evidence: 'advertising_without_consent',
      lacks: ['галочка на сайте считается согласием, пока не доказано, чей это адрес', 'a tick on a site counts as consent before it is proved whose the address is'],
    },
  ),
  partly('X12', ['Уничтоженные остаются уничтоженными и в копиях: старые ключи бесполезны.', 'The destroyed stay destroyed in backups as well: old keys are useless.'], {
    control: 'server/vault/keys/shreds.ts',
    proofs: ['destroyed_stay', 'old_keys'],
    evidence: 'destroyed',
    lacks: ['оценённое средство уничтожения не учитывается', 'an assessed tool of destruction is not on record'],
  }),
  held(
    'X13',
    [
      'Производственный календарь хранится с номерами постановлений; год без постановления не считается.',
      'The production calendar is kept with the numbers of its decrees; a year without one is not counted.',
    ],
    {
      control: 'server/platform/calendar/working-days.ts',
      proofs: ['calendar_year', 'calendar_unknown'],
      evidence: null,
      because: ['календарь — данные программы, одни для всех компаний', 'the calendar is data of the program, the same for all companies'],
    },
  ),
  partly(
    'X14',
    [
      'Дилер и дистрибьютор — разные операторы: копия дилера живёт под его ключами и его основанием.',
      'Dealer and distributor are different operators: the dealer’s copy lives under its own keys and ground.',
    ],
    {
      control: 'server/crm/leads/receive-lead.ts',
      proofs: ['network_ends', 'network_double', 'network_handed', 'network_numbers', 'network_apart', 'token_company', 'isolation_rows', 'dnm_why'],
      evidence: 'network_transfers',
      lacks: ['совместная обработка и оценка вреда перед рассылкой по сети не оформляются', 'joint processing and the harm check before a network mailing are not drawn up'],
    },
  ),
  notYet('X15', ['Данные детей пока не выделяются.', 'Data of minors is not set apart yet.'], ['отметка о возрасте не построена', 'a mark of age is not built']),
]
