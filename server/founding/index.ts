export { FoundingDraft, foundCompany } from './found-company.ts'
export { standardRegister } from './standard-register.ts'
export { departmentNames, departmentsOfFirst, standardClocks, standardSources } from './standard-set-up.ts'
