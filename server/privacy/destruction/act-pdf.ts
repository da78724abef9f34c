import { destructionAct as t } from '../../../i18n/ru/destruction-act.ts'
import type { Block, PdfDocument } from '../../platform/pdf/document.ts'
import { keptUntil, type ActColumns } from './act-row.ts'
import type { RecipientRow } from './recipients.ts'

/** What the pages need beside the row: who had the data and has heard by `at`, who signs (their name is opened for this rendering alone) and the proof. */
export type Printing = {
  act: ActColumns
  zone: string
  at: Date
  recipients: readonly RecipientRow[]
  signer: { position: string; name: string } | null
  proof: { index: number; size: number; note: string } | null
}

const day = (zone: string, at: Date): string => new Intl.DateTimeFormat('ru', { dateStyle: 'long', timeZone: zone }).format(at)
const moment = (zone: string, at: Date): string => new Intl.DateTimeFormat('ru', { dateStyle: 'long', timeStyle: 'long', timeZone: zone }).format(at)
const named = (names: Record<string, string>, code: string): string => names[code] ?? code
/** A field of the order that an old row lacks says so: an empty one would read as if it were whole. */
const subjectsOf = ({ personIds: [first, ...more] }: ActColumns): string => (first === undefined ? t.notRecorded : more.length === 0 ? first : t.listed(more.length + 1))
const categoriesOf = ({ categories }: ActColumns): string => (categories.length === 0 ? t.notRecorded : categories.map((code) => named(t.categoryNames, code)).join('; '))
const plainDay = (date: string): string => date.split('-').toReversed().join('.')

const frame = (title: string, { act, zone }: Printing, blocks: readonly Block[]): PdfDocument => ({
  title: `${title} ${t.number(act.number, day(zone, act.at))}`,
  footer: `${act.operatorName}. ${t.order}`,
  pageOf: t.pageOf,
  blocks: [{ kind: 'title', text: title, under: `${t.number(act.number, day(zone, act.at))} · ${t.order}` }, ...blocks],
})

/** The act with every field of п.3 «а»–«к», signed by whoever did it. */
export function actPdf(printing: Printing): PdfDocument {
  const { act, zone, signer } = printing
  const name = signer?.name ?? ''
  const executor = act.executorId ? `${name}, ${signer?.position ?? act.executorPosition ?? ''}` : t.byJob(signer?.position ?? '', name)
  const rows: [string, string][] = [
    [t.operator, `${act.operatorName}, ИНН ${act.operatorInn}, ОГРН ${act.operatorOgrn}. ${act.operatorAddress}`],
    [t.processor, act.processorName ? `${act.processorName}. ${act.processorAddress ?? ''}` : t.noProcessor],
    [t.subjects, subjectsOf(act)],
    [t.executor, executor],
    [t.categories, categoriesOf(act)],
    [t.media, t.noMedia],
    [t.system, t.systems[act.system]],
    [t.method, t.methods[act.method]],
    [t.reason, t.reasons[act.reason]],
    [t.date, moment(zone, act.at)],
    ...(act.requestNumber === null ? [] : [[t.requestTitle, t.request(act.requestNumber)] as [string, string]]),
  ]
  const counted = Object.entries(act.counts).map(([code, count]): [string, string] => [named(t.countNames, code), String(count)])
  return frame(t.act, printing, [
    { kind: 'facts', rows },
    { kind: 'text', text: t.subjectsHint },
    ...(act.personIds.length > 1 ? [{ kind: 'list', items: act.personIds } as const] : []),
    { kind: 'heading', text: t.counts },
    counted.length > 0 ? { kind: 'facts', rows: counted } : { kind: 'text', text: t.notRecorded },
    ...recipientBlocks(printing),
    ...proofBlocks(printing),
    { kind: 'text', text: t.kept(plainDay(keptUntil(act))) },
    { kind: 'signature', position: signer?.position ?? '', name, hint: t.signature },
  ])
}

/** The extract from the log with every field of п.5, a line for each person. */
export function journalPdf(printing: Printing): PdfDocument {
  const { act, zone } = printing
  const head = t.journalHead
  const rows = act.personIds.map((id) => [id, categoriesOf(act), t.systems[act.system], t.reasons[act.reason], moment(zone, act.at)])
  return frame(t.journal, printing, [
    { kind: 'facts', rows: [[t.operator, `${act.operatorName}. ${act.operatorAddress}`]] },
    { kind: 'table', head: [head.subject, head.categories, head.system, head.reason, head.at], rows, widths: [24, 28, 14, 18, 16] },
    ...recipientBlocks(printing),
    ...proofBlocks(printing),
    { kind: 'text', text: t.kept(plainDay(keptUntil(act))) },
  ])
}

/** Told is only who has confirmed it by the day of printing; everybody else is named as not told yet, since when. */
function recipientBlocks({ zone, at, recipients }: Printing): Block[] {
  if (recipients.length === 0) return []
  const items = recipients.map(({ name, number, queuedAt, toldAt, how }) =>
    t.recipientOf(name, number, toldAt && how ? t.told(t.heard[how], day(zone, toldAt)) : t.notTold(day(zone, queuedAt))),
  )
  return [
    { kind: 'heading', text: t.recipients(day(zone, at)) },
    { kind: 'list', items },
  ]
}

function proofBlocks({ act, proof }: Printing): Block[] {
  if (!proof || act.eventId === null)
    return [
      { kind: 'heading', text: t.proof },
      { kind: 'text', text: t.notSealed },
    ]
  return [
    { kind: 'heading', text: t.proof },
    { kind: 'text', text: t.proofOf(act.eventId, proof.index, proof.size) },
    { kind: 'text', text: proof.note },
  ]
}
