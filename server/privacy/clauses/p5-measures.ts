import { held, notYet, partly, type Clause } from './clause.ts'

/** Measures of protection (152-ФЗ art. 18.1, 19). */
export const p5Measures: readonly Clause[] = [
  partly(
    'P5.1',
    ['Технические меры встроены в программу и проверяются тестами при каждой сборке.', 'Technical measures are part of the program and are tested with every build.'],
    {
      control: 'server/privacy/policy/measures.ts',
      proofs: ['leak_rows', 'isolation_rows', 'tamper'],
      evidence: 'looks',
      lacks: ['реестр мер с ответственными и датами пересмотра не построен', 'the register of measures with owners and review dates is not built'],
    },
  ),
  held(
    'P5.2',
    [
      'Реестр называет для каждой цели данные, людей, срок и порядок уничтожения и считает, кого держит.',
      'The register names for each purpose data, people, term and way of destruction, and counts whom it holds.',
    ],
    {
      control: 'server/people/register/list-activities.ts',
      proofs: ['register', 'policy_first'],
      evidence: 'activities_incomplete',
    },
  ),
  notYet(
    'P5.3',
    ['Учёт носителей и информационных систем пока не ведётся.', 'Media and information systems are not kept on record yet.'],
    ['журнал носителей не построен', 'the register of media is not built'],
  ),
  notYet(
    'P5.4',
    ['Уровень защищённости пока не рассчитывается.', 'The level of protection is not reckoned yet.'],
    ['расчёт по постановлению № 1119 не построен', 'the reckoning under decree 1119 is not built'],
  ),
  partly('P5.5', ['Угрозы и ответы на них описаны; рядом с каждой стоит тест.', 'Threats and what stops them are written down, each with its test.'], {
    control: 'docs/threat-model.md',
    proofs: ['tamper', 'token_frequency'],
    evidence: null,
    lacks: ['модель угроз компании с типами угроз не ведётся', 'a company’s own model with types of threats is not kept'],
  }),
  partly(
    'P5.6',
    [
      'Новая таблица о людях не попадает в выпуск без описания, прав и порядка уничтожения.',
      'A new table about people does not reach a release without declaration, rights and a way of destruction.',
    ],
    {
      control: 'server/app.ts',
      proofs: ['declared', 'open_columns', 'row_security'],
      evidence: null,
      lacks: ['оценка перед включением новой цели не построена', 'an assessment before a new purpose is switched on is not built'],
    },
  ),
  notYet(
    'P5.7',
    ['Оценка вреда пока не оформляется.', 'The assessment of harm is not drawn up yet.'],
    ['акт по приказу № 178 не построен', 'the act under order 178 is not built'],
  ),
  held(
    'P5.8',
    [
      'Доступ дают роль, цель, основание и место работы сразу; одна таблица прав, один вопрос на входе.',
      'Access is given by role, purpose, ground and place of work together: one table of rights, one question at the door.',
    ],
    {
      control: 'contract/permissions.ts',
      proofs: ['isolation_roles', 'matrix', 'reveal_role'],
      evidence: 'access_by_role',
    },
  ),
  held(
    'P5.9',
    [
      'Каждое действие и каждый просмотр стоят в журнале; без записи ничего не показывается, запись не изменить.',
      'Every act and every look stands in the log; nothing is shown without the entry, and no entry can be changed.',
    ],
    {
      control: 'server/audit/event.ts',
      proofs: ['reveal_trace', 'log_fixed', 'tamper', 'heads_hold'],
      evidence: 'broken_heads',
    },
  ),
  notYet(
    'P5.10',
    ['Сертифицированные средства защиты пока не учитываются.', 'Certified protection tools are not on record yet.'],
    ['учёт средств защиты со сроками не построен; шифрование здесь — не СКЗИ', 'the register of tools with expiry is not built; the cryptography here is no certified tool'],
  ),
  partly(
    'P5.11',
    [
      'Предел просмотров и приманки обнаруживают чужой интерес; отказы в действии записываются.',
      'A limit of looks and decoys find somebody’s undue interest; refused acts are recorded.',
    ],
    {
      control: 'server/vault/quota.ts',
      proofs: ['reveal_canary', 'reveal_quota'],
      evidence: 'refused',
      lacks: ['ведение инцидента с часами 24 и 72 не построено', 'an incident with its clocks of 24 and 72 hours is not built'],
    },
  ),
  held(
    'P5.12',
    [
      'После сбоя всё подтверждённое на месте; после восстановления копии уничтоженные остаются уничтоженными.',
      'After a failure everything acknowledged is there; after a restore the destroyed stay destroyed.',
    ],
    {
      control: 'server/vault/keys/restore-gate.ts',
      proofs: ['destroyed_stay', 'crash', 'loss', 'verify_restore'],
      evidence: 'log_entries',
    },
  ),
  held(
    'P5.13',
    ['Должность и роль каждого сотрудника на учёте; кому доступ не нужен, у того его нет.', 'Every member of staff has post and role on record; whoever needs no access has none.'],
    {
      control: 'server/identity/staff/list-staff.ts',
      proofs: ['staff_role', 'matrix_apart', 'matrix'],
      evidence: 'access_by_role',
    },
  ),
  notYet(
    'P5.14',
    ['Ознакомление сотрудников под подпись пока не ведётся.', 'Staff do not yet sign that they have read the rules.'],
    ['отметки сотрудников по редакциям не построены', 'marks of staff by version are not built'],
  ),
  notYet(
    'P5.15',
    ['Обучение сотрудников пока не ведётся.', 'Training of staff is not on record yet.'],
    ['учёт курсов и проверок не построен', 'the record of courses and tests is not built'],
  ),
  partly(
    'P5.16',
    ['До выпуска меры проверяются тестами утечки, изоляции, подделки и потери.', 'Before a release measures are proved by tests of leak, isolation, forgery and loss.'],
    {
      control: 'tools/test.ts',
      proofs: ['leak_files', 'isolation_rows', 'tamper', 'loss'],
      evidence: null,
      lacks: ['акт оценки эффективности не оформляется', 'no act of the evaluation is drawn up'],
    },
  ),
  notYet(
    'P5.17',
    ['План внутренних проверок пока не ведётся.', 'A plan of internal inspections is not kept yet.'],
    ['проверки и замечания не построены', 'inspections and findings are not built'],
  ),
  partly(
    'P5.18',
    ['Ответственный за обработку — отдельная роль, несовместимая с настройкой и продажами.', 'The privacy officer is a role of its own, apart from settings and sales.'],
    {
      control: 'contract/permissions.ts',
      proofs: ['matrix_apart', 'policy_contact'],
      evidence: 'officers',
      lacks: ['приказ о назначении и ответственный за безопасность не указываются', 'the order of appointment and the security officer are not given'],
    },
  ),
]
