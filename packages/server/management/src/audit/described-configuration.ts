import { type Author, auditWriter, type DescribedRecord } from '@tianjillm/auth'
import type { ConfigurationRecords } from '@tianjillm/configuration'
import type { Masks } from '../configuration/port.ts'

type Describe = { readonly [Kind in keyof ConfigurationRecords]: (record: ConfigurationRecords[Kind]) => DescribedRecord }

/** Writes down changes of what operators configure, without secrets; the tables are LiteLLM's. */
export function configurationWriter(masks: Masks): NonNullable<Author['write']> {
  const described: Describe = {
    model: (record) => ({ table: 'LiteLLM_ProxyModelTable', id: record.id, values: { model_id: record.id, model_name: record.modelName, litellm_params: masks.params(record), model_info: { ...record.info, id: record.id }, blocked: record.blocked } }),
    credential: (record) => ({ table: 'LiteLLM_CredentialsTable', id: record.id, values: { credential_name: record.id, credential_values: masks.credential(record), credential_info: record.info } }),
    access_group: ({ id, modelNames, modelIds }) => ({ table: 'LiteLLM_AccessGroupTable', id, values: { access_group: id, model_names: modelNames, model_ids: modelIds } }),
    // LiteLLM keeps these two in one row of settings.
    fallback: ({ id, model, fallbackModels, type }) => ({ table: 'LiteLLM_Config', id, values: { model, fallback_models: fallbackModels, fallback_type: type } }),
    setting: (record) => ({ table: 'LiteLLM_Config', id: record.id, values: { param_name: record.id, param_value: masks.setting(record) } }),
  }
  return auditWriter((kind, record) => (described[kind as keyof ConfigurationRecords] as (record: unknown) => DescribedRecord)(record))
}
