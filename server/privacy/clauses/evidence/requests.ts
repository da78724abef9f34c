import { counted } from './evidence.ts'

/** How the rights of people are answered, and who was told. */
export const requestEvidence = {
  requests_overdue: counted(
    'requests_overdue',
    'zero',
    'открытых обращений, срок которых прошёл',
    'open requests whose term is over',
    `select kind name, count(*) count from subject_requests where tenant_id = $1 and state in ('new', 'in_work') and coalesce(extended_to, ends_on) < ($2::timestamptz at time zone 'Europe/Moscow')::date group by 1`,
  ),
  requests: counted(
    'requests',
    'any',
    'обращений субъектов, по виду',
    'requests of data subjects, by kind',
    `select kind name, count(*) count from subject_requests where tenant_id = $1 group by 1 order by 2 desc`,
  ),
  requests_by_channel: counted(
    'requests_by_channel',
    'any',
    'обращений субъектов, по каналу',
    'requests of data subjects, by channel',
    `select channel name, count(*) count from subject_requests where tenant_id = $1 group by 1 order by 2 desc`,
  ),
  extended_without_notice: counted(
    'extended_without_notice',
    'zero',
    'продлений срока без отправленного уведомления',
    'terms extended without the notice sent',
    `select kind name, count(*) count from subject_requests where tenant_id = $1 and extended_to is not null and noticed_at is null group by 1`,
  ),
  refused_requests: counted(
    'refused_requests',
    'any',
    'отказов по обращениям, по причине',
    'requests refused, by reason',
    `select refusal_reason name, count(*) count from subject_requests where tenant_id = $1 and refusal_reason is not null group by 1`,
  ),
  own_pages: counted(
    'own_pages',
    'any',
    'входов на личную страницу, по способу',
    'visits to one’s own page, by the way in',
    `select how name, count(*) count from portal_sessions where tenant_id = $1 group by 1`,
  ),
  disclosures: counted(
    'disclosures',
    'any',
    'передач данных другим компаниям, по основанию',
    'data handed to other companies, by basis',
    `select basis name, count(*) count from disclosures where tenant_id = $1 group by 1`,
  ),
  notices: counted(
    'notices',
    'any',
    'уведомлений получателям об отзыве, исправлении, уничтожении',
    'notices to recipients of withdrawals, corrections, destructions',
    `select what name, count(*) count from subject_notices where tenant_id = $1 group by 1`,
  ),
  network_transfers: counted(
    'network_transfers',
    'any',
    'передач заявок дилерам, по основанию',
    'requests handed to dealers, by basis',
    `select coalesce(basis, state) name, count(*) count from network_transfers where tenant_id = $1 group by 1`,
  ),
}
