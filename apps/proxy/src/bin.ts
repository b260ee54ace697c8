#!/usr/bin/env node
import manifest from '../package.json' with { type: 'json' }
import { keepCompiledCode } from './cli/compiled-code.ts'
import { readArguments, usage } from './cli/arguments.ts'
import { UsageError } from './cli/usage-error.ts'
import { keepObjectsYoung } from './cli/young-objects.ts'

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 19)) {
  console.error(`tianjillm needs Node 22.19 or later, this is ${process.version}.`)
  process.exit(1)
}

async function main(): Promise<number | undefined> {
  const command = readArguments(process.argv.slice(2), process.env)
  switch (command.name) {
    case 'help':
      console.log(usage)
      return 0
    case 'version':
      console.log(manifest.version)
      return 0
    case 'check': {
      const { check } = await import('./cli/check.ts')
      return check(command.file, process.env, (line) => console.log(line))
    }
    case 'manage': {
      // The rest of the server is never loaded: a command answers as fast as the gateway does.
      const [{ manage }, resource] = await Promise.all([import('./manage/run.ts'), command.resource.load()])
      return manage(resource, command.args, process)
    }
    case 'serve': {
      keepObjectsYoung()
      keepCompiledCode(command.options.dataDir)
      const { serveCommand } = await import('./cli/serve-command.ts')
      return serveCommand(command.options, process.env)
    }
  }
}

try {
  const code = await main()
  if (code !== undefined) process.exit(code)
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(`${error.message}\n${error.help || `\n${usage}`}`)
  process.exit(2)
}
