import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(?:js|css|html|svg|webmanifest|json)$/
const WORTH_BYTES = 1024

/** Lays a .br and a .gz beside every text file of the build, so that the server compresses nothing while people wait. */
export function precompress(): Plugin {
  let folder = ''
  return {
    name: 'precompress',
    apply: 'build',
    configResolved: ({ root, build }) => void (folder = resolve(root, build.outDir)),
    // Not `closeBundle`: that one also runs after a failure, and would hide its reason.
    writeBundle: () => compressIn(folder),
  }
}

function compressIn(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name)
    if (statSync(file).isDirectory()) compressIn(file)
    else if (TEXT.test(name)) compress(file)
  }
}

function compress(file: string): void {
  const bytes = readFileSync(file)
  if (bytes.length < WORTH_BYTES) return
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }))
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 10, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }))
}
