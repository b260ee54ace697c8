import { serve } from '@hono/node-server'
import { createOwnApp } from './app.ts'
import { createOwnGateway } from './gateway.ts'

const { OPENAI_API_KEY: openaiKey, GATEWAY_KEY: key } = process.env
if (openaiKey === undefined || key === undefined) throw new Error('Set OPENAI_API_KEY and GATEWAY_KEY.')

const { gateway, close } = await createOwnGateway({ key, openaiKey })
const server = serve({ fetch: createOwnApp(gateway).fetch, port: 3000 }, ({ port }) => console.log(`http://localhost:${port}/llm/v1`))
process.once('SIGTERM', () => server.close(() => void close()))
