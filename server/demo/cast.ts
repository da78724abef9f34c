/**
 * The people who work in the demo network, and who act in the tests: Anna answers the phones in Moscow, Boris sells in Yekaterinburg and must never
 * see Anna's clients. Addresses lie in the domain `.example` (RFC 2606 §2), which nobody can register.
 */
import type { Role } from '../../contract/permissions.ts'

/** Everyone signs in with it. A production start refuses the demo altogether. */
export const demoPassword = 'Pokazat-2025!'

export type Company = 'zvezda' | 'ural' | 'zaliv' | 'veltara' | 'platform'
type DepartmentKind = 'call_centre' | 'sales' | 'used_cars' | 'service' | 'credit_insurance' | 'marketing' | 'management'

/** A place of work. `outlet` is the number of the outlet in its company; null: all of them. */
export type Post = { company: Company; role: Exclude<Role, 'integration' | 'job' | 'visitor'>; position: string; outlet: number | null; department: DepartmentKind }
export type CastMember = { key: string; email: string; surname: string; given: string; patronymic: string; sex: 'm' | 'f'; birthDate: string; posts: [Post, ...Post[]] }

type Sketch = readonly [
  key: string,
  fullName: string,
  sex: 'm' | 'f',
  birthDate: string,
  company: Company,
  role: Post['role'],
  position: string,
  outlet: number | null,
  department: DepartmentKind,
]

const sketches: readonly Sketch[] = [
  ['anna', 'Соколова Анна Игоревна', 'f', '1996-03-14', 'zvezda', 'operator', 'Оператор контакт-центра', null, 'call_centre'],
  ['viktor', 'Лебедев Виктор Олегович', 'm', '1991-07-02', 'zvezda', 'seller', 'Менеджер по продажам', 0, 'sales'],
  ['galina', 'Медведева Галина Павловна', 'f', '1988-11-23', 'zvezda', 'seller', 'Менеджер по продажам', 0, 'sales'],
  ['larisa', 'Тихонова Лариса Сергеевна', 'f', '1993-01-30', 'zvezda', 'seller', 'Менеджер по продажам', 1, 'sales'],
  ['dmitry', 'Гордеев Дмитрий Анатольевич', 'm', '1984-05-19', 'zvezda', 'service_adviser', 'Мастер-консультант', 0, 'service'],
  ['elena', 'Баранова Елена Викторовна', 'f', '1990-09-08', 'zvezda', 'credit_specialist', 'Специалист по кредитованию и страхованию', null, 'credit_insurance'],
  ['zhanna', 'Кузьмина Жанна Романовна', 'f', '1994-12-05', 'zvezda', 'marketer', 'Маркетолог', null, 'marketing'],
  ['zoya', 'Ермакова Зоя Алексеевна', 'f', '1981-04-27', 'zvezda', 'head_of_sales', 'Руководитель отдела продаж', null, 'management'],
  ['igor', 'Фомин Игорь Львович', 'm', '1979-10-11', 'zvezda', 'privacy_officer', 'Ответственный за обработку персональных данных', null, 'management'],
  ['konstantin', 'Рябов Константин Евгеньевич', 'm', '1987-08-16', 'zvezda', 'administrator', 'Администратор', null, 'management'],
  ['boris', 'Устинов Борис Андреевич', 'm', '1989-02-21', 'ural', 'seller', 'Менеджер по продажам', 0, 'sales'],
  ['margarita', 'Зырянова Маргарита Юрьевна', 'f', '1997-06-18', 'ural', 'operator', 'Оператор контакт-центра', null, 'call_centre'],
  ['nikolay', 'Белоусов Николай Петрович', 'm', '1983-03-03', 'ural', 'head_of_sales', 'Руководитель отдела продаж', null, 'management'],
  ['pavel', 'Черных Павел Михайлович', 'm', '1998-01-12', 'zaliv', 'operator', 'Оператор контакт-центра', null, 'call_centre'],
  ['roman', 'Шевченко Роман Денисович', 'm', '1992-10-29', 'zaliv', 'seller', 'Менеджер по продажам', 0, 'sales'],
  ['svetlana', 'Назарова Светлана Ильинична', 'f', '1985-12-17', 'zaliv', 'head_of_sales', 'Руководитель отдела продаж', null, 'management'],
  ['timur', 'Галиев Тимур Рустамович', 'm', '1986-09-25', 'veltara', 'regional_manager', 'Региональный менеджер', null, 'management'],
  ['ulyana', 'Корнилова Ульяна Дмитриевна', 'f', '1995-05-06', 'veltara', 'lead_desk', 'Специалист отдела лидов', null, 'call_centre'],
  ['fyodor', 'Мельников Фёдор Артёмович', 'm', '1990-07-14', 'veltara', 'analyst', 'Аналитик', null, 'marketing'],
  ['yulia', 'Абрамова Юлия Константиновна', 'f', '1982-02-09', 'veltara', 'privacy_officer', 'Ответственный за обработку персональных данных', null, 'management'],
  ['yakov', 'Субботин Яков Борисович', 'm', '1988-04-01', 'veltara', 'administrator', 'Администратор', null, 'management'],
  ['polina', 'Вершинина Полина Аркадьевна', 'f', '1992-08-20', 'veltara', 'marketer', 'Маркетолог', null, 'marketing'],
  ['eduard', 'Панов Эдуард Вячеславович', 'm', '1993-11-04', 'platform', 'support_engineer', 'Инженер поддержки', null, 'management'],
]

const officer = (company: Company): Post => ({
  company,
  role: 'privacy_officer',
  position: 'Ответственный за обработку персональных данных',
  outlet: null,
  department: 'management',
})

function memberOf([key, fullName, sex, birthDate, company, role, position, outlet, department]: Sketch): CastMember {
  const [surname = '', given = '', patronymic = ''] = fullName.split(' ')
  return { key, email: `${key}@${company}.example`, surname, given, patronymic, sex, birthDate, posts: [{ company, role, position, outlet, department }] }
}

/** Everyone, in a fixed order. Olga answers for personal data at two dealers and switches between them. */
export const cast: readonly CastMember[] = [
  ...sketches.map(memberOf),
  {
    key: 'olga',
    email: 'olga@ural.example',
    surname: 'Давыдова',
    given: 'Ольга',
    patronymic: 'Николаевна',
    sex: 'f',
    birthDate: '1980-06-22',
    posts: [officer('ural'), officer('zaliv')],
  },
]

/** One of the cast by key. Throws RangeError for a name nobody bears. */
export function castMember(key: string): CastMember {
  const member = cast.find((one) => one.key === key)
  if (!member) throw new RangeError(`nobody in the cast is called ${key}`)
  return member
}
