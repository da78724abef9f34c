/** A browser without scripts over a real socket: keeps cookies, sends forms as they stand on the page, follows no redirect by itself. */
export type Page = { status: number; text: string; location: string; headers: Headers }
export type Browser = {
  cookies: Map<string, string>
  get: (path: string) => Promise<Page>
  post: (path: string, fields?: Record<string, string>) => Promise<Page>
  /** Sends the form of the page shown last whose address ends so, its hidden fields kept. */
  send: (action: string, fields?: Record<string, string>) => Promise<Page>
}

/** `status` 0: no answer came. `always`: headers of every request, such as who the browser says it is and the address a proxy saw it at. */
export function openBrowser(origin: string, always: Record<string, string> = {}): Browser {
  const cookies = new Map<string, string>()
  let last = ''
  const ask = async (method: 'GET' | 'POST', path: string, fields?: Record<string, string>): Promise<Page> => {
    try {
      const reply = await fetch(`${origin}${path}`, {
        method,
        redirect: 'manual',
        headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '), ...(fields ? { origin } : {}), ...always },
        ...(fields ? { body: new URLSearchParams(fields) } : {}),
        signal: AbortSignal.timeout(20_000),
      })
      for (const line of reply.headers.getSetCookie()) keep(cookies, line)
      const text = await reply.text()
      // A page that says to try again leaves the form in its own window.
      if (text !== '' && reply.status < 500) last = text
      return { status: reply.status, text, location: reply.headers.get('location') ?? '', headers: reply.headers }
    } catch {
      return { status: 0, text: '', location: '', headers: new Headers() }
    }
  }
  return {
    cookies,
    get: (path) => ask('GET', path),
    post: (path, fields = {}) => ask('POST', path, fields),
    send: (action, fields = {}) => {
      const form = formOf(last, action)
      if (!form) throw new Error(`no form to ${action} on the page: ${last.replace(/<[^>]*>|\s+/g, ' ').slice(0, 300)}`)
      return ask('POST', form.action, { ...form.hidden, ...fields })
    },
  }
}

function keep(cookies: Map<string, string>, line: string): void {
  const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
  if (/Max-Age=0(?:;|$)/.test(line)) cookies.delete(name)
  else cookies.set(name, value)
}

/** The form of a page that is sent to an address that ends so. */
export function formOf(text: string, action: string): { action: string; hidden: Record<string, string> } | undefined {
  for (const [, to = '', inside = ''] of text.matchAll(/<form[^>]*action="([^"]*)"[^>]*>([^]*?)<\/form>/g)) {
    if (!to.endsWith(action)) continue
    const hidden = [...inside.matchAll(/<input\s+type="hidden"\s+name="([^"]+)"\s+value="([^"]*)"/g)].map(([, name = '', value = '']) => [name, value])
    return { action: to, hidden: Object.fromEntries(hidden) as Record<string, string> }
  }
  return undefined
}
