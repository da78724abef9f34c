import type { FastifyInstance } from 'fastify'

export type Door = { method: 'GET' | 'POST' | 'PATCH' | 'DELETE'; path: string }

/** Every address that the server listens at, as its own tree of routes tells it; HEAD, which goes with every GET, aside. */
export function doorsOf(http: FastifyInstance): Door[] {
  const above: string[] = []
  return http
    .printRoutes({ commonPrefix: false })
    .split('\n')
    .flatMap((line) => {
      const [, indent = '', segment = '', methods = ''] = /^((?:│ {3}| {4})*)[├└]── (.*?)(?: \(([A-Z, ]+)\))?$/.exec(line) ?? []
      const depth = indent.length / 4
      if (segment === '') return []
      above.splice(depth, above.length, `${above[depth - 1] ?? ''}${segment}`)
      return methods.split(', ').flatMap((method) => (method === '' || method === 'HEAD' ? [] : [{ method: method as Door['method'], path: above[depth] ?? '' }]))
    })
}
