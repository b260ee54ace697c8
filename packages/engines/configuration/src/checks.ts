export { type ConfigurationBench, configurationChecks } from './checks/configuration.ts'
export { accessGroupRecord, credentialRecord, fallbackRecord, modelRecord, settingRecord } from './checks/records.ts'
