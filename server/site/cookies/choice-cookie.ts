import type { FastifyRequest } from 'fastify'
import { cookieOf } from '../pages/cookies.ts'

/** Bumped when the registry gains a category or a purpose: a choice about the old list is no choice about the new one. */
export const CHOICE_VERSION = 1

export type CookieChoice = { analytics: boolean; marketing: boolean }

/**
 * What the visitor has chosen. A browser that sends Global Privacy Control has answered already: no marketing, whatever was chosen before, and no
 * question. Nothing chosen is a "no" to everything that may be chosen.
 */
export function readChoice(request: FastifyRequest): CookieChoice & { isAsked: boolean } {
  const [, version, analytics, marketing] = /^(\d+)\.([01])([01])\.[\w-]{16,64}$/.exec(cookieOf(request, 'infotech_choice') ?? '') ?? []
  const isChosen = Number(version) === CHOICE_VERSION
  const signalled = hasSignal(request)
  return { isAsked: !isChosen && !signalled, analytics: isChosen && analytics === '1', marketing: isChosen && marketing === '1' && !signalled }
}

/** Global Privacy Control. */
export const hasSignal = (request: FastifyRequest): boolean => request.headers['sec-gpc'] === '1'

/** The visitor's number is random and stands nowhere but in the record of their choice. */
export const choiceValue = ({ analytics, marketing }: CookieChoice, visitorId: string): string => `${CHOICE_VERSION}.${Number(analytics)}${Number(marketing)}.${visitorId}`
export const visitorOf = (request: FastifyRequest): string | null => /^\d+\.[01]{2}\.([\w-]{16,64})$/.exec(cookieOf(request, 'infotech_choice') ?? '')?.[1] ?? null
