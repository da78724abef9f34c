/** A worker that takes a job and never finishes it; the test kills it. */
import type pg from 'pg'
import { openJobRunner } from './runner.ts'

await openJobRunner({
  database: JSON.parse(process.argv[2] ?? '{}') as pg.PoolConfig,
  log: () => {},
  handlers: {
    hold: () => {
      process.send?.('holding')
      return new Promise(() => {})
    },
  },
})
