import { held, partly, type Clause } from './clause.ts'

/** Principles (152-ФЗ art. 5). */
export const p3: readonly Clause[] = [
  held('P3.1', ['Каждый срок и каждое основание в программе названы статьёй, из которой взяты.', 'Every term and every basis in the program names the article it comes from.'], {
    control: 'server/privacy/terms/due-of.ts',
    proofs: ['terms', 'calendar_year'],
    evidence: 'law_without_article',
  }),
  held('P3.2', ['Человека нельзя завести без основания с доказательством.', 'Nobody can be taken in without a ground and its evidence.'], {
    control: 'server/people/persons/add-person.ts',
    proofs: ['no_ground', 'demo_grounds', 'site_refused'],
    evidence: 'live_grounds',
  }),
  partly(
    'P3.3',
    [
      'Цели — закрытый список; реестр связывает с ними каждую строку до того, как по ней кого-то держат.',
      'Purposes are a closed list; the register ties each line to them before anybody is held by it.',
    ],
    {
      control: 'contract/purposes.ts',
      proofs: ['register', 'founded'],
      evidence: 'activities_incomplete',
      lacks: ['утверждение новой цели ответственным отдельным шагом не построено', 'approval of a new purpose as a step of its own is not built'],
    },
  ),
  held('P3.4', ['Для цели, которой нет в действующем основании, данные не откроются.', 'For a purpose that no live ground names, data does not open.'], {
    control: 'server/vault/acts/held.ts',
    proofs: ['reveal_purpose', 'reveal_class'],
    evidence: 'looks_by_purpose',
  }),
  held(
    'P3.5',
    [
      'Люди разных компаний не встречаются: ни строки, ни отпечатки одной ничего не значат для другой.',
      'People of different companies never meet: neither rows nor hashes of one mean anything to another.',
    ],
    {
      control: 'server/platform/db/tenant-plugin.ts',
      proofs: ['isolation_rows', 'row_security', 'token_company'],
      evidence: 'people_by_kind',
    },
  ),
  held('P3.6', ['Строка реестра называет классы сведений; остальные для неё закрыты.', 'The line of the register names classes of facts; the others are closed to it.'], {
    control: 'server/vault/acts/reveal.ts',
    proofs: ['reveal_class', 'register'],
    evidence: 'activities_incomplete',
  }),
  partly(
    'P3.7',
    [
      'Из файла берутся только столбцы, которым назначено место; остальное не сохраняется в карточке.',
      'Of a file only the columns with a place are taken; the rest does not reach the card.',
    ],
    {
      control: 'server/crm/intake/table/guess-mapping.ts',
      proofs: ['file_columns', 'file_gone'],
      evidence: 'sealed_facts',
      lacks: ['файл целиком хранится запечатанным ещё тридцать дней, лишние столбцы в нём остаются', 'the whole file stays sealed for thirty days, columns too many included'],
    },
  ),
  held(
    'P3.8',
    ['Исправление заменяет сведения и поиск по ним; потерянную правку видно обоим.', 'A correction replaces facts and how they are found; a lost update is shown to both.'],
    {
      control: 'server/people/persons/edit-person.ts',
      proofs: ['correction', 'normal_name', 'asked_corrected'],
      evidence: 'corrections',
    },
  ),
  held(
    'P3.9',
    [
      'Срок хранения даёт строка реестра; отсчёт начинается в день, когда цель достигнута.',
      'The term comes from the line of the register and runs from the day the purpose is reached.',
    ],
    {
      control: 'server/platform/calendar/term-end.ts',
      proofs: ['term_runs', 'year_end'],
      evidence: 'activities',
    },
  ),
  held(
    'P3.10',
    [
      'Достигнутая цель запускает срок; ночная задача уничтожает тех, кого больше ничто не держит.',
      'A purpose reached starts the term; a nightly job destroys those whom nothing holds any more.',
    ],
    {
      control: 'server/people/persons/destroy-due.ts',
      proofs: ['destroyed', 'officer_ends', 'gone_night'],
      evidence: 'destroyed',
    },
  ),
  partly(
    'P3.11',
    ['Просмотр сверх разумного останавливает часовой предел, приманка поднимает тревогу.', 'Looking beyond reason is stopped by an hourly limit, and a decoy rings.'],
    {
      control: 'server/vault/quota.ts',
      proofs: ['reveal_quota', 'reveal_canary'],
      evidence: 'alarms',
      lacks: ['взгляд на карточку родственника или свою собственную не отмечается', 'a look at one’s own card or a relative’s is not flagged'],
    },
  ),
]
