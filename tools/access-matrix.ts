/** node tools/access-matrix.ts: writes docs/access-matrix.md, role × right as reviewed text. A test fails while it is out of date. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { allows, allRights, roles, type Right, type Role } from '../contract/permissions.ts'
import { en } from '../i18n/en/index.ts'
import { ru } from '../i18n/ru/index.ts'
import { repositoryFolder } from '../server/platform/config/repository.ts'

export const accessMatrixFile = 'docs/access-matrix.md'

/** The table as Markdown: Russian and English names of roles, one row a right, a mark where the role has it. */
export function accessMatrix(): string {
  return `# Матрица доступа · Access matrix

Кто что может. Составлено из \`contract/permissions.ts\` (единственного места, где роль встречается с правом) командой \`node tools/access-matrix.ts\`; проверяется тестом.
Who may do what. Made from \`contract/permissions.ts\`, the only place where a role meets a right, by \`node tools/access-matrix.ts\`; kept by a test.

Ключ интеграции ещё уже: только то, что названо при его создании. An integration key is narrower still: only what was named when it was made.

## Роли · Roles

| | Роль | Role | Прав · Rights |
| --- | --- | --- | --- |
${roles.map((role, at) => `| ${at + 1} | ${ru.shell.roles[role]} | ${en.shell.roles[role]} (\`${role}\`) | ${allRights.filter((right) => allows(role, right)).length} |`).join('\n')}

## Права · Rights

| Право · Right | ${roles.map((_, at) => at + 1).join(' | ')} |
| --- | ${roles.map(() => ':-:').join(' | ')} |
${allRights.map((right) => `| \`${right}\` | ${roles.map((role) => mark(role, right)).join(' | ')} |`).join('\n')}
`
}

const mark = (role: Role, right: Right): string => (allows(role, right) ? '●' : '')

if (import.meta.main) {
  writeFileSync(path.join(repositoryFolder, accessMatrixFile), accessMatrix())
  console.log(`Written: ${accessMatrixFile}`)
}
