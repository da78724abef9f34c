import assert from 'node:assert/strict'
import test from 'node:test'
import { neighbour, withMoves } from './board-moves.ts'
import { clockState } from './clock-state.ts'
import { rank } from './palette.ts'
import { type Shortcut, createMatcher, isTyping, keycaps, parseKeys } from './shortcuts.ts'
import { type TableKey, type TableState, noCursor, tableKey } from './table-keys.ts'

const key = (code: string, held: Partial<TableKey> = {}): TableKey => ({ code, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...held })
const rows = ['a', 'b', 'c', 'd', 'e']
const press = (state: TableState, ...events: TableKey[]): TableState => events.reduce((now, event) => tableKey(now, event, rows, 3, true)?.state ?? now, state)

test('an operator walks a list by J, K and arrows and stops at its ends', () => {
  assert.equal(press(noCursor, key('KeyJ')).cursor, 0)
  assert.equal(press(noCursor, key('KeyJ'), key('ArrowDown'), key('KeyJ'), key('KeyK')).cursor, 1)
  assert.equal(press(noCursor, key('End'), key('End'), key('KeyJ')).cursor, 4)
  assert.equal(press(noCursor, key('KeyJ'), key('PageDown')).cursor, 3)
})

test('an operator chooses rows by X, a range by Shift and arrows, all by Ctrl+A, none by Escape', () => {
  const one = press(noCursor, key('KeyJ'), key('KeyX'))
  assert.deepEqual([...one.selected], ['a'])
  assert.deepEqual([...press(one, key('ArrowDown', { shiftKey: true }), key('ArrowDown', { shiftKey: true })).selected].sort(), ['a', 'b', 'c'])
  assert.equal(press(one, key('KeyA', { ctrlKey: true })).selected.size, 5)
  assert.equal(press(one, key('Escape')).selected.size, 0)
  assert.deepEqual([...press(one, key('KeyX')).selected], [])
})

test('Enter opens and Space peeks, but only on a row', () => {
  assert.equal(tableKey(noCursor, key('Enter'), rows, 3, true), null)
  const on = press(noCursor, key('KeyJ'))
  assert.equal(tableKey(on, key('Enter'), rows, 3, true)?.act, 'open')
  assert.equal(tableKey(on, key('Space'), rows, 3, true)?.act, 'peek')
  assert.equal(tableKey(on, key('KeyX'), rows, 3, false), null, 'nothing to choose without bulk acts')
})

const shortcut = (keys: string): Shortcut => ({ keys, label: keys, run: () => undefined })
const found = (answer: ReturnType<ReturnType<typeof createMatcher>>): string | null => (answer && 'found' in answer ? answer.found.keys : null)

test('G then L goes to the leads, unless a person thinks longer than a moment', () => {
  const [match, all] = [createMatcher(), [shortcut('KeyG KeyL'), shortcut('KeyL')]]
  assert.deepEqual(match(all, key('KeyG'), 0), { waiting: true })
  assert.equal(found(match(all, key('KeyL'), 500)), 'KeyG KeyL')
  match(all, key('KeyG'), 1000)
  assert.equal(found(match(all, key('KeyL'), 5000)), 'KeyL')
})

test('the latest registered owner of a key gets it, and modifiers must match', () => {
  const [match, older, newer] = [createMatcher(), shortcut('KeyC'), { ...shortcut('KeyC'), label: 'newer' }]
  const answer = match([older, newer], key('KeyC'), 0)
  assert.ok(answer && 'found' in answer && answer.found === newer)
  assert.equal(match([older], key('KeyC', { ctrlKey: true }), 0), null)
  assert.equal(found(match([shortcut('Mod+KeyK')], key('KeyK', { metaKey: true }), 0)), 'Mod+KeyK')
})

test('a developer who writes a letter instead of a key is told at once', () => {
  for (const keys of ['k', 'Ctrl+KeyK', 'KeyЛ', '']) assert.throws(() => parseKeys(keys))
  assert.deepEqual(keycaps('Mod+KeyK'), [['Ctrl', 'K']])
  assert.deepEqual(keycaps('Shift+Slash'), [['?']])
})

test('while a person writes, letters are letters', () => {
  assert.equal(isTyping({ tagName: 'INPUT', type: 'text' }), true)
  assert.equal(isTyping({ tagName: 'textarea' }), true)
  assert.equal(isTyping({ tagName: 'DIV', isContentEditable: true }), true)
  assert.equal(isTyping({ tagName: 'INPUT', type: 'checkbox' }), false)
  assert.equal(isTyping({ tagName: 'BUTTON' }), false)
})

test('a card that a seller moves is in its new lane at once and in no other', () => {
  const lanes = [
    { key: 'talk', title: '', cards: ['x', 'y'] },
    { key: 'visit', title: '', cards: ['z'] },
  ]
  const shown = withMoves(lanes, new Map([['x', 'visit']]), (card) => card)
  assert.deepEqual(
    shown.map(({ cards }) => cards),
    [['y'], ['x', 'z']],
  )
  assert.deepEqual(
    withMoves(shown, new Map([['x', 'visit']]), (card) => card),
    shown,
    'also when the server has already moved it',
  )
})

test('arrows skip an empty lane', () => {
  assert.deepEqual(neighbour([3, 0, 1], { lane: 0, card: 2 }, 'ArrowRight'), { lane: 2, card: 0 })
  assert.deepEqual(neighbour([3, 0, 0], { lane: 0, card: 2 }, 'ArrowRight'), { lane: 0, card: 2 })
  assert.deepEqual(neighbour([3], { lane: 0, card: 2 }, 'ArrowDown'), { lane: 0, card: 2 })
})

test('a clock is late at its very end, not a second after', () => {
  assert.equal(clockState(999, 1000, 100, false), 'soon')
  assert.equal(clockState(1000, 1000, 100, false), 'late')
  assert.equal(clockState(0, 1000, 100, false), 'calm')
  assert.equal(clockState(5000, 1000, 100, true), 'stopped')
})

test('the palette finds by the beginnings of words, ё or е alike', () => {
  const commands = ['Отчёт по лидам', 'Лиды', 'Рабочие листы'].map((title) => ({ id: title, group: '', title, run: () => undefined }))
  assert.deepEqual(
    rank(commands, 'лид').map(({ title }) => title),
    ['Лиды', 'Отчёт по лидам'],
  )
  assert.deepEqual(
    rank(commands, 'отчет лид').map(({ title }) => title),
    ['Отчёт по лидам'],
  )
  assert.deepEqual(rank(commands, 'дым'), [])
})
