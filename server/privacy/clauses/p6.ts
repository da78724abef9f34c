import { held, notOurs, notYet, partly, type Clause } from './clause.ts'

/** Data of user companies in the services. */
export const p6: readonly Clause[] = [
  held(
    'P6.1',
    [
      'Люди компании-пользователя живут только в её пределах: граница стоит в самой базе.',
      'People of a user company live within its bounds only: the border stands in the database itself.',
    ],
    {
      control: 'server/platform/db/tenant-plugin.ts',
      proofs: ['isolation_rows', 'row_security', 'isolation_lists'],
      evidence: 'people_by_kind',
    },
  ),
  notYet(
    'P6.2',
    ['Прочие лица по поручению пока не выделены в отдельный вид.', 'Other persons entrusted are not yet a kind of their own.'],
    ['вид субъектов из поручения не построен', 'kinds of subjects from the instruction are not built'],
  ),
  partly(
    'P6.3',
    ['Состав сведений ограничен полями программы: лишнего столбца негде завести.', 'What can be held is bounded by the program’s fields: there is no place for one more.'],
    {
      control: 'contract/people/person.ts',
      proofs: ['open_columns', 'reveal_class'],
      evidence: 'sealed_facts',
      lacks: ['поручение не сужает состав для отдельной компании', 'the instruction does not narrow it for a single company'],
    },
  ),
  notYet(
    'P6.4',
    [
      'Договор и поручение компании пока не записаны; их окончание ничего не останавливает.',
      'A company’s contract and instruction are not on record yet; their end stops nothing.',
    ],
    ['поручение с датами не построено', 'the instruction with its dates is not built'],
  ),
  held(
    'P6.5',
    [
      'Политика компании называет оператором её саму, а платформу — обработчиком по поручению.',
      'A company’s policy names itself as the operator and the platform as the processor.',
    ],
    {
      control: 'server/privacy/policy/render-policy.ts',
      proofs: ['policy_platform', 'policy_first'],
      evidence: 'policy_drift',
    },
  ),
  partly(
    'P6.6',
    [
      'Своей статистики о людях компаний платформа не ведёт; поддержка видит состояние установки и никого больше.',
      'The platform keeps no statistics of its own about companies’ people; support sees how the installation is, and nobody.',
    ],
    {
      control: 'server/upkeep/health/show-health.ts',
      proofs: ['support_blind', 'reveal_role'],
      evidence: 'access_by_role',
      lacks: ['перечень включённых по поручению возможностей не построен', 'the list of what an instruction switches on is not built'],
    },
  ),
  notYet(
    'P6.7',
    ['Указания компаний пока не записываются.', 'Companies’ instructions are not recorded yet.'],
    ['журнал указаний не построен', 'the log of instructions is not built'],
  ),
  held(
    'P6.8',
    [
      'Без названного основания человека не принимает ни один вход: ни форма, ни файл, ни ключ интеграции.',
      'No door takes anybody in without a ground that is named: no form, no file, no integration key.',
    ],
    {
      control: 'server/people/persons/add-person.ts',
      proofs: ['no_ground', 'unattested', 'attested'],
      evidence: 'unheld_persons',
    },
  ),
  held(
    'P6.9',
    [
      'Кто подтвердил основание файла, остаётся записан вместе с ним; без подтверждения файла нет.',
      'Who attested the ground of a file stays on record with it; without it there is no file.',
    ],
    {
      control: 'server/crm/intake/lead-files/upload-file.ts',
      proofs: ['unattested', 'attested'],
      evidence: 'bases',
    },
  ),
  partly('P6.10', ['Программа компании делает только то, что разрешено её ролям и ключам.', 'A company’s program does only what its roles and keys allow.'], {
    control: 'server/kernel/handle.ts',
    proofs: ['isolation_machine', 'isolation_roles'],
    evidence: 'machine_keys',
    lacks: ['права не выводятся из поручения', 'rights are not derived from an instruction'],
  }),
  notOurs(
    'P6.11',
    ['Доступа поддержки к данным людей нет совсем: у её роли нет такого права.', 'Support has no access to people’s data at all: its role has no such right.'],
    ['временный доступ по заявке не построен, поэтому доступа нет', 'access for a time upon request is not built, so there is none'],
  ),
  partly('P6.12', ['Сроки хранения задаёт реестр самой компании.', 'Terms are set by the company’s own register.'], {
    control: 'server/people/register/edit-activity.ts',
    proofs: ['register', 'term_runs'],
    evidence: 'activities',
    lacks: ['возврат и уничтожение при конце договора не построены', 'return and destruction at the end of the contract are not built'],
  }),
  partly('P6.13', ['Политика платформы отсылает к компании-оператору.', 'The platform’s policy sends people to the company that is the operator.'], {
    control: 'server/privacy/policy/words-ru.ts',
    proofs: ['policy_platform'],
    evidence: 'policy_versions',
    lacks: ['пересылка обращения нужному оператору с отметкой времени не построена', 'handing a request on to the right operator with its time is not built'],
  }),
]
