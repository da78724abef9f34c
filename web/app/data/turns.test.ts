import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTurns } from './turns.ts'

/** A row at the server with its lost-update check; every answer takes a while. */
function openRow() {
  let version = 1
  const sent: number[] = []
  return {
    sent,
    byAnother: () => void (version += 1),
    act: async (named: number): Promise<{ version: number }> => {
      sent.push(named)
      await new Promise((answer) => setImmediate(answer))
      if (named !== version) throw new Error('stale')
      return { version: (version += 1) }
    },
  }
}

test('two buttons pressed quickly, while the screen still shows the old version, both do their work', async () => {
  const [row, inTurn] = [openRow(), openTurns()]
  const [taken, restricted] = await Promise.all([inTurn(1, row.act), inTurn(1, row.act)])
  assert.deepEqual([taken.version, restricted.version, row.sent], [2, 3, [1, 2]])
})

test('what somebody else has changed meanwhile is refused, before our own act and between two of them', async () => {
  const [early, late] = [openRow(), openRow()]
  const first = openTurns()
  early.byAnother()
  await assert.rejects(first(1, early.act), /stale/)
  await assert.rejects(first(1, early.act), /stale/)
  const second = openTurns()
  await second(1, late.act)
  late.byAnother()
  await assert.rejects(second(1, late.act), /stale/)
  assert.equal((await second(3, late.act)).version, 4, 'whoever has seen it may go on')
})
