import type { HashedData, PersonalData } from '../../contract/personal-data.ts'

export const kernelByHash: readonly HashedData[] = [
  {
    table: 'idempotency_keys',
    purposes: ['request_handling'],
    what: {
      ru: 'ключевой хэш запроса и кто его послал, чтобы повтор не сделал второго действия',
      en: 'keyed hash of a request and who sent it, so that a repetition is not done twice',
    },
    until: { ru: '30 дней; ответ, показанный один раз, – сутки', en: 'thirty days; an answer that was shown once, a day' },
  },
]

let handedOver: readonly PersonalData[] | null = null

/** Called once by the file that puts the modules together, before the first act: what all of them keep about people. */
export function handOverPersonalData(declarations: readonly PersonalData[]): void {
  handedOver = declarations
}

/** What the modules keep about people, for those who may not know them: an answer, a destruction. To know of nothing would make either of them untrue, so it throws. */
export function declaredPersonalData(): readonly PersonalData[] {
  if (handedOver === null) throw new Error('nobody has handed over what the modules keep about people')
  return handedOver
}
