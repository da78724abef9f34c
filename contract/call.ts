import type { z } from 'zod'
import { isLook, type Endpoint } from './endpoint.ts'
import { type ErrorBody, type ErrorCode, errors } from './errors.ts'

/** A refusal of the server, or `unavailable` with status 0 when no answer came. `fields` name what is wrong where. */
export class ApiError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly body: ErrorBody
  constructor(code: ErrorCode, status: number, body: ErrorBody) {
    super(body.message)
    this.name = 'ApiError'
    this.code = code
    this.status = status
    this.body = body
  }
  get fields(): { at: string; why: string }[] {
    return this.body.fields ?? []
  }
  get requestId(): string | undefined {
    return this.body.requestId
  }
}

export type CallOptions = {
  /** Names this act for ever: a repeat with the same key is carried out once. Made anew when left out. */
  idempotencyKey?: string
  signal?: AbortSignal
  /** Of an answer, in milliseconds. */
  timeoutMs?: number
  /** Of bytes: which of the endpoint's types they are; the first when left out. */
  contentType?: string
}

const retryDelaysMs = [300, 1200]
const answerTimeoutMs = 30_000
let language: 'ru' | 'en' = 'ru'

let isNobodyThere = (): boolean => false

/** Whether a screen that asks by itself is alone: then its questions do not keep the session alive. */
export function askWhetherAlone(ask: () => boolean): void {
  isNobodyThere = ask
}

/** In which language refusals are worded. */
export function speak(chosen: 'ru' | 'en'): void {
  language = chosen
}

/** `/leads/:leadId` and `{ leadId, page }` → `/api/leads/…?page=…`; what is not in the path is left over for the body. Beside bytes everything else goes into the query. */
export function addressOf(endpoint: Pick<Endpoint, 'method' | 'path' | 'accepts'>, input: Record<string, unknown>): { url: string; rest: Record<string, unknown> } {
  const rest = { ...input }
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name]
    delete rest[name]
    if (value === undefined || value === null || value === '') throw new Error(`${endpoint.path} needs ${name}`)
    return encodeURIComponent(String(value as string | number | boolean))
  })
  if (endpoint.method !== 'GET' && !endpoint.accepts) return { url: `/api${path}`, rest }
  const query = new URLSearchParams()
  const { body, ...named } = rest
  for (const [name, value] of Object.entries(endpoint.accepts ? named : rest)) {
    for (const each of Array.isArray(value) ? value : [value]) if (each !== undefined && each !== null) query.append(name, String(each))
  }
  return { url: `/api${path}${query.size > 0 ? `?${query}` : ''}`, rest: endpoint.accepts ? { body } : {} }
}

function unreachable(cause: unknown): ApiError {
  const error = new ApiError('unavailable', 0, { error: 'unavailable', message: errors.unavailable[language] })
  error.cause = cause
  return error
}

async function refusal(response: Response): Promise<ApiError> {
  const body: unknown = await response.json().catch(() => null)
  if (body && typeof body === 'object' && 'error' in body && typeof body.error === 'string' && body.error in errors) {
    const known = body as ErrorBody
    return new ApiError(known.error, response.status, { ...known, message: known.message ?? errors[known.error][language] })
  }
  const code: ErrorCode = response.status >= 502 ? 'unavailable' : 'internal'
  return new ApiError(code, response.status, { error: code, message: errors[code][language] })
}

/** Asks once more only where it cannot do harm: reading, and acts that carry a key. */
function isWorthAnotherTry(error: unknown, method: Endpoint['method']): boolean {
  if (method !== 'GET' && method !== 'POST') return false
  return error instanceof ApiError && error.code === 'unavailable'
}

async function once(url: string, request: RequestInit, timeoutMs: number): Promise<unknown> {
  const deadline = AbortSignal.timeout(timeoutMs)
  const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline
  const response = await fetch(url, { ...request, signal }).catch((cause: unknown) => {
    if (request.signal?.aborted) throw cause
    throw unreachable(cause)
  })
  if (!response.ok) throw await refusal(response)
  return response.status === 204 ? {} : response.json()
}

/**
 * Asks the server. Input and answer are the endpoint's own types; the server has parsed the answer by the same contract, so it is not parsed twice.
 * @throws ApiError; DOMException `AbortError` when `signal` was aborted.
 */
export async function call<I extends z.ZodType, O extends z.ZodType>(endpoint: Endpoint<I, O>, input: z.input<I>, options: CallOptions = {}): Promise<z.output<O>> {
  const { url, rest } = addressOf(endpoint, (input ?? {}) as Record<string, unknown>)
  const headers: Record<string, string> = { 'x-requested-with': 'infotech', accept: 'application/json', 'accept-language': language }
  const request: RequestInit = { method: endpoint.method, headers, credentials: 'same-origin' }
  if (options.signal) request.signal = options.signal
  if (endpoint.accepts) {
    headers['content-type'] = options.contentType ?? endpoint.accepts.types[0] ?? 'application/octet-stream'
    request.body = rest.body as BodyInit
  } else if (endpoint.method !== 'GET') {
    headers['content-type'] = 'application/json'
    request.body = JSON.stringify(rest)
  }
  if (endpoint.method === 'GET' && isNobodyThere()) headers['x-background'] = '1'
  if (endpoint.method === 'POST' && !isLook(endpoint)) headers['idempotency-key'] = options.idempotencyKey ?? crypto.randomUUID()
  for (let attempt = 0; ; attempt++) {
    try {
      return (await once(url, request, options.timeoutMs ?? answerTimeoutMs)) as z.output<O>
    } catch (error) {
      const delayMs = retryDelaysMs[attempt]
      if (delayMs === undefined || !isWorthAnotherTry(error, endpoint.method)) throw error
      await new Promise((resolve) => setTimeout(resolve, delayMs))
    }
  }
}
