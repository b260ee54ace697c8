import type { Log } from '@tianjillm/core'

/** A log that keeps its lines. */
export function testLog(): { readonly log: Log; readonly lines: { readonly level: string; readonly message: string; readonly fields: object }[] } {
  const lines: { level: string; message: string; fields: object }[] = []
  const at = (level: string) => (fields: object, message: string): void => void lines.push({ level, message, fields })
  return { log: { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }, lines }
}
