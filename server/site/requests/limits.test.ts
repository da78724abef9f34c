import assert from 'node:assert/strict'
import { test } from 'node:test'
import { visitor } from '../../kernel/index.ts'
import type { Ctx } from '../../kernel/index.ts'
import { networkLimit, networkOf } from './limits.ts'

test('one customer’s /64 of IPv6 is one network, however its zeros are written; an IPv4 address is itself', () => {
  const same = ['2001:db8::1', '2001:db8::2:3:4:5', '2001:db8::ffff:1', '2001:db8:0:0:9:8:7:6'].map(networkOf)
  assert.deepEqual([...new Set(same)], ['2001:db8:0:0'])
  assert.notEqual(networkOf('2001:db8:0:1::1'), same[0])
  assert.deepEqual(['2a03:b0c0:1:2:3::4', '2a03:b0c0:1:2::'].map(networkOf), ['2a03:b0c0:1:2', '2a03:b0c0:1:2'])
  assert.deepEqual(['203.0.113.7', '::ffff:203.0.113.7', '::1'].map(networkOf), ['203.0.113.7', '::ffff:203.0.113.7', '0:0:0:0'])
})

test('a door counts a network, whoever of it comes, and another network apart', () => {
  const count = networkLimit(2)
  const from = (addressKey: string): void =>
    count({ tenantId: 'zvezda', actor: visitor, caller: { device: '', language: 'ru', addressKey }, now: () => new Date(0) } as unknown as Ctx)
  from('2001:db8::1')
  from('2001:db8::2')
  assert.throws(() => from('2001:db8::3'), { code: 'too_many' })
  from('198.51.100.1')
})
