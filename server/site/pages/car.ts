import type { BodyType } from '../../../contract/site/showcase.ts'
import { html, type Html } from '../../platform/html/html.ts'

/** Silhouettes of ours: outline, windows, and where the wheels stand. The nose is on the right. */
type Sketch = {
  body: string
  glass: readonly string[]
  wheels: readonly [number, number]
  radius: number
  seam: string
  tail: readonly [number, number]
  lamp: readonly [number, number]
}

const sedan: Sketch = {
  body: 'M18 124C16 104 24 95 46 92L96 85C120 62 148 50 184 49H216C252 50 280 66 304 86L352 93C376 97 386 107 386 122V128Q386 134 379 134H26Q18 134 18 124Z',
  glass: ['M116 84C134 68 152 59 182 58V85Z', 'M192 58H214C242 59 262 70 282 86L192 85Z'],
  wheels: [92, 310],
  radius: 25,
  seam: 'M187 57V126M112 92H290',
  tail: [20, 98],
  lamp: [364, 100],
}
const liftback: Sketch = {
  body: 'M18 122C16 102 24 94 40 88C76 62 122 47 176 47H212C250 48 280 66 304 86L352 93C376 97 386 107 386 122V128Q386 134 379 134H26Q18 134 18 122Z',
  glass: ['M84 82C110 66 142 57 178 56V84Z', 'M188 56H212C242 58 262 70 282 86L188 85Z'],
  wheels: [92, 310],
  radius: 25,
  seam: 'M183 55V126M84 92H290',
  tail: [20, 98],
  lamp: [364, 100],
}
const hatchback: Sketch = {
  body: 'M46 124C42 88 54 54 84 49C120 44 168 45 204 48C246 52 276 68 298 88L338 94C358 98 366 108 366 122V128Q366 134 359 134H54Q46 134 46 124Z',
  glass: ['M76 84C78 66 86 57 104 56H172V85Z', 'M182 56H206C238 60 258 72 276 87L182 85Z'],
  wheels: [104, 298],
  radius: 25,
  seam: 'M177 55V126M74 93H284',
  tail: [48, 88],
  lamp: [345, 101],
}
const wagon: Sketch = {
  body: 'M16 124C12 90 22 54 52 49C104 43 168 44 214 48C254 52 282 68 304 88L352 94C376 98 386 108 386 122V128Q386 134 379 134H24Q16 134 16 124Z',
  glass: ['M46 84C48 66 56 57 74 56H112V84Z', 'M121 56H184V85H121Z', 'M193 56H214C244 60 264 72 282 87L193 85Z'],
  wheels: [88, 310],
  radius: 25,
  seam: 'M188 55V126M44 93H290',
  tail: [17, 84],
  lamp: [364, 101],
}
const crossover: Sketch = {
  body: 'M24 118C20 84 32 46 62 41C112 35 172 36 210 40C250 45 276 62 298 82L346 88C370 92 380 102 380 116V122Q380 128 373 128H32Q24 128 24 118Z',
  glass: ['M56 78C58 60 66 50 84 49H120V78Z', 'M129 49H182V79H129Z', 'M191 49H210C240 53 258 64 276 80L191 79Z'],
  wheels: [94, 308],
  radius: 30,
  seam: 'M186 48V118M54 88H286',
  tail: [26, 76],
  lamp: [358, 95],
}
const suv: Sketch = {
  body: 'M22 116V62Q22 38 48 37H214C242 38 262 54 280 76L346 81C370 84 382 92 382 108V120Q382 126 375 126H30Q22 126 22 116Z',
  glass: ['M42 74V56Q42 47 52 47H104V74Z', 'M113 47H174V75H113Z', 'M183 47H212C234 49 246 60 258 76L183 75Z'],
  wheels: [92, 312],
  radius: 32,
  seam: 'M178 46V116M40 86H272',
  tail: [22, 72],
  lamp: [362, 90],
}
const pickup: Sketch = {
  body: 'M14 118V84Q14 78 22 78H134L140 50Q143 40 154 40H226C252 41 268 56 284 78L348 84C372 88 384 96 384 110V122Q384 128 377 128H22Q14 128 14 118Z',
  glass: ['M150 76L155 56Q157 49 165 49H198V77Z', 'M207 49H226C246 51 256 62 266 78L207 77Z'],
  wheels: [84, 314],
  radius: 31,
  seam: 'M136 80V118M202 48V118M150 88H278',
  tail: [14, 90],
  lamp: [364, 92],
}
const van: Sketch = {
  body: 'M16 120V40Q16 22 36 21H232C262 22 288 44 310 78L356 86C376 90 384 98 384 112V122Q384 130 376 130H24Q16 130 16 120Z',
  glass: ['M222 36H234C258 38 274 54 290 78L222 77Z'],
  wheels: [86, 316],
  radius: 27,
  seam: 'M208 34V122M112 34V122M30 84H300',
  tail: [16, 84],
  lamp: [366, 96],
}
const sketches: Record<BodyType, Sketch> = { sedan, liftback, hatchback, wagon, crossover, suv, pickup, van }

/** A drawn car: no picture is loaded from anywhere. Decoration beside the name, so nothing of it is read aloud. */
export function carPicture(bodyType: BodyType, tint: number): Html {
  const { body, glass, wheels, radius, seam, tail, lamp } = sketches[bodyType]
  const ground = 150
  const wheel = (x: number): Html =>
    html`<circle class="tyre" cx="${x}" cy="${ground - radius}" r="${radius}" /><circle class="rim" cx="${x}" cy="${ground - radius}" r="${Math.round(radius * 0.62)}" /><circle
        class="tyre"
        cx="${x}"
        cy="${ground - radius}"
        r="${Math.round(radius * 0.16)}"
      />`
  return html`<svg class="car tint-${tint}" viewBox="0 0 400 160" aria-hidden="true" focusable="false">
    <ellipse class="shade" cx="200" cy="151" rx="190" ry="6" />
    <path class="body" d="${body}" />
    ${glass.map((path) => html`<path class="glass" d="${path}" />`)}
    <path class="seam" d="${seam}" />
    ${wheels.map((x) => html`<circle class="low" cx="${x}" cy="${ground - radius}" r="${radius + 5}" />${wheel(x)}`)}
    <rect class="lamp" x="${lamp[0]}" y="${lamp[1]}" width="17" height="9" rx="4" />
    <rect class="tail" x="${tail[0]}" y="${tail[1]}" width="8" height="16" rx="3" />
  </svg>`
}

const TINTS = 6
/** The same model has the same colour on every page, and its neighbour another. */
export const tintOf = (place: number): number => place % TINTS
