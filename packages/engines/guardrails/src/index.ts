export { contentFilterConfig, type ContentFilterConfig } from './config.ts'
export { contentFilterPlugin } from './plugin.ts'
export { prebuiltPatterns } from './prebuilt.ts'
