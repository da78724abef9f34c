import { z } from 'zod'
import { After } from '../after.ts'
import { get, post } from '../endpoint.ts'
import { page, Paging } from '../paging.ts'
import { Upload } from '../upload.ts'
import { interests } from './lead.ts'

export const LEAD_FILE_MAX_BYTES = 50 * 1024 * 1024
export const leadFileTypes = ['text/csv', 'application/octet-stream', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', 'text/plain'] as const
export const leadFileStatuses = ['uploaded', 'checking', 'checked', 'importing', 'imported', 'undoing', 'undone', 'failed'] as const
export type LeadFileStatus = (typeof leadFileStatuses)[number]
/** On what the people of a file are held, as the one who uploads attests (152-ФЗ art. 6 ч.1 п.5 their own request, п.1 consent; art. 9 ч.3: the operator proves it). */
export const leadFileBases = ['contract', 'consent'] as const

/** What a column can mean. `skip`: it is not read. */
export const leadFileFields = [
  'skip',
  'fullName',
  'surname',
  'given',
  'patronymic',
  'phone',
  'email',
  'model',
  'year',
  'vin',
  'plate',
  'interest',
  'comment',
  'externalRef',
] as const
export type LeadFileField = (typeof leadFileFields)[number]
export const leadFileRowStatuses = ['good', 'bad', 'imported', 'undone', 'kept', 'failed'] as const

export const LeadFile = z.object({
  id: z.uuid(),
  sourceId: z.uuid(),
  source: z.string(),
  uploadedBy: z.uuid(),
  format: z.enum(['csv', 'xlsx']),
  basis: z.enum(leadFileBases),
  interest: z.enum(interests),
  status: z.enum(leadFileStatuses),
  mapping: z.array(z.enum(leadFileFields)),
  /** Rows read so far; `good` + `bad` when checked. `known`: good rows whose person is in the base already. */
  rows: z.object({
    total: z.number().int(),
    good: z.number().int(),
    bad: z.number().int(),
    known: z.number().int(),
    done: z.number().int(),
    kept: z.number().int(),
    undone: z.number().int(),
    failed: z.number().int(),
  }),
  problem: z.string().nullable(),
  createdAt: z.iso.datetime(),
  version: z.number().int(),
})
export type LeadFile = z.output<typeof LeadFile>

/** A row of the report: where and what, never the value. `column` counts from 1; null: the whole row. */
export const LeadFileRow = z.object({
  line: z.number().int(),
  status: z.enum(leadFileRowStatuses),
  problems: z.array(z.object({ column: z.number().int().nullable(), code: z.string() })),
  leadId: z.uuid().nullable(),
})
export type LeadFileRow = z.output<typeof LeadFileRow>

const FileId = z.object({ fileId: z.uuid() })
const Versioned = FileId.extend({ version: z.number().int() })

export const leadFiles = {
  upload: post('/lead-files', {
    can: 'lead.import',
    purpose: 'request_handling',
    personal: true,
    // It makes something, so it must not be done twice: who repeats it gets the first answer, which is kept sealed.
    shownOnce: true,
    summary: 'Upload a CSV or XLSX of leads; whoever uploads attests on what basis its people are held. The answer shows the headings and what they seem to mean',
    accepts: { types: leadFileTypes, maxBytes: LEAD_FILE_MAX_BYTES, isStreamed: true },
    input: z.object({
      sourceId: z.uuid(),
      basis: z.enum(leadFileBases),
      attested: z.literal('yes'),
      interest: z.enum(interests).default('callback'),
      fileName: z.string().trim().max(200).default('leads.csv'),
      body: Upload,
    }),
    output: z.object({ id: z.uuid(), version: z.number().int(), headings: z.array(z.string()), mapping: z.array(z.enum(leadFileFields)) }),
  }),
  list: get('/lead-files', { can: 'lead.import', summary: 'Uploaded files, newest first', input: z.object({ ...Paging }), output: page(LeadFile) }),
  get: get('/lead-files/:fileId', { can: 'lead.import', summary: 'One file and how far it is', input: FileId, output: LeadFile }),
  rows: get('/lead-files/:fileId/rows', {
    can: 'lead.import',
    summary: 'The report row by row: what is wrong where, without values',
    input: FileId.extend({ ...Paging, status: z.enum(leadFileRowStatuses).default('bad') }),
    output: page(LeadFileRow),
  }),
  check: post('/lead-files/:fileId/check', {
    can: 'lead.import',
    purpose: 'request_handling',
    summary: 'Dry run: every row is checked, nothing is made',
    input: Versioned.extend({ mapping: z.array(z.enum(leadFileFields)).min(1).max(64), interest: z.enum(interests) }),
    output: After,
  }),
  commit: post('/lead-files/:fileId/import', { can: 'lead.import', purpose: 'request_handling', summary: 'Import the good rows', input: Versioned, output: After }),
  undo: post('/lead-files/:fileId/undo', {
    can: 'lead.import',
    purpose: 'request_handling',
    dangerous: true,
    summary: 'Undo an import; rows that a person has worked on since are kept',
    input: Versioned,
    output: After,
  }),
  errors: post('/lead-files/:fileId/errors', {
    can: 'lead.import',
    purpose: 'request_handling',
    personal: true,
    summary: 'The bad rows as CSV with a column that says why, to be corrected and uploaded again; leaves a trace',
    input: FileId,
    output: z.object({ csv: z.string(), rows: z.number().int(), isCut: z.boolean() }),
  }),
}
