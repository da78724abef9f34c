/** A visitor with a browser of sorts: keeps cookies, fills in the forms it finds, follows no redirect by itself. */
import { randomUUID } from 'node:crypto'
import type { Dealer } from '../../test/dealer.ts'
import type { Stage } from '../../test/stage.ts'
import { consentKinds, type ConsentKind, type ConsentParts } from '../../contract/consent/consent.ts'
import { renderText } from '../../contract/consent/render-text.ts'
import { sha256Of } from '../consent/texts/text-hash.ts'

export type Page = { status: number; body: string; location: string; headers: Record<string, unknown>; setCookies: string[] }
export type Browser = {
  cookies: Map<string, string>
  get: (path: string, headers?: Record<string, string>) => Promise<Page>
  post: (path: string, fields: Record<string, string>, headers?: Record<string, string>) => Promise<Page>
  /** The hidden fields of the last page's form that is sent to this address. */
  hidden: (action: string) => Record<string, string>
}

export function openBrowser(it: Stage, always: Record<string, string> = {}): Browser {
  const cookies = new Map<string, string>()
  let last = ''
  const visit = async (method: 'GET' | 'POST', path: string, headers: Record<string, string>, payload?: string): Promise<Page> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await it.app.http.inject({
      method,
      url: path,
      headers: {
        ...(cookie ? { cookie } : {}),
        ...(payload === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost' }),
        ...always,
        ...headers,
      },
      ...(payload === undefined ? {} : { payload }),
    })
    const setCookies = [reply.headers['set-cookie'] ?? []].flat()
    for (const line of setCookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      if (/Max-Age=0(?:;|$)/.test(line)) cookies.delete(name)
      else cookies.set(name, value)
    }
    if (method === 'GET') last = reply.body
    return { status: reply.statusCode, body: reply.body, location: String(reply.headers.location ?? ''), headers: reply.headers, setCookies }
  }
  return {
    cookies,
    get: (path, headers = {}) => visit('GET', path, headers),
    post: (path, fields, headers = {}) => visit('POST', path, headers, new URLSearchParams(fields).toString()),
    hidden: (action) => {
      const form = last.split('<form').find((part) => part.includes(`action="${action}"`)) ?? ''
      return Object.fromEntries([...form.matchAll(/<input\s+type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"/g)].map(([, name, value]) => [name, value]))
    },
  }
}

/** One text of each kind, published by somebody of the company; the ids by kind. */
export async function publishTexts(it: Stage, dealer: Dealer): Promise<Record<ConsentKind, string>> {
  const officer = await it.hire('privacy_officer', { dealer })
  const parts: ConsentParts = {
    operator: { name: dealer.name, address: 'Москва, ул. Новая, 1' },
    purpose: 'Ответ на обращение.',
    data: ['имя', 'номер телефона'],
    processors: [],
    operations: ['сбор', 'хранение'],
    methods: 'Автоматизированная обработка.',
    term: 'Один год или до отзыва.',
    withdrawal: 'Письмом по адресу оператора.',
  }
  const ids = Object.fromEntries(consentKinds.map((kind) => [kind, randomUUID()])) as Record<ConsentKind, string>
  for (const kind of consentKinds) {
    const body = renderText(kind, parts)
    await it.owner.query(
      `insert into consent_texts (tenant_id, id, kind, version, parts, body, body_sha256, valid_days, published_by, published_at) values ($1, $2, $3, 1, $4, $5, $6, 365, $7, $8)`,
      [dealer.tenantId, ids[kind], kind, JSON.stringify(parts), body, sha256Of(body), officer.employeeId, it.clock.now],
    )
  }
  return ids
}

/** A model on show. */
export async function showModelOf(it: Stage, dealer: Dealer): Promise<void> {
  await it.owner.query(
    `insert into site_models (tenant_id, model_id, headline, body_type, price_from_kopecks, trims) values ($1, $2, 'Для города', 'crossover', 239000000, '[{"name":"Старт","priceKopecks":239000000},{"name":"Стиль","priceKopecks":260000000}]')`,
    [dealer.tenantId, dealer.modelId],
  )
}
