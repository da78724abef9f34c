import { counted } from './evidence.ts'

const live = `g.ended_at is null and (g.until is null or g.until > $2)`

/** Who is held, on what, and who no more. Counts and codes, nobody by name. */
export const peopleEvidence = {
  live_grounds: counted(
    'live_grounds',
    'some',
    'действующих оснований, по строкам реестра',
    'live grounds, by line of the register',
    `select a.code name, count(*) count from grounds g join activities a on a.tenant_id = $1 and a.id = g.activity_id where g.tenant_id = $1 and ${live} group by 1 order by 2 desc`,
  ),
  unheld_persons: counted(
    'unheld_persons',
    'zero',
    'людей без действующего основания и без дня уничтожения',
    'persons without a live ground and without a day of destruction',
    `select null::text name, count(*) count from persons p where p.tenant_id = $1 and p.destroy_after is null
      and not exists (select from grounds g where g.tenant_id = $1 and g.person_id = p.id and ${live})`,
  ),
  overdue_destructions: counted(
    'overdue_destructions',
    'zero',
    'людей, которых следовало уничтожить раньше, чем двое суток назад',
    'persons who ought to have been destroyed more than two days ago',
    `select null::text name, count(*) count from persons p where p.tenant_id = $1 and p.kind = 'customer' and p.destroy_after < $2::timestamptz - interval '2 days' and p.restricted_at is null
      and not exists (select from subject_requests r where r.tenant_id = $1 and r.person_id = p.id and r.state in ('new', 'in_work'))`,
  ),
  basis_outside_register: counted(
    'basis_outside_register',
    'zero',
    'действующих оснований, которых строка реестра не допускает',
    'live grounds that their line of the register does not allow',
    `select a.code name, count(*) count from grounds g join activities a on a.tenant_id = $1 and a.id = g.activity_id where g.tenant_id = $1 and ${live} and g.basis <> all (a.bases) group by 1`,
  ),
  bases: counted(
    'bases',
    'some',
    'действующих оснований, по виду',
    'live grounds, by legal basis',
    `select g.basis name, count(*) count from grounds g where g.tenant_id = $1 and ${live} group by 1 order by 2 desc`,
  ),
  marketing_without_consent: counted(
    'marketing_without_consent',
    'zero',
    'людей, которых для рекламы держит что-то кроме согласия',
    'persons held for advertising by anything but consent',
    `select g.basis name, count(*) count from grounds g join activities a on a.tenant_id = $1 and a.id = g.activity_id where g.tenant_id = $1 and ${live} and 'marketing' = any (a.purposes) and g.basis <> 'consent' group by 1`,
  ),
  sealed_facts: counted(
    'sealed_facts',
    'some',
    'зашифрованных сведений, по классам',
    'sealed facts, by class',
    `select class name, count(*) count from facts where tenant_id = $1 group by 1 order by 2 desc`,
  ),
  people_by_kind: counted('people_by_kind', 'some', 'людей, по виду', 'persons, by kind', `select kind name, count(*) count from persons where tenant_id = $1 group by 1`),
  vehicles: counted(
    'vehicles',
    'any',
    'автомобилей за людьми, по отношению',
    'cars of people, by relation',
    `select relation name, count(*) count from person_vehicles where tenant_id = $1 group by 1`,
  ),
  story: counted(
    'story',
    'any',
    'записей о контактах, по виду',
    'contacts on record, by kind',
    `select kind name, count(*) count from interactions where tenant_id = $1 group by 1 order by 2 desc`,
  ),
  bought: counted(
    'bought',
    'any',
    'рабочих листов, по стадиям',
    'working lists, by stage',
    `select stage name, count(*) count from deals where tenant_id = $1 group by 1 order by 2 desc`,
  ),
  restricted: counted(
    'restricted',
    'any',
    'людей под блокированием',
    'persons under restriction',
    `select null::text name, count(*) count from persons where tenant_id = $1 and restricted_at is not null`,
  ),
  destroyed: counted(
    'destroyed',
    'any',
    'людей уничтожено с актом, по причинам',
    'persons destroyed with an act, by reason',
    `select reason name, sum(cardinality(person_ids)) count from destruction_acts where tenant_id = $1 group by 1 order by 2 desc`,
  ),
  acts_past_keeping: counted(
    'acts_past_keeping',
    'zero',
    'актов старше трёх лет',
    'acts older than three years',
    `select null::text name, count(*) count from destruction_acts where tenant_id = $1 and at < $2::timestamptz - interval '3 years 2 days'`,
  ),
}
