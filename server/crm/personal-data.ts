import type { PersonalData } from '../../contract/personal-data.ts'
import { dealRead, fileRead, interactionRead, leadRead, messageRead, taskRead, testDriveRead, vehicleRead } from './personal-reads.ts'

export const crmPersonalData: readonly PersonalData[] = [
  {
    table: 'leads',
    purposes: ['request_handling', 'sale'],
    what: { ru: 'обращение: источник, предмет, сроки ответа', en: 'a request: its source, subject and times of answer' },
    atTheEnd: 'unlinked',
    // A row of statistics: no number of the sender by which one could be found again.
    emptied: `update leads set external_ref = null, version = version + 1, status = 'closed', closed_at = coalesce(closed_at, $3) where tenant_id = $1 and person_id = any ($2::uuid[])`,
    read: leadRead,
  },
  {
    table: 'deals',
    purposes: ['sale'],
    what: { ru: 'рабочий лист: этап, модель, сумма', en: 'a deal: stage, model, sum' },
    atTheEnd: 'unlinked',
    emptied: `update deals set version = version + 1, stage = 'lost', lost_reason = 'other', stage_since = $3, closed_at = $3
      where tenant_id = $1 and person_id = any ($2::uuid[]) and stage not in ('won', 'lost')`,
    read: dealRead,
  },
  {
    table: 'intake_messages',
    purposes: ['request_handling'],
    what: { ru: 'оригинал обращения: зашифрован', en: 'the original of a request: sealed' },
    atTheEnd: 'deleted',
    read: messageRead,
  },
  {
    table: 'interactions',
    purposes: ['request_handling', 'sale', 'service'],
    what: { ru: 'когда и чем кончился разговор; слова зашифрованы', en: 'when and with what result one talked; the words are sealed' },
    atTheEnd: 'deleted',
    read: interactionRead,
  },
  {
    table: 'tasks',
    purposes: ['request_handling', 'sale', 'service'],
    what: { ru: 'следующий шаг и его срок', en: 'the next step and when it is due' },
    atTheEnd: 'deleted',
    read: taskRead,
  },
  {
    table: 'test_drives',
    purposes: ['sale'],
    what: { ru: 'когда и на какой машине была поездка', en: 'when and in which car one drove' },
    atTheEnd: 'unlinked',
    emptied: `update test_drives set version = version + 1, status = 'cancelled' where tenant_id = $1 and person_id = any ($2::uuid[]) and status = 'booked'`,
    read: testDriveRead,
  },
  {
    table: 'person_vehicles',
    purposes: ['sale', 'service'],
    what: { ru: 'модель и год своей машины; VIN и номер зашифрованы', en: 'model and year of one’s own car; VIN and plate are sealed' },
    atTheEnd: 'deleted',
    read: vehicleRead,
  },
  { table: 'files', purposes: ['request_handling', 'sale', 'service'], what: { ru: 'файлы: зашифрованы', en: 'files: sealed' }, atTheEnd: 'deleted', read: fileRead },
]
