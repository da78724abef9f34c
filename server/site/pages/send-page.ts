import type { FastifyReply } from 'fastify'

/** Stricter than the rest of the application: these pages have no script at all. */
const policy = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

/** Answers with a page. Pages differ by visitor (choice, language, tokens), so nobody between us keeps them. */
export const sendPage = (reply: FastifyReply, page: string, status = 200): FastifyReply =>
  reply
    .code(status)
    .header('cache-control', 'no-store')
    .header('vary', 'cookie, accept-language')
    .header('content-security-policy', policy)
    .type('text/html; charset=utf-8')
    .send(page)

/** After a form: the browser asks for the next page anew, so that a reload sends nothing twice. `path` is ours, never taken from the outside unchecked. */
export const goTo = (reply: FastifyReply, path: `/${string}`): FastifyReply => reply.code(303).header('cache-control', 'no-store').header('location', path).send()
