/**
 * Given names and patronymics of Russia with relative weights. Order within a list is by how common the name is among adults; the weights
 * (Zipf-like, below) are our own approximation and serve two things only: smoothing of search tokens and the demo's people.
 */
export type Weighted = { name: string; weight: number }
export type Sex = 'm' | 'f'

const men = `Александр Сергей Дмитрий Алексей Андрей Владимир Евгений Иван Михаил Максим Николай Павел Юрий Виктор Денис Игорь Антон Роман Олег Артём Виталий
Константин Илья Анатолий Валерий Василий Никита Кирилл Вячеслав Станислав Егор Руслан Вадим Пётр Борис Даниил Геннадий Григорий Леонид Тимур Марат Георгий Эдуард
Ярослав Артур Владислав Ринат Семён Альберт Матвей Степан Фёдор Лев Валентин Тимофей Глеб Ильдар Рустам Всеволод Арсений Филипп Аркадий Богдан Марк Захар Святослав
Айрат Ростислав Герман Ренат Давид Эльдар Яков Родион Назар Савелий Демид Мирон Платон Макар Азат Камиль Тигран Армен Ашот Гаджи Магомед Ахмед Мурад Шамиль Заур
Расул Аслан Казбек Ислам Руслан Данил Данила Климент Прохор Игнат Ефим Лаврентий Афанасий Иннокентий Ильяс Булат Дамир Алмаз Рашид Фарид Наиль Рафаэль Радик Салават`
const women = `Елена Анна Ольга Наталья Татьяна Ирина Екатерина Светлана Мария Юлия Анастасия Людмила Галина Марина Валентина Надежда Оксана Александра Нина Дарья
Любовь Виктория Алёна Евгения Лариса Ксения Вера Кристина Полина Тамара Алина Яна Алла Инна Жанна Валерия Зоя Маргарита Елизавета Диана Антонина Раиса Лидия
Вероника Лилия Регина Эльвира Алиса Карина Снежана Олеся Софья Варвара Ульяна Эвелина Римма Альбина Гульнара Ангелина Василиса Милана Ева Арина Кира Таисия Зинаида
Клавдия Роза Нелли Эльмира Динара Венера Айгуль Лейла Патимат Майя Ника Злата Стефания Агата Аделина Камилла Рената Инга Анжела Анжелика Марьяна Эмма Инесса Лия
Нонна Рада Софа София Наталия Дина Эмилия Фатима Мадина Залина Аида Зарина Гузель Алсу Ляйсан Лиана Сабина Виолетта Снежанна Владислава Ярослава Мирослава Серафима`

// The head of the list is flat and the tail long: 1/(rank + 4) keeps Александр near 8 % of men, as in the open registries of newborns' parents.
const weigh = (list: string): readonly Weighted[] => [...new Set(list.split(/\s+/))].map((name, at) => ({ name, weight: 1 / (at + 5) }))

export const maleNames: readonly Weighted[] = weigh(men)
export const femaleNames: readonly Weighted[] = weigh(women)

const irregular: Readonly<Record<string, string>> = {
  Илья: 'Ильич',
  Никита: 'Никитич',
  Данила: 'Данилович',
  Лев: 'Львович',
  Павел: 'Павлович',
  Пётр: 'Петрович',
  Михаил: 'Михайлович',
  Яков: 'Яковлевич',
  Гаджи: 'Гаджиевич',
}

/** The patronymic after a father's name: `patronymicOf('Юрий', 'f')` → `Юрьевна`. The rules of Russian grammar with their exceptions. */
export function patronymicOf(father: string, sex: Sex): string {
  const male = irregular[father] ?? regular(father)
  if (sex === 'm') return male
  // Ильич → Ильинична, Никитич → Никитична, Иванович → Ивановна.
  return male
    .replace(/ьич$/, 'ьинична')
    .replace(/итич$/, 'итична')
    .replace(/(о|е)вич$/, '$1вна')
}

function regular(father: string): string {
  const stem = father.slice(0, -1)
  // Юрий → Юрьевич, but Георгий → Георгиевич and Дмитрий → Дмитриевич: after г к х or two consonants the и stays.
  if (/[аеёиоуыэюя][бвдзлмнпрст]ий$/i.test(father)) return `${stem.slice(0, -1)}ьевич`
  if (/[йь]$/.test(father)) return `${stem}евич`
  return /[аяи]$/.test(father) ? `${stem}ович` : `${father}ович`
}

export const malePatronymics: readonly Weighted[] = maleNames.map(({ name, weight }) => ({ name: patronymicOf(name, 'm'), weight }))
export const femalePatronymics: readonly Weighted[] = maleNames.map(({ name, weight }) => ({ name: patronymicOf(name, 'f'), weight }))
