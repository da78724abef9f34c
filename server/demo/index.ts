export { demoPassword } from './cast.ts'
export { createRandom, type Random } from './random.ts'
export { demoSignIns, seedDemo } from './seed.ts'
