import { findRoot } from '../workspace/workspace.ts'
import { generate, parseOrder } from './generate.ts'

try {
  const order = parseOrder(process.argv.slice(2).filter((word) => word !== '--'))
  const files = generate(findRoot(import.meta.dirname), order)
  const dir = files[0]?.split('/').slice(0, 3).join('/')
  console.log(`${files.map((file) => `wrote ${file}`).join('\n')}\n`)
  console.log(`Next: pnpm install, then pnpm exec vitest run ${dir} and follow its first message.`)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}
