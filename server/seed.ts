/** Fills an empty demo, in a process of its own that ends: the launcher, which lives as long as the system, stays small. */
import pg from 'pg'
import { demoSignIns, seedDemo } from './demo/index.ts'
import { markDemo } from './platform/db/demo-mark.ts'
import { readRuntime } from './platform/config/runtime.ts'
import { openBulkSealer } from './vault/bulk.ts'

const PROGRESS_EVERY_MS = 2000

const runtime = readRuntime('seed')
const pool = new pg.Pool({ ...runtime.database, max: 4 })
const sealer = await openBulkSealer(runtime.vault)
const told = new Map<string, number>()
const begunAt = Date.now()
let toldAt = begunAt

await markDemo(runtime.database)
const { people } = await seedDemo({ pool, sealer, now: new Date(), peoplePerDealer: runtime.peoplePerDealer, progress: tell })
console.log(`The demo is there: ${people.toLocaleString('en')} clients, ${demoSignIns().length} places of work, filled in ${Math.round((Date.now() - begunAt) / 1000)} s.`)
await sealer.close()
await pool.end()

function tell(progress: { company: string; people: number; total: number }): void {
  told.set(progress.company, progress.people)
  if (Date.now() - toldAt < PROGRESS_EVERY_MS) return
  toldAt = Date.now()
  const sum = [...told.values()].reduce((total, each) => total + each, 0)
  console.log(`  ${sum.toLocaleString('en')} clients so far…`)
}
