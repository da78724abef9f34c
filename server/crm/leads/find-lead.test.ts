import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Stage } from '../../../test/stage.ts'
import { byHand, closeLeadsStage, office, openLeadsStage } from './leads-stage.ts'

let at: Stage
before(async () => void (at = await openLeadsStage()))
after(closeLeadsStage)

test('whoever was told a number finds the lead and the working list, and nobody finds what they may not see', async () => {
  const { dealer, anna, boris, vera } = await office(at)
  const { leadId, number, personId } = await byHand(boris)
  const found = await vera.get<{ id: string; number: number; source: string }>(`/leads/numbers/${number}`)
  assert.deepEqual([found.status, found.body.id, found.body.number, found.body.source], [200, leadId, number, 'phone'])
  const opened = await vera.post<{ id: string; number: number }>('/deals', { personId })
  const deal = await vera.get<{ id: string; stage: string }>(`/deals/numbers/${opened.body.number}`)
  assert.deepEqual([deal.body.id, deal.body.stage], [opened.body.id, 'contact'])
  const stranger = await at.hire('head_of_sales', { dealer: await at.dealer() })
  const gleb = await at.hire('seller', { dealer })
  for (const who of [stranger, gleb]) for (const path of [`/leads/numbers/${number}`, `/deals/numbers/${opened.body.number}`]) assert.equal((await who.get(path)).status, 404, path)
  assert.equal((await anna.get('/leads/numbers/no')).status, 422)
  assert.equal((await at.stranger.get(`/leads/numbers/${number}`)).status, 401)
})
