import { defineConfig } from 'vitest/config'

const resolve = { conditions: ['@tianjillm/source', 'node', 'import', 'default'] }
const ssr = { resolve: { ...resolve, externalConditions: ['@tianjillm/source', 'node', 'import', 'default'] } }
const exclude = ['**/node_modules/**', '**/dist/**']

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
          exclude,
          pool: 'forks',
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
