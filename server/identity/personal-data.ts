import type { HashedData, PersonalData } from '../../contract/personal-data.ts'

export const identityPersonalData: readonly PersonalData[] = [
  {
    table: 'employees',
    purposes: ['employment'],
    what: { ru: 'роль, должность и место работы сотрудника', en: 'role, post and place of a member of staff' },
    atTheEnd: 'unlinked',
    read: {
      sql: `select e.id, e.created_at at, e.position, e.is_active::text active from employees e where e.tenant_id = $1 and e.person_id = $2 order by e.created_at desc limit 100`,
      columns: { at: { ru: 'С', en: 'Since' }, position: { ru: 'Должность', en: 'Position' }, active: { ru: 'Работает', en: 'At work' } },
      words: { active: { true: { ru: 'да', en: 'yes' }, false: { ru: 'нет', en: 'no' } } },
    },
  },
]

export const identityByHash: readonly HashedData[] = [
  {
    table: 'accounts',
    purposes: ['employment'],
    what: {
      ru: 'вход сотрудника: ключевой хэш почты, хэши пароля и кодов, зашифрованный второй фактор',
      en: 'the sign-in of a colleague: keyed hash of the e-mail, hashes of password and codes, the second factor sealed',
    },
    until: {
      ru: 'пока человек записан сотрудником хотя бы одной компании; с уничтожением его данных пустеет',
      en: 'while somebody is held as a colleague of any company; emptied when that is destroyed',
    },
  },
  {
    table: 'account_tenants',
    purposes: ['employment'],
    what: { ru: 'в каких компаниях есть вход: только номера', en: 'in which companies a sign-in is: ids only' },
    until: { ru: 'остаётся; номер опустевшего входа ни к кому не ведёт', en: 'stays; the id of an emptied sign-in leads to nobody' },
  },
  {
    table: 'sessions',
    purposes: ['employment'],
    what: { ru: 'сеансы сотрудника: хэш токена, вид устройства, времена', en: 'sessions of a colleague: hash of the token, kind of device, times' },
    until: { ru: 'до уничтожения данных бывшего сотрудника', en: 'until what is held of a former colleague is destroyed' },
  },
  {
    table: 'invitations',
    purposes: ['employment'],
    what: { ru: 'хэши ссылок из писем сотруднику', en: 'hashes of links in letters to a colleague' },
    until: { ru: 'ссылка – до своего срока и один раз; строка остаётся при номере сотрудника', en: 'the link once, before its term; the row stays with the id of the colleague' },
  },
]
