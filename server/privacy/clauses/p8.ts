import { held, partly, type Clause } from './clause.ts'

/** Rights of people and how to reach the operator. */
export const p8: readonly Clause[] = [
  held('P8.1', ['Просьба рассказать о данных — обращение со сроком десять рабочих дней.', 'A request to be told of the data has a term of ten working days.'], {
    control: 'server/privacy/requests/file-request.ts',
    proofs: ['answer_items', 'own_held', 'asked_paper', 'terms', 'portal_code'],
    evidence: 'requests',
  }),
  held('P8.2', ['Исправление по просьбе исполняется за семь рабочих дней.', 'A correction upon request is done within seven working days.'], {
    control: 'server/privacy/requests/execute-request.ts',
    proofs: ['asked_corrected', 'terms', 'correction'],
    evidence: 'requests_overdue',
  }),
  held('P8.3', ['Уничтожение по требованию — тот же путь, что по сроку, с актом.', 'Destruction upon demand goes the same way as by term, with an act.'], {
    control: 'server/people/destruction/destroy-people.ts',
    proofs: ['gone_on_demand', 'gone_law', 'destroyed', 'destroyed_stay', 'terms'],
    evidence: 'destroyed',
  }),
  held(
    'P8.4',
    [
      'Блокирование действует сразу: данные открывает только ответственный, никто не пишет и не звонит.',
      'A restriction counts at once: only the officer opens data, nobody writes or calls.',
    ],
    {
      control: 'server/people/persons/restrict-person.ts',
      proofs: ['asked_closed', 'own_blocks', 'own_restricted', 'reveal_restricted', 'restricted_left', 'restriction_holds'],
      evidence: 'restricted',
    },
  ),
  held(
    'P8.5',
    ['Отказ от рекламы действует сразу и для номера или адреса, а не для карточки.', 'A refusal of advertising counts at once and for the number or address, not for the card.'],
    {
      control: 'server/consent/contacting/objections.ts',
      proofs: ['no_belongs', 'withdrawal', 'own_advertising', 'click_everywhere'],
      evidence: 'objections',
    },
  ),
  held(
    'P8.6',
    [
      'Каждое согласие отзывается отдельно; с отзывом кончаются основания, которые на нём стояли.',
      'Each consent is withdrawn by itself; with it end the grounds that rested on it.',
    ],
    {
      control: 'server/consent/events/grounds-on-consent.ts',
      proofs: ['withdrawal', 'demo_grounds', 'said_ends', 'own_button'],
      evidence: 'withdrawn',
    },
  ),
  held('P8.7', ['Политика называет Роскомнадзор, суд и возмещение рядом со сроками.', 'The policy names the regulator, the court and damages beside the terms.'], {
    control: 'server/privacy/policy/words-ru.ts',
    proofs: ['policy_first', 'policy_read'],
    evidence: 'policy_versions',
  }),
  held(
    'P8.8',
    ['Ссылка отписки стоит в каждом рекламном письме и срабатывает без входа.', 'The link to unsubscribe stands in every advertising letter and works without signing in.'],
    {
      control: 'server/mailing/unsubscribe/unsubscribe.ts',
      proofs: ['click', 'mail_basis'],
      evidence: 'objections',
    },
  ),
  held('P8.9', ['Отказ останавливает рекламу на этот адрес сразу.', 'A refusal stops advertising to that address at once.'], {
    control: 'server/mailing/unsubscribe/unsubscribe.ts',
    proofs: ['click', 'click_everywhere', 'mail_moment', 'no_belongs', 'withdrawal'],
    evidence: 'messages_held_back',
  }),
  partly('P8.10', ['Почта и адрес для вопросов стоят в политике и меняются в одном месте.', 'E-mail and address for questions stand in the policy and are changed in one place.'], {
    control: 'server/privacy/policy/edit-contact.ts',
    proofs: ['policy_contact'],
    evidence: 'officers',
    lacks: ['письмо на этот адрес само не становится обращением', 'a letter to that address does not become a request by itself'],
  }),
  partly('P8.11', ['Бумажное заявление записывает сотрудник с днём получения.', 'A paper application is written down by a member of staff with its day of receipt.'], {
    control: 'server/privacy/requests/file-request.ts',
    proofs: ['asked_paper', 'terms'],
    evidence: 'requests_by_channel',
    lacks: ['снимок заявления приложить нельзя', 'a scan of the application cannot be attached'],
  }),
  held(
    'P8.12',
    ['Отзыв принимается в любой ясной форме: по телефону, на бумаге, на своей странице.', 'A withdrawal is taken in any clear form: by phone, on paper, on one’s own page.'],
    {
      control: 'server/consent/events/record-consent.ts',
      proofs: ['own_button', 'asked_quiet', 'withdrawal', 'consent_fold'],
      evidence: 'consents_by_door',
    },
  ),
  held('P8.13', ['Человека находят по любому телефону, почте или имени; почта не обязательна.', 'A person is found by any phone, e-mail or name; an e-mail is not a must.'], {
    control: 'server/vault/acts/search.ts',
    proofs: ['person_created', 'portal_family'],
    evidence: 'own_pages',
  }),
  held(
    'P8.14',
    [
      'Сроки считает одна функция по производственному календарю; неизвестный год — ошибка, а не догадка.',
      'Terms are counted by one function over the production calendar; an unknown year is an error, no guess.',
    ],
    {
      control: 'server/privacy/terms/due-of.ts',
      proofs: ['terms', 'calendar_unknown', 'asked_burns'],
      evidence: 'requests_overdue',
    },
  ),
  held(
    'P8.15',
    [
      'Продлить можно один раз, не больше чем на пять рабочих дней и только те сроки, где закон это допускает.',
      'A term is extended once, by five working days at most, and only where the law allows it.',
    ],
    {
      control: 'server/privacy/terms/due-of.ts',
      proofs: ['terms_extended', 'terms_once', 'asked_longer'],
      evidence: 'extended_without_notice',
    },
  ),
  held('P8.16', ['Продление записывается вместе с отправленным уведомлением о причине.', 'An extension is recorded together with the reasoned notice sent.'], {
    control: 'server/privacy/requests/extend-request.ts',
    proofs: ['asked_longer', 'terms_once'],
    evidence: 'extended_without_notice',
  }),
  held('P8.17', ['Каждый текст согласия имеет редакцию; политика называет ту, которая действует.', 'Every consent text has a version; the policy names the one in force.'], {
    control: 'server/privacy/policy/facts.ts',
    proofs: ['text_fixed', 'policy_drift'],
    evidence: 'consent_texts',
  }),
  held('P8.18', ['Текст согласия открыт по своему адресу на сайте.', 'A consent text can be read at its own address on the site.'], {
    control: 'server/site/pages/texts-pages.ts',
    proofs: ['site_text', 'policy_links', 'text_lint'],
    evidence: 'consent_texts',
  }),
]
