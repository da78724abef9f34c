import { brotliDecompressSync, gunzipSync } from 'node:zlib'

/** The text of an answer, however it was packed for the way. */
export const unpack = (bytes: Buffer, encoding: string | undefined): string =>
  (encoding === 'br' ? brotliDecompressSync(bytes) : encoding === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8')
