/**
 * What a process of ours is told by its environment. Everything else it needs is in its own file (config/runtime.ts), so the launcher's settings, with
 * the owners' passwords among them, are not handed down: an environment can be read by whoever runs code in the process.
 */
const PLAIN = /^(PATH|HOME|TZ|LANG|LC_\w+|TMPDIR|NODE_\w+|SSL_CERT_(FILE|DIR)|SYSTEM(ROOT|DRIVE)|WINDIR|COMSPEC|PATHEXT|TEMP|TMP|USERPROFILE|(LOCAL)?APPDATA)$/i
const OPENS_KEYS: readonly string[] = ['vault', 'seed']

/**
 * @param name of the process: only those that open the key store learn how to ask the transit engine.
 * @param more what is added for this one.
 */
export function childEnvironment(name: string, more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const isPassed = (key: string): boolean => PLAIN.test(key) || (OPENS_KEYS.includes(name) && /^OPENBAO_TOKEN(_FILE)?$/.test(key))
  return { ...Object.fromEntries(Object.entries(process.env).filter(([key]) => isPassed(key))), ...more }
}
