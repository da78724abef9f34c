import { held, notYet, partly, type Clause } from './clause.ts'

/** Procedures that internal documents lay down, as the program carries them out. */
export const p5Procedures: readonly Clause[] = [
  notYet(
    'P5.19',
    ['Перечень внутренних документов пока не ведётся.', 'The list of internal documents is not kept yet.'],
    ['учёт документов с редакциями и кругом лиц не построен', 'the register of documents with versions and audience is not built'],
  ),
  held('P5.20', ['Доступ выдаётся приглашением, меняется ролью и прекращается в ту же минуту.', 'Access is given by invitation, changed by role and ended the same minute.'], {
    control: 'server/identity/staff/change-staff.ts',
    proofs: ['staff_invited', 'staff_role', 'staff_leaves', 'reveal_session'],
    evidence: 'rights_changed',
  }),
  held(
    'P5.21',
    [
      'Исправление — отдельное действие с номером редакции записи; прежнее значение не остаётся в поиске.',
      'A correction is an act of its own with the record’s version; the former value is found no more.',
    ],
    {
      control: 'server/people/persons/edit-person.ts',
      proofs: ['correction', 'asked_corrected'],
      evidence: 'corrections',
    },
  ),
  held(
    'P5.22',
    [
      'Под блокированием данные открывает только ответственный; уничтожение идёт по сроку и по требованию.',
      'Under restriction only the officer opens data; destruction goes by term and by demand.',
    ],
    {
      control: 'server/people/destruction/destroy-people.ts',
      proofs: ['reveal_restricted', 'restriction_holds', 'destroyed', 'asked_closed', 'gone_on_demand'],
      evidence: 'restricted',
    },
  ),
  held(
    'P5.23',
    [
      'Обращение записывается с каналом, днём получения и сроком, кто бы и как его ни принёс.',
      'A request is recorded with channel, day of receipt and term, whoever brings it and however.',
    ],
    {
      control: 'server/privacy/requests/file-request.ts',
      proofs: ['asked_paper', 'own_filed', 'terms', 'asked_for_another'],
      evidence: 'requests_by_channel',
    },
  ),
  held(
    'P5.24',
    [
      'Человека находят по телефону, почте, имени и автомобилю; всё, что о нём есть, собрано на карточке.',
      'A person is found by phone, e-mail, name and car; all there is about them stands on the card.',
    ],
    {
      control: 'server/privacy/answer-pack/make-pack.ts',
      proofs: ['answer_items', 'own_held', 'person_created', 'who_looked'],
      evidence: 'requests',
    },
  ),
  held(
    'P5.25',
    ['Человек входит на свою страницу по одноразовому коду и видит, что о нём хранится.', 'The person comes to their own page by a code good once, and sees what is held.'],
    {
      control: 'server/site/portal/index.ts',
      proofs: ['own_held', 'own_looks', 'answer_handed', 'own_foreign', 'portal_code', 'portal_family', 'portal_once'],
      evidence: 'own_pages',
    },
  ),
  held(
    'P5.26',
    [
      'Исправление, блокирование и уничтожение по обращению — разные виды со своими сроками.',
      'Correction, restriction and destruction upon request are kinds of their own with their terms.',
    ],
    {
      control: 'server/privacy/requests/execute-request.ts',
      proofs: ['asked_corrected', 'asked_closed', 'gone_on_demand', 'terms', 'terms_extended'],
      evidence: 'requests',
    },
  ),
  partly('P5.27', ['Запрос Роскомнадзора — свой вид обращения с десятью рабочими днями.', 'A request of the regulator is a kind of its own with ten working days.'], {
    control: 'server/privacy/terms/due-of.ts',
    proofs: ['terms', 'terms_extended', 'asked_burns'],
    evidence: 'requests_overdue',
    lacks: ['состав ответа регулятору не собирается', 'what the regulator asks for is not put together'],
  }),
  held(
    'P5.28',
    [
      'Текст согласия собирается из частей ст. 9 ч. 4 и проверяется: без пробелов, без второй цели, без бесконечных списков.',
      'A consent text is made of the parts of art. 9(4) and checked: no blanks, no second purpose, no endless lists.',
    ],
    {
      control: 'contract/consent/lint-text.ts',
      proofs: ['text_lint', 'text_fixed'],
      evidence: 'consent_texts',
    },
  ),
  held(
    'P5.29',
    [
      'Передача третьему лицу — действие с получателем, основанием и классами сведений, записанное в той же транзакции.',
      'A transfer to a third party is an act with recipient, ground and classes of facts, recorded in the same transaction.',
    ],
    {
      control: 'server/people/disclosures/disclosures.ts',
      proofs: ['network_no_basis', 'network_handed', 'own_received'],
      evidence: 'disclosures',
    },
  ),
  notYet(
    'P5.30',
    ['Бумажные формы пока не учитываются.', 'Paper forms are not on record yet.'],
    ['журнал бланков и листов не построен', 'the register of forms and sheets is not built'],
  ),
  notYet(
    'P5.31',
    ['Уведомления Роскомнадзора пока не составляются.', 'Notifications to the regulator are not drawn up yet.'],
    ['уведомления о начале, изменениях, прекращении и инцидентах не построены', 'notifications of start, change, end and incidents are not built'],
  ),
  partly(
    'P5.32',
    [
      'База, ключи и файлы лежат там, где их поставил оператор; наружу программа данные не копирует.',
      'Database, keys and files lie where the operator has put them; the program copies no data elsewhere.',
    ],
    {
      control: 'server/platform/config/settings.ts',
      proofs: ['settings', 'leak_files'],
      evidence: null,
      lacks: ['место размещения хранилищ не записывается и не проверяется', 'where the stores are is neither recorded nor checked'],
    },
  ),
]
