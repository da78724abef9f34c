/** A dealer whose own system asks for its requests: it is no company of this platform, so nobody there hears of anything before that system asks. */
import type { APIRequestContext } from '@playwright/test'
import { ask, expect, type Page } from './cast.ts'

type PollingDealer = { name: string; networkOutletId: string; /** Numbers of the requests that its system has fetched as new. */ poll: () => Promise<number[]> }

let serial = 0
export async function pollingDealer(regional: Page, request: APIRequestContext): Promise<PollingDealer> {
  const mark = `${Date.now().toString(36)}${serial++}`
  const name = `Кама-Авто ${mark}`
  const dealer = await ask<{ id: string; version: number }>(regional, 'post', '/network/dealers', { code: `kama-${mark}`, name, delivery: 'poll' })
  const day = { opens: '00:00', closes: '23:59' }
  const place = {
    name: `Кама ${mark}`,
    city: 'Казань',
    address: 'г. Казань, пр. Победы, д. 1',
    timeZone: 'Europe/Moscow',
    hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((each) => [each, [day.opens, day.closes]])),
  }
  const { id: networkOutletId } = await ask<{ id: string }>(regional, 'post', `/network/dealers/${dealer.id}/outlets`, place)
  const { token } = await ask<{ token: string }>(regional, 'post', `/network/dealers/${dealer.id}/key`, { version: dealer.version })
  const poll = async (): Promise<number[]> => {
    const answer = await request.get('/api/lms/request?status=1', { headers: { authorization: `Bearer ${token}` } })
    expect(answer.status(), await answer.text()).toBe(200)
    return ((await answer.json()) as { id: number }[]).map(({ id }) => id)
  }
  return { name, networkOutletId, poll }
}
