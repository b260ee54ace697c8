import { connect } from 'node:net'
import { defineConfig } from 'vitest/config'

const resolve = { conditions: ['@tianjillm/source', 'node', 'import', 'default'] }
const ssr = { resolve: { ...resolve, externalConditions: ['@tianjillm/source', 'node', 'import', 'default'] } }
const exclude = ['**/node_modules/**', '**/dist/**']

/** Tests that need what a machine may lack. In CI they run all the same, and fail without it. */
const needs = [
  { what: 'Redis on 127.0.0.1:6379', port: 6379, tests: ['packages/redis/**/*.integration.test.ts', 'packages/caches/redis/**/*.integration.test.ts', 'packages/kits/redis-kit/**/*.integration.test.ts', '**/redis.integration.test.ts', '**/redis-cache.integration.test.ts', '**/crash.integration.test.ts'] },
  { what: 'PostgreSQL on 127.0.0.1:5432', port: 5432, tests: ['**/crash.integration.test.ts'] },
]
const missing = process.env['CI'] ? [] : (await Promise.all(needs.map(async (need) => ((await listens(need.port)) ? [] : [need])))).flat()
for (const { what, tests } of missing) console.warn(`There is no ${what}: ${tests.join(', ')} are left out, and tests of other files that need it are skipped.`)

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    const answer = (found: boolean): void => {
      socket.destroy()
      resolve(found)
    }
    socket.once('connect', () => answer(true)).once('error', () => answer(false))
  })
}

export default defineConfig({
  test: {
    reporters: process.env['VITEST_REPORT'] ? ['default', ['json', { outputFile: process.env['VITEST_REPORT'] }]] : ['default'],
    projects: [
      {
        resolve,
        ssr,
        test: {
          name: 'unit',
          include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'tooling/**/*.test.ts', 'examples/**/*.test.ts', 'bench/**/*.test.ts'],
          exclude: [...exclude, '**/*.integration.test.ts'],
          pool: 'threads',
          isolate: false,
          restoreMocks: true,
          unstubEnvs: true,
          unstubGlobals: true,
        },
      },
      {
        resolve,
        ssr,
        test: {
          // Tests that start the real proxy or need PostgreSQL or Redis.
          name: 'integration',
          include: ['**/*.integration.test.ts'],
          exclude: [...exclude, ...missing.flatMap(({ tests }) => tests)],
          pool: 'forks',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
