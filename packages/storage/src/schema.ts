export { directoryChange, directoryKey, directoryName, directoryTeam, directoryUser, type RecordTable } from './schema/directory.ts'
export { spendDaily, spendLog } from './schema/spend.ts'
