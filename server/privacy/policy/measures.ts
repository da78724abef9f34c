/**
 * The measures that a policy may speak of (152-ФЗ art. 18.1 ч.2, art. 19 ч.2): each names the clauses that code holds. A test refuses a measure
 * one of whose clauses nothing controls, so that the policy promises nothing that is not there.
 */
export const measures: readonly { clauses: readonly string[]; ru: string; en: string }[] = [
  {
    clauses: ['P5.8', 'P5.13'],
    ru: 'доступ по должности: право дано роли, роль — сотруднику, лишнего права нет ни у кого',
    en: 'access by post: a right belongs to a role, a role to a member of staff, nobody has a right too many',
  },
  {
    clauses: ['P5.9'],
    ru: 'журнал каждого просмотра и действия: записи скреплены деревом хешей и подписью, подделку находит отдельная программа',
    en: 'a log of every look and act: entries are bound by a hash tree and a signature, forgery is found by a program apart',
  },
  {
    clauses: ['P2.5', 'P4.22'],
    ru: 'шифрование каждого человека своими ключами, ключи — в отдельной базе',
    en: 'encryption of each person under keys of their own, keys in a database apart',
  },
  { clauses: ['P3.5', 'P6.1'], ru: 'разделение компаний на уровне базы данных', en: 'companies kept apart by the database itself' },
  { clauses: ['P5.2'], ru: 'учёт целей, данных, сроков и порядка уничтожения в реестре', en: 'a register of purposes, data, terms and ways of destruction' },
  {
    clauses: ['P5.11'],
    ru: 'предел раскрытий в час и приманки, о раскрытии которых сообщается сразу',
    en: 'an hourly limit of reveals, and decoys whose opening is reported at once',
  },
  { clauses: ['P5.12'], ru: 'восстановление после сбоя, при котором уничтоженные остаются уничтоженными', en: 'recovery after a failure in which the destroyed stay destroyed' },
  { clauses: ['P5.22'], ru: 'блокирование и уничтожение по установленному порядку', en: 'restriction and destruction in a set order' },
]
