import type { HashedData } from '../../contract/personal-data.ts'

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
