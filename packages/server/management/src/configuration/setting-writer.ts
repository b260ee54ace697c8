import type { Author } from '@tianjillm/auth'
import { change } from '../service.ts'
import type { OperatorConfiguration } from './port.ts'

/**
 * Keeps one setting.
 *
 * @param make what it shall be, from what it is; called again when somebody else was quicker. What it throws ends the change
 */
export type SettingWriter = (path: string, make: (before: unknown) => unknown, author: Author) => Promise<void>

/** Each setting is kept by itself, so that two who change different ones never undo each other. */
export function settingWriter({ directory: { settings }, sealer }: OperatorConfiguration): SettingWriter {
  const kept = (path: string, value: unknown): unknown => (path.startsWith('callback_settings.') ? sealer.seal(value, `setting:${path}`) : value)
  return async (path, make, author) => {
    const { now, by } = author
    if (!(await settings.get(path))) {
      const made = await settings.insert({ id: path, value: kept(path, make(undefined)), createdAt: now, createdBy: by, updatedAt: now, updatedBy: by, version: 1 }, author)
      if (made === 'ok') return
    }
    await change(settings, path, 'setting', author, (before) => ({ ...before, value: kept(path, make(before.value)) }))
  }
}
