import { Worker } from 'node:worker_threads'
import type { PdfDocument } from './document.ts'

const IDLE_MS = 60_000
type Waiting = { done: (bytes: Buffer) => void; failed: (error: Error) => void }
type Answer = { id: number; bytes?: Uint8Array; failed?: string }

/** One thread for all documents of the process: fonts are read once. It goes when nobody has asked for a minute, and never keeps the process alive. */
class PdfThread {
  readonly #waiting = new Map<number, Waiting>()
  #worker: Worker | null = null
  #idle: NodeJS.Timeout | undefined
  #next = 0

  render(document: PdfDocument): Promise<Buffer> {
    clearTimeout(this.#idle)
    const worker = (this.#worker ??= this.#start())
    worker.ref()
    return new Promise((done, failed) => {
      const id = this.#next++
      this.#waiting.set(id, { done, failed })
      worker.postMessage({ id, document })
    })
  }

  #start(): Worker {
    const worker = new Worker(new URL('pdf-worker.ts', import.meta.url))
    worker.on('message', (answer: Answer) => this.#settle(answer))
    worker.on('error', () => this.#lose(worker))
    worker.on('exit', () => this.#lose(worker))
    return worker
  }

  #settle({ id, bytes, failed }: Answer): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    if (bytes) waiting?.done(Buffer.from(bytes))
    else waiting?.failed(new Error(`a document could not be laid out: ${failed}`))
    if (this.#waiting.size > 0) return
    this.#worker?.unref()
    this.#idle = setTimeout(() => void this.#worker?.terminate(), IDLE_MS)
    this.#idle.unref()
  }

  #lose(worker: Worker): void {
    if (this.#worker !== worker) return
    this.#worker = null
    for (const { failed } of this.#waiting.values()) failed(new Error('the thread that lays documents out has ended'))
    this.#waiting.clear()
  }
}

const thread = new PdfThread()

/** Lays a document out as PDF, in a thread of its own. */
export const renderPdf = (document: PdfDocument): Promise<Buffer> => thread.render(document)
