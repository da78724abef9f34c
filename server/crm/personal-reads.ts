import { deals as dealsEn } from '../../i18n/en/deals.ts'
import { drives as drivesEn } from '../../i18n/en/drives.ts'
import { intake as intakeEn } from '../../i18n/en/intake.ts'
import { leads as leadsEn } from '../../i18n/en/leads.ts'
import { people as peopleEn } from '../../i18n/en/people.ts'
import { deals as dealsRu } from '../../i18n/ru/deals.ts'
import { drives as drivesRu } from '../../i18n/ru/drives.ts'
import { intake as intakeRu } from '../../i18n/ru/intake.ts'
import { leads as leadsRu } from '../../i18n/ru/leads.ts'
import { people as peopleRu } from '../../i18n/ru/people.ts'
import { inBoth, type PersonRead } from '../../contract/personal-data.ts'

const MAX_ROWS = 1_000
const at = { ru: 'Когда', en: 'When' }
const outlet = { ru: 'Салон', en: 'Outlet' }
const model = { ru: 'Модель', en: 'Model' }
const state = { ru: 'Состояние', en: 'State' }
const by = { ru: 'Кто (должность)', en: 'Who (position)' }
const text = { ru: 'Слова', en: 'Words' }

export const leadRead: PersonRead = {
  sql: `select l.id, l.number, l.received_at at, s.name source, l.interest, m.name model, o.name outlet, l.status, l.result, e.position "by" from leads l
    join lead_sources s on s.tenant_id = $1 and s.id = l.source_id join outlets o on o.tenant_id = $1 and o.id = l.outlet_id left join models m on m.id = l.model_id
    left join employees e on e.tenant_id = $1 and e.id = l.responsible_id where l.tenant_id = $1 and l.person_id = $2 order by l.received_at desc limit ${MAX_ROWS}`,
  columns: {
    number: { ru: '№', en: 'No.' },
    at,
    source: { ru: 'Источник', en: 'Source' },
    interest: { ru: 'Предмет', en: 'Subject' },
    model,
    outlet,
    status: state,
    result: { ru: 'Исход', en: 'Outcome' },
    by,
    text,
  },
  words: { interest: inBoth(leadsRu.interests, leadsEn.interests), status: inBoth(leadsRu.statuses, leadsEn.statuses), result: inBoth(leadsRu.results, leadsEn.results) },
  texts: 'person',
}

export const dealRead: PersonRead = {
  sql: `select d.id, d.number, d.opened_at at, m.name model, o.name outlet, d.stage, (d.amount_kopecks / 100)::text amount, e.position "by" from deals d
    join outlets o on o.tenant_id = $1 and o.id = d.outlet_id left join models m on m.id = d.model_id left join employees e on e.tenant_id = $1 and e.id = d.responsible_id
    where d.tenant_id = $1 and d.person_id = $2 order by d.opened_at desc limit ${MAX_ROWS}`,
  columns: { number: { ru: '№', en: 'No.' }, at, model, outlet, stage: { ru: 'Этап', en: 'Stage' }, amount: { ru: 'Сумма, ₽', en: 'Sum, RUB' }, by },
  words: { stage: inBoth(dealsRu.stages, dealsEn.stages) },
}

export const interactionRead: PersonRead = {
  sql: `select i.id, i.at, i.kind, i.result, e.position "by" from interactions i left join employees e on e.tenant_id = $1 and e.id = i.by_id
    where i.tenant_id = $1 and i.person_id = $2 order by i.at desc limit ${MAX_ROWS}`,
  columns: { at, kind: { ru: 'Вид', en: 'Kind' }, result: { ru: 'Итог', en: 'Outcome' }, by, text },
  words: { kind: inBoth(peopleRu.kinds, peopleEn.kinds), result: inBoth(peopleRu.results, peopleEn.results) },
  texts: 'staff',
}

export const taskRead: PersonRead = {
  sql: `select t.id, t.due_at at, t.kind, t.done_at done, e.position "by" from tasks t left join employees e on e.tenant_id = $1 and e.id = t.responsible_id
    where t.tenant_id = $1 and t.person_id = $2 order by t.due_at desc limit ${MAX_ROWS}`,
  columns: { at: { ru: 'Срок', en: 'Due' }, kind: { ru: 'Шаг', en: 'Step' }, done: { ru: 'Выполнен', en: 'Done' }, by, text },
  words: { kind: inBoth(peopleRu.taskKinds, peopleEn.taskKinds) },
  texts: 'staff',
}

export const testDriveRead: PersonRead = {
  sql: `select t.id, t.starts_at at, m.name model, o.name outlet, t.minutes, t.status, e.position "by" from test_drives t join stock_vehicles v on v.tenant_id = $1 and v.id = t.vehicle_id
    join models m on m.id = v.model_id join outlets o on o.tenant_id = $1 and o.id = t.outlet_id left join employees e on e.tenant_id = $1 and e.id = t.responsible_id
    where t.tenant_id = $1 and t.person_id = $2 order by t.starts_at desc limit ${MAX_ROWS}`,
  columns: { at, model, outlet, minutes: { ru: 'Минут', en: 'Minutes' }, status: state, by },
  words: { status: inBoth(drivesRu.statuses, drivesEn.statuses) },
}

export const vehicleRead: PersonRead = {
  sql: `select v.id, m.name model, v.year, v.relation, to_char(v.since, 'YYYY-MM-DD') since from person_vehicles v left join models m on m.id = v.model_id
    where v.tenant_id = $1 and v.person_id = $2 order by v.since desc nulls last limit ${MAX_ROWS}`,
  columns: { model, year: { ru: 'Год', en: 'Year' }, relation: { ru: 'Отношение', en: 'Relation' }, since: { ru: 'С какого дня', en: 'Since' } },
  words: { relation: inBoth(peopleRu.relations, peopleEn.relations) },
}

export const messageRead: PersonRead = {
  sql: `select m.id, m.received_at at, s.name source, m.format, m.status from intake_messages m join lead_sources s on s.tenant_id = $1 and s.id = m.source_id
    where m.tenant_id = $1 and m.person_id = $2 order by m.received_at desc limit ${MAX_ROWS}`,
  columns: { at, source: { ru: 'Источник', en: 'Source' }, format: { ru: 'Вид', en: 'Format' }, status: state },
  words: { status: inBoth(intakeRu.statuses, intakeEn.statuses) },
}

export const fileRead: PersonRead = {
  sql: `select f.id, f.created_at at, f.kind, f.bytes::text bytes from files f where f.tenant_id = $1 and f.person_id = $2 order by f.created_at desc limit ${MAX_ROWS}`,
  columns: { at, kind: { ru: 'Вид', en: 'Kind' }, bytes: { ru: 'Байт', en: 'Bytes' } },
  words: {
    kind: {
      answer_pack_pdf: { ru: 'ответ на запрос (PDF)', en: 'answer to a request (PDF)' },
      answer_pack_json: { ru: 'ответ на запрос (JSON)', en: 'answer to a request (JSON)' },
    },
  },
}
