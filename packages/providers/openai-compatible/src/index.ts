export { catalogue, type CatalogueRow, catalogueRow } from './catalogue.ts'
export { type OpenAICompatibleConfig, openaiCompatibleConfig } from './config.ts'
export { openaiCompatiblePlugin, openaiCompatiblePlugins } from './plugin.ts'
