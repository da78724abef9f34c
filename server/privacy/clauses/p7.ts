import { held, notOurs, partly, type Clause } from './clause.ts'

/** Cookies and counting of visits. */
export const p7: readonly Clause[] = [
  held('P7.1', ['Политика объясняет, что такое cookie, и называет все, какие ставит сайт.', 'The policy explains what a cookie is and names all that the site sets.'], {
    control: 'contract/site/trackers.ts',
    proofs: ['policy_first', 'policy_read'],
    evidence: 'policy_drift',
  }),
  held('P7.2', ['Ни одно значение в браузере не живёт дольше года: срок берётся из списка.', 'No value in a browser lives longer than a year: its term comes from the list.'], {
    control: 'server/site/pages/cookies.ts',
    proofs: ['cookies_listed'],
    evidence: 'old_web_data',
  }),
  held(
    'P7.3',
    [
      'Значения делятся на необходимые, статистику и рекламу, и политика называет цель каждого.',
      'Values are necessary, statistical or for advertising, and the policy names the purpose of each.',
    ],
    {
      control: 'contract/site/trackers.ts',
      proofs: ['policy_first', 'cookies_allowed'],
      evidence: 'cookie_choices',
    },
  ),
  held('P7.4', ['До выбора посетителя ставятся только необходимые.', 'Before the visitor chooses only the necessary ones are set.'], {
    control: 'server/site/cookies/choice-cookie.ts',
    proofs: ['cookies_first', 'cookies_signal'],
    evidence: 'cookie_choices',
  }),
  held(
    'P7.5',
    ['Выбор меняется со страницы cookie, ссылка на неё есть внизу каждой страницы.', 'The choice is changed on the page of cookies, linked at the foot of every page.'],
    {
      control: 'server/site/cookies/choose-cookies.ts',
      proofs: ['cookies_changed'],
      evidence: 'cookie_choices',
    },
  ),
  held(
    'P7.6',
    ['Отказ — кнопка такого же вида рядом с согласием и записывается как отказ.', 'Refusing is a button of the same look beside accepting, and is recorded as a refusal.'],
    {
      control: 'server/site/cookies/choose-cookies.ts',
      proofs: ['cookies_first', 'cookies_refused'],
      evidence: 'cookie_choices',
    },
  ),
  held(
    'P7.7',
    ['После отказа сайт работает так же: страницы и формы от выбора не зависят.', 'After a refusal the site works the same: pages and forms do not depend on the choice.'],
    {
      control: 'server/site/pages/open-site.ts',
      proofs: ['cookies_refused', 'policy_read', 'site_without_cookies'],
      evidence: null,
      because: ['показать нечего: страницы не спрашивают о выборе', 'there is nothing to count: pages do not ask about the choice'],
    },
  ),
  notOurs(
    'P7.8',
    ['Ни одна сторонняя система статистики не подключена.', 'No outside system of statistics is connected.'],
    ['вместо неё сервер считает посещения сам, после согласия', 'instead the server counts visits itself, after consent'],
  ),
  held(
    'P7.9',
    ['Статистика — это дни, страницы и числа: ни имени, ни номера посетителя в ней нет.', 'Statistics are days, pages and numbers: no name and no number of a visitor is in them.'],
    {
      control: 'server/site/visits/visit-counter.ts',
      proofs: ['open_columns', 'leak_rows', 'cookies_counted'],
      evidence: 'site_visits',
    },
  ),
  partly('P7.10', ['Зачем нужно каждое значение, сказано в списке теми же словами, что в политике.', 'What each value is for stands on the list in the words of the policy.'], {
    control: 'server/privacy/policy/render-policy.ts',
    proofs: ['policy_first'],
    evidence: 'policy_drift',
    lacks: ['текст согласия не сверяется со списком', 'the text of the consent is not held against the list'],
  }),
  held(
    'P7.11',
    [
      'Список средств показан посетителю: имя, вид, зачем и сколько живёт — из того же места, что и код.',
      'The list is shown to the visitor with name, kind, purpose and lifetime, from the same place as the code.',
    ],
    {
      control: 'server/privacy/policy/render-policy.ts',
      proofs: ['policy_first', 'policy_read'],
      evidence: 'policy_drift',
    },
  ),
]
