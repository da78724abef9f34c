/** Loaded into every child by `--import`: when the launcher is gone, even by kill -9, the child stops as if it had been asked to. */
if (process.connected) {
  process.once('disconnect', () => {
    process.kill(process.pid, 'SIGTERM')
    // Whoever cannot stop in time would hold the port and the socket that the next start needs.
    setTimeout(() => process.kill(process.pid, 'SIGKILL'), 8000).unref()
  })
  // Listening to the channel must not keep a process alive that has nothing else to do.
  process.channel?.unref()
}
