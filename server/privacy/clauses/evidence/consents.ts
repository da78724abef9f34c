import { counted } from './evidence.ts'

/** What people have said, and what was sent on the strength of it. */
export const consentEvidence = {
  consents_by_state: counted(
    'consents_by_state',
    'any',
    'согласий, по нынешнему состоянию',
    'consents, by their present state',
    // As consents are read everywhere: of one instant the "no" counts, and what is past its term is expired.
    `select state name, count(*) count from (
       select distinct on (person_id, kind) case when state = 'given' and valid_until <= $2 then 'expired' else state end state
       from consent_events where tenant_id = $1 and at <= $2 order by person_id, kind, at desc, state = 'given', id desc) said group by 1 order by 2 desc`,
  ),
  consents_by_door: counted(
    'consents_by_door',
    'any',
    'слов о согласии, по способу',
    'words on consents, by door',
    `select how name, count(*) count from consent_events where tenant_id = $1 group by 1 order by 2 desc`,
  ),
  given_without_text: counted(
    'given_without_text',
    'zero',
    'данных согласий без текста, под которым они даны',
    'consents given without the text they were given under',
    `select kind name, count(*) count from consent_events where tenant_id = $1 and state = 'given' and text_id is null group by 1`,
  ),
  given_without_term: counted(
    'given_without_term',
    'zero',
    'данных согласий без срока',
    'consents given without a term',
    `select kind name, count(*) count from consent_events where tenant_id = $1 and state = 'given' and valid_until is null group by 1`,
  ),
  withdrawn: counted(
    'withdrawn',
    'any',
    'отзывов и отказов, по виду согласия',
    'withdrawals and refusals, by kind of consent',
    `select kind name, count(*) count from consent_events where tenant_id = $1 and state in ('withdrawn', 'refused') group by 1`,
  ),
  consent_texts: counted(
    'consent_texts',
    'any',
    'опубликованных редакций текстов согласий, по виду',
    'published versions of consent texts, by kind',
    `select kind name, count(*) count from consent_texts where tenant_id = $1 group by 1 order by 1`,
  ),
  objections: counted(
    'objections',
    'any',
    'действующих отказов от рекламы, по каналам',
    'live objections to advertising, by channel',
    `select channel name, count(*) count from objections where tenant_id = $1 and lifted_at is null group by 1`,
  ),
  advertising_without_consent: counted(
    'advertising_without_consent',
    'zero',
    'отправленной рекламы без согласия, на котором она стоит',
    'advertising sent without the consent it rests on',
    `select channel name, count(*) count from outbound_messages where tenant_id = $1 and kind = 'advertising' and state = 'sent' and consent_event_id is null group by 1`,
  ),
  messages: counted(
    'messages',
    'any',
    'сообщений людям, по виду и судьбе',
    'messages to people, by kind and fate',
    `select kind || ' ' || state name, count(*) count from outbound_messages where tenant_id = $1 group by 1 order by 1`,
  ),
  messages_held_back: counted(
    'messages_held_back',
    'any',
    'сообщений не отправлено, по причинам',
    'messages not sent, by reason',
    `select coalesce(because, state) name, count(*) count from outbound_messages where tenant_id = $1 and state in ('refused', 'cancelled') group by 1`,
  ),
  cookie_choices: counted(
    'cookie_choices',
    'any',
    'решений посетителей о cookie, по виду',
    'choices of visitors about cookies, by kind',
    `select how name, count(*) count from cookie_choices where tenant_id = $1 group by 1`,
  ),
  cookies_without_text: counted(
    'cookies_without_text',
    'zero',
    'разрешений на cookie без текста, под которым они даны',
    'cookies allowed without the text they were allowed under',
    `select null::text name, count(*) count from cookie_choices where tenant_id = $1 and ((analytics and analytics_text_id is null) or (marketing and marketing_text_id is null))`,
  ),
  site_visits: counted(
    'site_visits',
    'any',
    'просмотров страниц сайта по дням, без посетителей',
    'views of the site’s pages by the day, without visitors',
    `select page name, sum(views) count from site_visits where tenant_id = $1 group by 1 order by 2 desc`,
  ),
  old_web_data: counted(
    'old_web_data',
    'zero',
    'решений о cookie, хранимых дольше года и двух дней',
    'choices about cookies kept for more than a year and two days',
    `select null::text name, count(*) count from cookie_choices where tenant_id = $1 and at < $2::timestamptz - interval '1 year 2 days'`,
  ),
}
