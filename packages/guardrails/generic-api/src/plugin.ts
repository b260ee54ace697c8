import { GatewayError, type Guardrail, type GuardrailPlugin, type GuardrailSubject, type Host, type Verdict } from '@tianjillm/core'
import { headerCredential, joinUrl, parseJson } from '@tianjillm/provider-kit'
import manifest from '../package.json' with { type: 'json' }
import { genericApiConfig, type GenericApiConfig } from './config.ts'
import { readVerdict } from './read-verdict.ts'

const PATH = '/beta/litellm_basic_guardrail_api'

/** Asks a service of yours. Protocol: https://docs.litellm.ai/docs/adding_provider/generic_guardrail_api */
export const genericApiPlugin: GuardrailPlugin<GenericApiConfig> = Object.freeze({
  apiVersion: 1,
  kind: 'guardrail',
  name: 'generic-api',
  aliases: ['generic_guardrail_api'],
  version: manifest.version,
  config: genericApiConfig,
  env: { api_base: ['GENERIC_GUARDRAIL_API_BASE'], api_key: ['GENERIC_GUARDRAIL_API_KEY'] },
  create: (config: GenericApiConfig, { http }: Host): Guardrail => {
    const url = config.api_base.endsWith(PATH) ? config.api_base : joinUrl(config.api_base, PATH)
    const own = Object.fromEntries(Object.entries(config.headers).map(([name, value]) => [name.toLowerCase(), value]))
    const credential = headerCredential({ ...own, ...(config.api_key !== undefined && { 'x-api-key': config.api_key }) }, url)
    const ask = async ({ on, model, texts }: GuardrailSubject, signal: AbortSignal): Promise<Verdict> => {
      const body = JSON.stringify({
        texts: texts.map(({ text }) => text),
        input_type: on === 'input' ? 'request' : 'response',
        model,
        request_data: {},
        additional_provider_specific_params: config.additional_provider_specific_params,
      })
      const reply = await http.send({ method: 'POST', url, headers: { 'content-type': 'application/json' }, credential, body }, { signal })
      if (reply.status < 200 || reply.status > 299) throw new GatewayError('guardrail_failed', `The guardrail service answered with status ${reply.status}.`)
      return readVerdict(parseJson(reply.body.toString('utf8')), texts.length)
    }
    return {
      on: ['input', 'output'],
      ...(config.streaming_window_chars === undefined ? { streaming: 'whole' } : { streaming: 'window', windowChars: config.streaming_window_chars }),
      check: (subject, signal) => (subject.texts.every(({ text }) => text === '') ? { outcome: 'pass' } : ask(subject, signal)),
    }
  },
})
