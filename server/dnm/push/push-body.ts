import type { PushLead } from '../../../contract/dnm/feedback.ts'
import { kindOf, numberOf } from '../lms/numbers.ts'
import type { Opened } from '../transfer/open-person.ts'
import { dueOf, type TransferRow } from '../transfer/transfer-row.ts'

const targets: Record<number, string> = { 1: 'Продажа новых автомобилей', 2: 'Автомобили с пробегом', 3: 'Сервис', 4: 'Кредит и страхование' }

/** A request as dealers' systems take it: both deadlines in UTC, counted in the dealer's working hours. */
export function pushBody(transfer: TransferRow, { contact, comment, car }: Opened, now: Date): PushLead {
  const { leadId, number, interest, outletId } = transfer
  const due = dueOf(transfer, now)
  if (outletId === null || !due) throw new Error('a request was to be sent to a dealer without an outlet')
  const kind = kindOf[interest]
  return {
    lead_id: leadId,
    public_id: number,
    lead_group_id: leadId,
    outlet_code: outletId,
    type_id: kind.type,
    type_name: kind.name,
    temperature_id: 0,
    source_id: numberOf(transfer.id),
    source_name: transfer.distributor,
    source_channel_detail: null,
    source_campaign: null,
    communication_target: targets[kind.department] ?? 'Продажа новых автомобилей',
    status_id: 6,
    status_name: 'Передан дилеру',
    dealer_status_id: 0,
    dealer_status_name: 'Новый',
    target_processing_date: due.takeDueAt.toISOString(),
    target_first_contact_date: due.contactDueAt.toISOString(),
    expiration_datetime: null,
    dealer_receive_date: now.toISOString(),
    dealer_event_date: null,
    visit_planned_date: null,
    client_dms_id: null,
    responsible_user: null,
    qualification_required: false,
    comment,
    contact: {
      first: contact.given ?? null,
      last: contact.surname ?? null,
      middle: contact.patronymic ?? null,
      contact_phone: contact.phones[0]?.e164 ?? null,
      email: contact.emails[0]?.address ?? null,
      address: null,
      brand: null,
      car_model: transfer.model,
      car_model_year: null,
      gender: null,
      date_of_birth: null,
      vin: car?.vin ?? null,
    },
    custom_properties_groups: [],
  }
}
