export { createOutputWindow, type Judge, type OutputWindow, type OutputWindowOptions } from './output-window.ts'
export { requestTexts, withRequestTexts } from './request-texts.ts'
export { responseTexts, withResponseTexts } from './response-texts.ts'
