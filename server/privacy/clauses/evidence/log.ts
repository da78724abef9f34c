import { checkHeads, listHeads } from '../../../audit/index.ts'
import { readOf } from '../../log/read-log.ts'
import { counted, type Evidence } from './evidence.ts'

const HEADS = 20

/** The newest heads are checked as the screen of the log checks them: text, chain and tree. */
const brokenHeads: Evidence = {
  what: { ru: `голов журнала из последних ${HEADS}, которые не сходятся`, en: `heads of the log, of the last ${HEADS}, that do not hold` },
  wanted: 'zero',
  read: async (reader) => {
    const read = readOf(reader)
    const found = await listHeads(read, reader.tenantId, { after: undefined, limit: HEADS + 1 })
    const heads = found.slice(0, HEADS)
    const checked = await checkHeads(read, reader.tenantId, heads, found[HEADS] ?? null)
    return [{ name: null, count: checked.filter((holds) => !holds).length }]
  },
}
const month = `at > $2::timestamptz - interval '30 days'`

/** What the log says of looks, refusals and alarms. */
export const logEvidence = {
  log_entries: counted(
    'log_entries',
    'some',
    'событий под последней подписанной головой',
    'events under the last signed head',
    `select null::text name, coalesce(max(size), 0) count from log_heads where tenant_id = $1`,
  ),
  broken_heads: brokenHeads,
  looks: counted(
    'looks',
    'any',
    'просмотров за 30 дней, по виду',
    'looks within 30 days, by kind',
    `select event name, count(*) count from log_events where tenant_id = $1 and ${month} and event in ('person.revealed', 'person.listed', 'person.searched', 'message.opened') group by 1`,
  ),
  looks_by_purpose: counted(
    'looks_by_purpose',
    'any',
    'раскрытий за 30 дней, по цели',
    'reveals within 30 days, by purpose',
    `select purpose name, count(*) count from log_events where tenant_id = $1 and ${month} and event = 'person.revealed' group by 1`,
  ),
  looks_without_purpose: counted(
    'looks_without_purpose',
    'zero',
    'раскрытий без цели за 30 дней',
    'reveals without a purpose within 30 days',
    `select null::text name, count(*) count from log_events where tenant_id = $1 and ${month} and event = 'person.revealed' and purpose is null`,
  ),
  refused: counted(
    'refused',
    'any',
    'отказов в действии за 30 дней, по ролям',
    'acts refused within 30 days, by role',
    `select role name, count(*) count from log_events where tenant_id = $1 and ${month} and event = 'act.refused' group by 1`,
  ),
  alarms: counted(
    'alarms',
    'any',
    'раскрытий приманок за 30 дней',
    'decoys opened within 30 days',
    `select null::text name, count(*) count from log_events where tenant_id = $1 and ${month} and event = 'canary.revealed'`,
  ),
  corrections: counted(
    'corrections',
    'any',
    'исправлений сведений за 30 дней',
    'corrections of facts within 30 days',
    `select null::text name, count(*) count from log_events where tenant_id = $1 and ${month} and event = 'person.edited'`,
  ),
  rights_changed: counted(
    'rights_changed',
    'any',
    'изменений доступа за 30 дней, по виду',
    'changes of access within 30 days, by kind',
    `select event name, count(*) count from log_events where tenant_id = $1 and ${month} and event in ('staff.invited', 'staff.joined', 'staff.edited', 'staff.left', 'key.created', 'key.revoked') group by 1`,
  ),
}
