import { held, notOurs, partly, type Clause } from './clause.ts'

/** The visitor’s consent on a site. */
export const p9: readonly Clause[] = [
  notOurs(
    'P9.1',
    ['Пребывание на сайте согласием не считается: нужна нажатая кнопка.', 'Staying on a site is not taken for consent: a button has to be pressed.'],
    [
      'согласие молчанием противоречит ст. 9 ч. 1 и не принимается; проверка текстов его не пропустит',
      'consent by silence is against art. 9(1) and is not taken; the check of texts refuses it',
    ],
  ),
  held(
    'P9.2',
    [
      'Текст согласия хранит имя и адрес оператора такими, какими они были при публикации.',
      'A consent text keeps the operator’s name and address as they were when it was published.',
    ],
    {
      control: 'contract/consent/render-text.ts',
      proofs: ['text_fixed', 'text_lint'],
      evidence: 'consent_texts',
    },
  ),
  held('P9.3', ['Способы обработки — отдельная часть текста согласия.', 'The methods of processing are a part of their own of a consent text.'], {
    control: 'contract/consent/consent.ts',
    proofs: ['text_lint'],
    evidence: 'consent_texts',
  }),
  partly('P9.4', ['Данные, на которые просят согласие, перечислены в тексте до последнего.', 'The data that consent is asked for is listed in the text to the last item.'], {
    control: 'contract/consent/lint-text.ts',
    proofs: ['text_lint'],
    evidence: 'cookies_without_text',
    lacks: ['перечень в тексте не сверяется со схемой событий сайта', 'the list in the text is not held against the schema of the site’s events'],
  }),
  notOurs(
    'P9.5',
    ['Сторонних программ сбора статистики в согласии нет, потому что их нет на сайте.', 'The consent names no outside programmes of statistics, because the site has none.'],
    ['названия средств берутся из списка, где только свои', 'names of trackers come from a list that holds our own only'],
  ),
  held(
    'P9.6',
    ['Действия с данными — отдельная часть текста; распространения среди них быть не может.', 'Operations are a part of their own of the text; distribution cannot be among them.'],
    {
      control: 'contract/consent/lint-text.ts',
      proofs: ['text_lint', 'text_fixed'],
      evidence: 'consent_texts',
    },
  ),
  held('P9.7', ['Кому поручена обработка, названо в тексте по имени и адресу.', 'Whoever is entrusted is named in the text with name and address.'], {
    control: 'contract/consent/consent.ts',
    proofs: ['text_lint'],
    evidence: 'consent_texts',
  }),
  held('P9.8', ['Одна цель на текст: статистика и реклама спрашиваются порознь.', 'One purpose a text: statistics and advertising are asked for apart.'], {
    control: 'contract/consent/lint-text.ts',
    proofs: ['text_lint', 'consents_two'],
    evidence: 'consent_texts',
  }),
  held('P9.9', ['У согласия есть начало и последний день, не дольше срока в тексте.', 'A consent has its beginning and its last day, within the term of its text.'], {
    control: 'server/consent/events/add-consent.ts',
    proofs: ['consent_term', 'consent_night'],
    evidence: 'given_without_term',
  }),
  notOurs(
    'P9.10',
    ['При отказе никто не просит покинуть сайт.', 'Nobody is asked to leave the site after refusing.'],
    ['вместо этого отказ работает как кнопка, сайт остаётся открыт', 'instead refusing is a button that works, and the site stays open'],
  ),
  held(
    'P9.11',
    [
      'Ссылка на текст ведёт к самому тексту; с пробелом вместо ссылки не опубликовать ни текст, ни политику.',
      'The link to a text leads to the text; with a blank in its place neither text nor policy is published.',
    ],
    {
      control: 'server/privacy/policy/lint-policy.ts',
      proofs: ['policy_lint', 'text_lint', 'policy_links'],
      evidence: 'policy_versions',
    },
  ),
]
