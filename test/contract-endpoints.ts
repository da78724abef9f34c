import { globSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Endpoint } from '../contract/endpoint.ts'
import { repositoryFolder } from '../server/platform/config/repository.ts'

/** An endpoint as the contract has it: `leads.take` of crm/lead.ts. */
export type Named = { name: string; file: string; endpoint: Endpoint }

const isEndpoint = (value: unknown): value is Endpoint =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'input' in value && 'output' in value

/** Every endpoint that any file of contract/ exports, found by looking, so that none can be forgotten. */
export async function endpointsOfContract(): Promise<Named[]> {
  const found: Named[] = []
  for (const file of globSync('contract/*/*.ts', { cwd: repositoryFolder })
    .filter((name) => !name.endsWith('.test.ts'))
    .sort()) {
    const module = (await import(pathToFileURL(path.join(repositoryFolder, file)).href)) as Record<string, unknown>
    for (const [group, value] of Object.entries(module)) {
      if (typeof value !== 'object' || value === null || isEndpoint(value)) continue
      for (const [name, endpoint] of Object.entries(value)) if (isEndpoint(endpoint)) found.push({ name: `${group}.${name}`, file, endpoint })
    }
  }
  return found
}

/** `POST /leads/:leadId/take` */
export const nameOf = ({ method, path: address }: Pick<Endpoint, 'method' | 'path'>): string => `${method} ${address}`
