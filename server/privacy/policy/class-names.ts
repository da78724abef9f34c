import { factClassNames } from '../../../contract/people/person.ts'

export type FactClassName = (typeof factClassNames)[number]
export const isFactClass = (name: string): name is FactClassName => (factClassNames as readonly string[]).includes(name)
