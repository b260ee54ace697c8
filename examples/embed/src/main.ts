import { createAsk } from './ask.ts'

const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_API_BASE: apiBase } = process.env
if (apiKey === undefined) throw new Error('Set ANTHROPIC_API_KEY.')
const content = process.argv[2] ?? 'Say hi'

await using ask = await createAsk({ apiKey, ...(apiBase !== undefined && { apiBase }) })

console.log('plain:', await ask({ model: 'fast', messages: [{ role: 'user', content }] }))

process.stdout.write('streamed: ')
await ask({ model: 'clever', messages: [{ role: 'user', content }] }, (text) => process.stdout.write(text))
process.stdout.write('\n')
