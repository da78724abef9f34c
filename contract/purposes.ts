/**
 * Why personal data is touched. Every act that touches people declares one; the vault opens a fact only
 * when the person is held on a ground whose activity names this purpose (152-ФЗ art. 5 ч.2).
 */
export const purposes = {
  request_handling: { ru: 'исполнение запроса клиента', en: 'answering the client’s request' },
  sale: { ru: 'продажа автомобиля', en: 'selling a car' },
  service: { ru: 'обслуживание автомобиля', en: 'servicing a car' },
  marketing: { ru: 'реклама с согласия', en: 'advertising with consent' },
  employment: { ru: 'работа сотрудников', en: 'work of the staff' },
  rights: { ru: 'права субъекта персональных данных', en: 'rights of the data subject' },
} as const

export type Purpose = keyof typeof purposes
export const purposeCodes = Object.keys(purposes) as [Purpose, ...Purpose[]]
