import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/**
 * `pnpm start`: bundles what changed since the last time (turbo keeps count), then runs the proxy in this
 * process. The bundle starts twice as fast as the sources, and a second start finds it ready.
 */
const root = join(import.meta.dirname, '../..')
const built = spawnSync('turbo', ['run', '//#bundle', '--output-logs=errors-only'], {
  cwd: root,
  encoding: 'utf8',
  shell: process.platform === 'win32',
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', TURBO_NO_UPDATE_NOTIFIER: '1' },
})
if (built.status !== 0) {
  console.error(`${built.error?.message ?? ''}${built.stdout ?? ''}${built.stderr ?? ''}\nThe proxy could not be bundled.`)
  process.exit(1)
}
const bin = join(root, 'apps/proxy/dist/bin.js')
// Workers are forked from the program that the arguments name.
process.argv[1] = bin
await import(pathToFileURL(bin).href)
