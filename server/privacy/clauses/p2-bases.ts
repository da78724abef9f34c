import { held, notOurs, notYet, partly, type Clause } from './clause.ts'

/** Purposes: news and advertising; what is never processed; the legal bases. */
export const p2Bases: readonly Clause[] = [
  held(
    'P2.23',
    ['Новости и предложения — отдельная цель: на ней человека держит только согласие.', 'News and offers are a purpose of their own, on which only consent holds a person.'],
    {
      control: 'server/founding/standard-register.ts',
      proofs: ['demo_grounds', 'consents_two'],
      evidence: 'marketing_without_consent',
    },
  ),
  partly('P2.24', ['Для рекламы строка реестра открывает только контакт и автомобиль.', 'For advertising the line of the register opens the contact and the car only.'], {
    control: 'server/founding/standard-register.ts',
    proofs: ['reveal_class'],
    evidence: 'activities',
    lacks: ['место работы и должность подписчика не хранятся, своей формы подписки нет', 'workplace and post of a subscriber are not kept; there is no form of subscription'],
  }),
  held(
    'P2.25',
    [
      'Реклама возможна, только когда одна функция ответила «можно» и назвала согласие, на котором это стоит.',
      'Advertising is possible only when one function has said yes and named the consent it rests on.',
    ],
    {
      control: 'server/consent/contacting/verdict.ts',
      proofs: ['consents_two', 'no_belongs', 'mail_moment', 'mail_basis'],
      evidence: 'advertising_without_consent',
    },
  ),
  held(
    'P2.26',
    [
      'У каждого данного согласия есть последний день; после него реклама невозможна и без ночной задачи.',
      'Every consent given has a last day, after which advertising is impossible even before the nightly job.',
    ],
    {
      control: 'server/consent/events/state-of.ts',
      proofs: ['consent_term', 'consent_night'],
      evidence: 'given_without_term',
    },
  ),
  partly(
    'P2.27',
    [
      'Действия с данными по каждой цели названы в политике; программа знает только те, которые построены.',
      'What is done with data is named for each purpose in the policy; the program knows only what is built.',
    ],
    {
      control: 'server/privacy/policy/register-words.ts',
      proofs: ['policy_first'],
      evidence: 'activities',
      lacks: [
        'перечень операций не хранится в самой строке реестра и не проверяется при действии',
        'the operations do not stand in the register’s own line and are not checked by acts',
      ],
    },
  ),
  held(
    'P2.28',
    [
      'Когда последнее основание кончилось, назначается день и человек уничтожается: ключи, строки, отпечатки, файлы.',
      'When the last ground has ended a day is set and the person is destroyed: keys, rows, hashes, files.',
    ],
    {
      control: 'server/people/persons/destroy-due.ts',
      proofs: ['destroyed', 'ground_ends', 'term_runs', 'gone_night', 'gone_on_demand'],
      evidence: 'overdue_destructions',
    },
  ),
  held(
    'P2.29',
    [
      'Держать дольше может только другое действующее основание со своей строкой реестра; без него удержать нельзя.',
      'Only another live ground with a line of the register can hold longer; without one nothing is kept.',
    ],
    {
      control: 'server/people/grounds/keep-on-ground.ts',
      proofs: ['no_ground', 'restriction_holds', 'gone_law'],
      evidence: 'unheld_persons',
    },
  ),
  notOurs(
    'P2.30',
    [
      'Лица и голоса не распознаются: в программе нет ни таких полей, ни таких вычислений.',
      'Faces and voices are not recognised: the program has neither such fields nor such reckoning.',
    ],
    ['биометрия не обрабатывается, открытые столбцы перечислены поимённо', 'no biometric data is processed; every column that lies open is named on a list'],
  ),
  partly('P2.31', ['Полей о здоровье, вере, взглядах, происхождении и судимости нет.', 'There are no fields on health, faith, views, origin or criminal record.'], {
    control: 'contract/people/person.ts',
    proofs: ['open_columns'],
    evidence: 'sealed_facts',
    lacks: ['в свободном тексте такие сведения программа не замечает', 'the program does not notice such things in free text'],
  }),
  notYet(
    'P2.32',
    [
      'Договор с компанией-пользователем и её поручение пока не записаны в программе.',
      'The contract with a user company and its instruction are not yet on record in the program.',
    ],
    ['поручение как предел для действий не построено', 'the instruction as a ceiling on what may be done is not built'],
  ),
  held('P2.33', ['Договор или его подготовка — основание только для строк, которые его допускают.', 'A contract or its preparation is a basis only for the lines that allow it.'], {
    control: 'server/people/grounds/keep-on-ground.ts',
    proofs: ['no_ground', 'deal_story'],
    evidence: 'basis_outside_register',
  }),
  held(
    'P2.34',
    [
      'Согласие — событие с текстом, способом, местом и временем; по нему видно, откуда оно.',
      'A consent is an event with text, door, place and time, which shows where it came from.',
    ],
    {
      control: 'server/consent/events/add-consent.ts',
      proofs: ['consent_fold', 'text_fixed', 'said_door', 'site_taken'],
      evidence: 'consents_by_door',
    },
  ),
  held('P2.35', ['Основание «закон» стоит в реестре рядом с номером закона и статьи.', 'The basis “law” stands in the register beside the number of the law and the article.'], {
    control: 'server/founding/standard-register.ts',
    proofs: ['register', 'founded'],
    evidence: 'law_without_article',
  }),
  partly(
    'P2.36',
    [
      'Законный интерес не предлагается для рекламы: там реестр допускает одно согласие.',
      'Legitimate interest is not offered for advertising: there the register allows consent alone.',
    ],
    {
      control: 'contract/people/register.ts',
      proofs: ['demo_grounds'],
      evidence: 'marketing_bases',
      lacks: ['письменная оценка баланса интересов не хранится', 'no written balancing of interests is kept'],
    },
  ),
  held(
    'P2.37',
    [
      'Ссылки внутри политики ведут к её же разделам: с битой ссылкой её не опубликовать.',
      'References inside the policy lead to sections of it: with a broken one it cannot be published.',
    ],
    {
      control: 'server/privacy/policy/lint-policy.ts',
      proofs: ['policy_read', 'policy_lint'],
      evidence: 'policy_versions',
    },
  ),
]
