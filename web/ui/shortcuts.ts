/** `Mod` is Ctrl, or Cmd on a Mac. Keys are physical (KeyboardEvent.code), so a Russian layout changes nothing. */
export type Stroke = { code: string; mod: boolean; shift: boolean; alt: boolean }
export type Shortcut = {
  /** `KeyJ`, `Mod+KeyK`, `Shift+Slash`, or two strokes after one another: `KeyG KeyL`. */
  keys: string
  label: string
  run: () => void
  /** Works while typing and inside a dialog too. */
  always?: boolean
}
type KeyLike = { code: string; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean; altKey: boolean }

const chordMs = 1200

/** Reads `Mod+Shift+KeyZ KeyL`. Throws on a word it does not know, so that a typing error is found at once. */
export function parseKeys(keys: string): Stroke[] {
  return keys.split(' ').map((part) => {
    const words = part.split('+')
    const code = words.pop() ?? ''
    if (!/^(Key[A-Z]|Digit\d|Arrow(Up|Down|Left|Right)|F\d{1,2}|Slash|Space|Enter|Escape|Backspace|Delete|Comma|Period|Bracket(Left|Right))$/.test(code))
      throw new Error(`not a key: ${keys}`)
    for (const word of words) if (!['Mod', 'Shift', 'Alt'].includes(word)) throw new Error(`not a modifier: ${word}`)
    return { code, mod: words.includes('Mod'), shift: words.includes('Shift'), alt: words.includes('Alt') }
  })
}

const isStroke = (stroke: Stroke, event: KeyLike): boolean =>
  stroke.code === event.code && stroke.mod === (event.ctrlKey || event.metaKey) && stroke.shift === event.shiftKey && stroke.alt === event.altKey

/** Finds whom a key means. Keeps the first stroke of a pair for 1.2 s. The latest registered wins: a drawer over a list. */
export function createMatcher(): (shortcuts: readonly Shortcut[], event: KeyLike, nowMs: number) => { found: Shortcut } | { waiting: true } | null {
  let first: { event: KeyLike; atMs: number } | null = null
  return (shortcuts, event, nowMs) => {
    const before = first && nowMs - first.atMs <= chordMs ? first.event : null
    first = null
    const newestFirst = [...shortcuts].reverse()
    const pair = before && newestFirst.find(({ keys }) => endsPair(parseKeys(keys), before, event))
    if (pair) return { found: pair }
    const single = newestFirst.find(({ keys }) => isSingle(parseKeys(keys), event))
    if (single) return { found: single }
    if (!newestFirst.some(({ keys }) => beginsPair(parseKeys(keys), event))) return null
    first = { event, atMs: nowMs }
    return { waiting: true }
  }
}

const endsPair = ([one, two]: Stroke[], before: KeyLike, event: KeyLike): boolean => !!one && !!two && isStroke(one, before) && isStroke(two, event)
const isSingle = ([one, two]: Stroke[], event: KeyLike): boolean => !!one && !two && isStroke(one, event)
const beginsPair = ([one, two]: Stroke[], event: KeyLike): boolean => !!one && !!two && isStroke(one, event)

/** Is the person writing? Then letters are letters. */
export function isTyping(target: { tagName?: string; type?: string; isContentEditable?: boolean } | null): boolean {
  if (!target?.tagName) return false
  if (target.isContentEditable) return true
  const tag = target.tagName.toUpperCase()
  if (tag === 'INPUT') return !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type ?? 'text')
  return tag === 'TEXTAREA' || tag === 'SELECT'
}

const signs: Record<string, string> = {
  Slash: '/',
  Space: 'Space',
  Enter: 'Enter',
  Escape: 'Esc',
  Comma: ',',
  Period: '.',
  BracketLeft: '[',
  BracketRight: ']',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}

/** `Mod+KeyK` → `['Ctrl', 'K']`, for the keycaps in the help and the palette. */
export function keycaps(keys: string, isMac = false): string[][] {
  return parseKeys(keys).map(({ code, mod, shift, alt }) => {
    if (shift && code === 'Slash') return ['?']
    const cap = signs[code] ?? code.replace(/^(Key|Digit)/, '')
    return [...(mod ? [isMac ? '⌘' : 'Ctrl'] : []), ...(alt ? ['Alt'] : []), ...(shift ? ['Shift'] : []), cap]
  })
}
