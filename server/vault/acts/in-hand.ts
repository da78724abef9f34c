import { isJobTask, jobTask } from '../../../contract/jobs.ts'
import type { VaultContext } from '../context.ts'
import { look } from '../db.ts'
import { factClasses, type Asker, type RevealRequest } from '../protocol.ts'
import type { Verdict } from './held.ts'

const inHandText = `select distinct person_id from outbound_messages where tenant_id = $1 and person_id = any($2::uuid[]) and state = 'sending' and purpose = $3`
const everything: ReadonlySet<string> = new Set(factClasses)

/**
 * The sender of messages opens nobody but those to whom a message is being sent this moment, for the purpose of that message: it has no hourly limit, so
 * the rows it works through are its limit, and each can be looked at afterwards. An answer that is owed to a data subject (purpose `rights`) is
 * addressed whatever else is stopped (152-ФЗ art. 14, 20, 21). Of every other asker the verdict stays as it is.
 */
export async function boundToMessages(
  { main }: Pick<VaultContext, 'main'>,
  { tenantId, asker, request }: { tenantId: string; asker: Asker; request: Pick<RevealRequest, 'personIds' | 'purpose'> },
  verdicts: ReadonlyMap<string, Verdict>,
): Promise<ReadonlyMap<string, Verdict>> {
  if (asker.kind !== 'job' || !isJobTask(asker.task) || jobTask(asker.task).opens !== 'messages') return verdicts
  const [rows = []] = await look(main, tenantId, [{ name: 'messages-in-hand', text: inHandText, values: [`{${request.personIds.join(',')}}`, request.purpose] }])
  const inHand = new Set(rows.map((row) => row.person_id as string))
  return new Map(
    [...verdicts].map(([personId, verdict]): [string, Verdict] => {
      if (verdict.state === 'not_found') return [personId, verdict]
      if (!inHand.has(personId)) return [personId, { state: 'no_ground' }]
      return [personId, request.purpose === 'rights' ? { state: 'open', classes: everything } : verdict]
    }),
  )
}
