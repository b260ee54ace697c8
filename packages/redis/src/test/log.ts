import type { Log } from '@tianjillm/core'

/** A log that keeps its lines. */
export interface TestLog extends Log {
  readonly lines: { readonly level: string; readonly message: string; readonly fields: object }[]
}

export function testLog(): TestLog {
  const lines: TestLog['lines'] = []
  const at = (level: string) => (fields: object, message: string): void => void lines.push({ level, message, fields })
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error'), lines }
}
