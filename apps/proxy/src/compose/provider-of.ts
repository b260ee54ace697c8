import { shippedPackages } from '../plugins/shipped-packages.ts'

/**
 * Which provider a LiteLLM model string means, and the model's name there. The provider may be a
 * package's name with its scope: `@acme/tianjillm-echo/echo-1`. Without one, the shipped packages say whose names begin so.
 */
export function providerOf(model: string, named: string | undefined): { provider: string; model: string } | undefined {
  if (named !== undefined) return { provider: named, model: model.startsWith(`${named}/`) ? model.slice(named.length + 1) : model }
  const slash = model.indexOf('/', model.startsWith('@') ? model.indexOf('/') + 1 : 0)
  if (slash > 0) return { provider: model.slice(0, slash), model: model.slice(slash + 1) }
  const family = shippedPackages().families.find(({ pattern }) => pattern.test(model))
  return family && { provider: family.provider, model }
}
