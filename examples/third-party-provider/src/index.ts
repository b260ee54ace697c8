export { type EchoConfig, echoConfig, echoPlugin } from './plugin.ts'
