/** Aborted when this command is asked to stop, or when whoever started it is gone; asked again, it changes nothing: the stop is under way. */
export function stoppingSignal(): AbortSignal {
  const stopping = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stopping.abort())
  if (process.connected) {
    process.once('disconnect', () => stopping.abort())
    process.channel?.unref()
  }
  return stopping.signal
}
