import { held, notOurs, notYet, partly, type Clause } from './clause.ts'

/** Purposes and the data of each: the services themselves. */
export const p2Data: readonly Clause[] = [
  held(
    'P2.1',
    ['Сведения открываются только для цели, которую называет действующее основание человека.', 'Facts open only for a purpose that a live ground of the person names.'],
    {
      control: 'server/vault/acts/reveal.ts',
      proofs: ['reveal_purpose', 'purpose_opens'],
      evidence: 'looks_without_purpose',
    },
  ),
  held(
    'P2.2',
    [
      'Работа сервисов — отдельная цель в реестре платформы; в политике она описана отдельно от сайта и новостей.',
      'Running the services is a purpose of its own in the platform’s register, told apart from the site and the news.',
    ],
    {
      control: 'server/founding/standard-register.ts',
      proofs: ['policy_platform', 'policy_first'],
      evidence: 'activities',
    },
  ),
  held(
    'P2.3',
    [
      'Клиенты и сотрудники — разные виды людей с разными основаниями и правами просмотра.',
      'Clients and staff are different kinds of persons with different grounds and rights of seeing.',
    ],
    {
      control: 'server/vault/acts/held.ts',
      proofs: ['staff_names', 'staff_destroyed'],
      evidence: 'people_by_kind',
    },
  ),
  held(
    'P2.4',
    ['Фамилия, имя и отчество — отдельные поля контакта, зашифрованные вместе с ним.', 'Surname, given name and patronymic are fields of the contact, sealed with it.'],
    {
      control: 'contract/people/person.ts',
      proofs: ['person_created', 'normal_name'],
      evidence: 'sealed_facts',
    },
  ),
  held(
    'P2.5',
    [
      'Телефон и почта лежат зашифрованными; ищут и сравнивают их по отпечаткам с ключом, своим у каждой компании.',
      'Phone and e-mail lie sealed; they are searched and compared by hashes under a key of each company’s own.',
    ],
    {
      control: 'server/vault/tokens/index.ts',
      proofs: ['network_hashes', 'token_company', 'token_frequency', 'sealed_unreadable'],
      evidence: 'objections',
    },
  ),
  held('P2.6', ['Номер человека случаен и не выводится из его данных.', 'A person’s id is random and follows from nothing about them.'], {
    control: 'server/platform/ids.ts',
    proofs: ['ids_random', 'open_columns', 'leak_rows'],
    evidence: 'people_by_kind',
  }),
  partly('P2.7', ['Дата рождения — необязательное поле контакта, в списках её нет.', 'The birth date is an optional field of the contact and stands in no list.'], {
    control: 'contract/people/person.ts',
    proofs: ['reveal_masked'],
    evidence: 'sealed_facts',
    lacks: ['компания не может запретить это поле для отдельной цели', 'a company cannot forbid the field for a single purpose'],
  }),
  partly('P2.8', ['Адрес — необязательное поле контакта, открывается только вместе с ним.', 'The address is an optional field of the contact and opens only with it.'], {
    control: 'contract/people/person.ts',
    proofs: ['reveal_masked', 'leak_rows'],
    evidence: 'sealed_facts',
    lacks: ['адрес не разделён на поля и не сверяется со справочником', 'the address is not split into fields nor held against a directory'],
  }),
  held('P2.9', ['Пол указывают, только если человек его назвал; значения по умолчанию нет.', 'Sex is written down only when the person has told it; there is no default.'], {
    control: 'contract/people/person.ts',
    proofs: ['person_created', 'sex_told'],
    evidence: 'sealed_facts',
  }),
  held(
    'P2.10',
    [
      'На карточке видно, что человек разрешил и запретил, по каждому каналу, и под каким текстом.',
      'The card shows what the person has allowed and refused, by channel, and under which text.',
    ],
    {
      control: 'server/consent/contacting/may-contact.ts',
      proofs: ['consent_card', 'consents_two'],
      evidence: 'consents_by_state',
    },
  ),
  held(
    'P2.11',
    [
      'VIN и номер проверяются при вводе, шифруются и показываются концом, пока их не раскрыли.',
      'VIN and plate are checked on entry, sealed, and shown by their tail until they are revealed.',
    ],
    {
      control: 'server/vault/normalise/vin.ts',
      proofs: ['vin_plate', 'normal_vin', 'person_cars'],
      evidence: 'vehicles',
    },
  ),
  held(
    'P2.12',
    [
      'История общения — упорядоченная лента; её тексты зашифрованы и открываются со следом в журнале.',
      'The story of contacts is one ordered line; its texts are sealed and open with a trace in the log.',
    ],
    {
      control: 'server/crm/interactions/show-timeline.ts',
      proofs: ['timeline', 'words_opened'],
      evidence: 'story',
    },
  ),
  notYet(
    'P2.13',
    [
      'Снимки документов пока негде приложить: хранилище файлов шифрует, но экрана для них нет.',
      'There is nowhere yet to attach scans of documents: the store of files seals, but no screen takes them.',
    ],
    ['загрузка документов с перечнем допустимых видов не построена', 'taking in documents of an allowed list of kinds is not built'],
  ),
  partly(
    'P2.14',
    [
      'Покупка ведётся рабочим листом: стадии, сумма, ответственный — без данных человека в открытых полях.',
      'A purchase is a working list with stages, sum and who is responsible, with no data of the person in the open.',
    ],
    {
      control: 'server/crm/deals/open-deal.ts',
      proofs: ['deal_story'],
      evidence: 'bought',
      lacks: ['дополнительные услуги и договоры не ведутся', 'extras and contracts are not kept'],
    },
  ),
  notYet(
    'P2.15',
    ['Страховые случаи пока не записываются.', 'Insurance cases are not recorded yet.'],
    ['нет записи о факте и номере случая без сведений о здоровье', 'there is no record of the fact and number of a case without anything about health'],
  ),
  partly(
    'P2.16',
    ['Обращение по обслуживанию принимается и ведётся до визита, срок хранения у него свой.', 'A request for service is taken and followed to the visit, with a term of its own.'],
    {
      control: 'server/founding/standard-register.ts',
      proofs: ['term_runs', 'year_end'],
      evidence: 'activities',
      lacks: ['заказ-наряды не ведутся', 'repair orders are not kept'],
    },
  ),
  partly('P2.17', ['Свободный текст зашифрован и открывается отдельным действием.', 'Free text is sealed and opens by an act of its own.'], {
    control: 'server/crm/leads/receive-lead.ts',
    proofs: ['words_opened', 'leak_rows'],
    evidence: 'sealed_facts',
    lacks: ['программа не замечает в тексте сведений о здоровье и номеров карт', 'the program does not notice health data or card numbers in a text'],
  }),
  partly(
    'P2.18',
    ['Необходимое для работы сайта перечислено в одном списке: чего в нём нет, то не поставить.', 'What the site needs to work is on one list; what is not on it cannot be set.'],
    {
      control: 'contract/site/trackers.ts',
      proofs: ['cookies_first', 'cookies_listed', 'policy_first', 'policy_read'],
      evidence: 'cookie_choices',
      lacks: ['в реестре обработки нет отдельной строки о работе сайта', 'the register of processing has no line of its own on running the site'],
    },
  ),
  held(
    'P2.19',
    [
      'Статистика сайта включается согласием посетителя и считает дни и страницы, а не людей.',
      'Statistics of the site are switched on by the visitor’s consent and count days and pages, not people.',
    ],
    {
      control: 'server/site/visits/visit-counter.ts',
      proofs: ['cookies_counted', 'cookies_allowed'],
      evidence: 'cookie_choices',
    },
  ),
  held(
    'P2.20',
    [
      'MAC, серийные номера и местоположение в схеме отсутствуют; адрес и браузер хранятся только как запечатанное доказательство согласия.',
      'MAC, serial numbers and location are absent from the schema; address and browser are kept only as sealed proof of a consent.',
    ],
    {
      control: 'db/plaintext-columns.txt',
      proofs: ['cookies_counted', 'cookies_allowed', 'open_columns'],
      evidence: 'cookies_without_text',
    },
  ),
  notOurs(
    'P2.21',
    ['Сторонних счётчиков на сайтах нет: посещения считает сам сервер.', 'There are no outside counters on the sites: the server counts visits itself.'],
    ['системы веб-аналитики не подключены, список средств содержит только свои значения', 'no web analytics is connected; the list of trackers holds our own values only'],
  ),
  held(
    'P2.22',
    [
      'Решение посетителя о cookie хранится не дольше года, затем удаляется с ключом.',
      'A visitor’s choice about cookies is kept for a year at most, then goes together with its key.',
    ],
    {
      control: 'server/site/cookies/sweep-choices.ts',
      proofs: ['cookies_year'],
      evidence: 'old_web_data',
    },
  ),
]
