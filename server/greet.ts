/** Tells the demo's sign-ins, in a process of its own that ends: the demo's code does not stay in the launcher's memory. */
import { demoPassword, demoSignIns } from './demo/index.ts'

console.log(`\nDemo sign-ins, password ${demoPassword}:`)
for (const { email, name, role, company } of demoSignIns()) console.log(`  ${email.padEnd(32)}${role.padEnd(20)}${name}, ${company}`)
