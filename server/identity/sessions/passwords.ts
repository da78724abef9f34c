import { hash, verify } from '@node-rs/argon2'

/** argon2id, 19 MiB, 2 passes (OWASP's first recommendation); `algorithm: 2` is argon2id. */
const cost = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const

export const hashPassword = (password: string): Promise<string> => hash(password.normalize('NFKC'), cost)

/** A hash of nothing anyone knows, so that an unknown e-mail costs the same time as a known one. */
let nobody: Promise<string> | undefined
export async function passwordFits(kept: string | null, password: string): Promise<boolean> {
  nobody ??= hashPassword(`${Math.random()}${Date.now()}`)
  const fits = await verify(kept ?? (await nobody), password.normalize('NFKC'))
  return kept !== null && fits
}
