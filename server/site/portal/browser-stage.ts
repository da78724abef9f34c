/** A browser without scripts: keeps cookies, follows links and sends forms as they stand on the page. */
import type { App } from '../../app.ts'

export type Shown = { status: number; text: string; headers: Record<string, unknown>; at: string }
export type Browser = {
  cookies: Map<string, string>
  open: (path: string, headers?: Record<string, string>) => Promise<Shown>
  /** Sends the form of the page just shown whose address ends so, with these fields filled in. */
  send: (action: string, fields?: Record<string, string>, headers?: Record<string, string>) => Promise<Shown>
}

const MAX_HOPS = 5

export function openBrowser({ http }: App, language: 'ru' | 'en' = 'ru'): Browser {
  const cookies = new Map<string, string>()
  let last: Shown = { status: 0, text: '', headers: {}, at: '' }
  const ask = async (method: 'GET' | 'POST', url: string, payload?: string, more: Record<string, string> = {}): Promise<Shown> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await http.inject({
      method,
      url,
      headers: {
        'accept-language': language,
        ...(cookie ? { cookie } : {}),
        ...(payload === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded', origin: 'http://localhost' }),
        ...more,
      },
      ...(payload === undefined ? {} : { payload }),
    })
    for (const each of [reply.headers['set-cookie'] ?? []].flat()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(each) ?? []
      if (/Max-Age=0/.test(each)) cookies.delete(name)
      else cookies.set(name, value)
    }
    last = { status: reply.statusCode, text: reply.body, headers: reply.headers, at: url }
    return last
  }
  const follow = async (shown: Shown, hops = 0): Promise<Shown> =>
    shown.status === 303 && hops < MAX_HOPS ? follow(await ask('GET', String(shown.headers['location'])), hops + 1) : shown
  return {
    cookies,
    open: async (path, headers) => follow(await ask('GET', path, undefined, headers)),
    send: async (action, fields = {}, headers) => {
      const form = [...last.text.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([^]*?)<\/form>/g)].find(([, to]) => to?.endsWith(action))
      if (!form) throw new Error(`no form to ${action} on ${last.at}`)
      const kept = [...(form[2] ?? '').matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value])
      return follow(await ask('POST', form[1] ?? '', new URLSearchParams([...kept, ...Object.entries(fields)]).toString(), headers))
    },
  }
}
