/** Sampling fields that reasoning models refuse. Source: https://platform.openai.com/docs/guides/reasoning */
const sampling = new Set(['temperature', 'top_p', 'presence_penalty', 'frequency_penalty', 'logprobs', 'top_logprobs', 'logit_bias'])

/** o-series; GPT-5 and later also take sampling fields when reasoning is off, so the API decides there. */
const reasoningModel = /^o\d/

/** Whether an OpenAI model takes a request field. */
export function supportsField(field: string, model: string): boolean {
  return !(sampling.has(field) && reasoningModel.test(model))
}
