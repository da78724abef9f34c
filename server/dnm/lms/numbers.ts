import type { NetworkLead } from '../../../contract/dnm/network-lead.ts'

/** Systems of dealers know numbers where we know ids: the last 28 bits of one, which are random. The same id always has the same number. */
export const numberOf = (id: string): number => Number.parseInt(id.slice(-7), 16)

type Kind = { type: number; code: string; name: string; department: number; buys: boolean; credit: boolean; tradeIn: boolean; service: boolean }
const buying = { buys: true, credit: false, tradeIn: false, service: false }

/** Types of request and departments by the numbers that dealers' integrations tell apart already. */
export const kindOf: Record<NetworkLead['interest'], Kind> = {
  new_car: { type: 15, code: 'new_car', name: 'Заявка на новый автомобиль', department: 1, ...buying },
  used_car: { type: 36, code: 'used_car', name: 'Заявка на автомобиль с пробегом', department: 2, ...buying },
  test_drive: { type: 3, code: 'test_drive', name: 'Тест-драйв', department: 1, ...buying },
  trade_in: { type: 18, code: 'trade_in', name: 'Оценка автомобиля', department: 2, ...buying, tradeIn: true },
  service: { type: 9, code: 'service', name: 'Запись на сервис', department: 3, buys: false, credit: false, tradeIn: false, service: true },
  credit: { type: 24, code: 'credit', name: 'Вопрос о кредите', department: 4, ...buying, credit: true },
  callback: { type: 27, code: 'callback', name: 'Обратный звонок', department: 1, ...buying, buys: false },
  question: { type: 6, code: 'question', name: 'Вопрос', department: 1, ...buying, buys: false },
}
