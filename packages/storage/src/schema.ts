export { auditLog, directoryBudget, directoryChange, directoryCustomer, directoryKey, directoryName, directoryOrganization, directoryTag, directoryTeam, directoryUser, type RecordTable } from './schema/directory.ts'
export { spendDaily, spendLog } from './schema/spend.ts'
