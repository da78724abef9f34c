/** A line of a stack: `    at name (file:///…:12:3)`. A message may have several lines, and they may look like anything else. */
const PLACE = /^\s+at (?:[\w.$<>#[\] ]+ \()?(?:file:\/\/|node:|\/|[A-Za-z]:\\)[^()]*:\d+:\d+\)?$/

/** Kind, code and place of an error for the log; never its message, which may quote values of people. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  const { code } = error as { code?: unknown }
  const message = String(error.message)
  const behind = error.stack?.includes(message) ? error.stack.slice(error.stack.indexOf(message) + message.length) : ''
  const place = behind.split('\n').find((line) => PLACE.test(line))
  return [error.name, typeof code === 'string' ? code : '', place?.trim() ?? ''].filter(Boolean).join(' ')
}
