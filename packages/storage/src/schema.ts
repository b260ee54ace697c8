export { directoryBudget, directoryChange, directoryCustomer, directoryGone, directoryKey, directoryName, directoryOrganization, directoryTag, directoryTeam, directoryUser, type RecordTable } from './schema/directory.ts'
export { spendDaily, spendLog, spendUsage } from './schema/spend.ts'
