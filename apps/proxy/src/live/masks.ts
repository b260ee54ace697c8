import type { Sealer } from '@tianjillm/configuration'
import type { Masks, PassThroughFields } from '@tianjillm/management'
import { paramsOf } from '../compose/deployment-factory.ts'
import type { ModelEntry } from '../config/schema.ts'
import { isSealed } from './live-settings.ts'
import { maskedTree, maskedValues } from './mask.ts'
import { maskedParams } from './model-views.ts'
import { isPassThrough, shownFields } from './pass-through.ts'

/** Stored records without their secrets. @param shown keys of an entry's provider that hold none */
export function createMasks(sealer: Sealer, shown: (entry: ModelEntry) => ReadonlySet<string>): Masks {
  return {
    params: ({ id, modelName, params }) => opened(() => {
      const entry: ModelEntry = { model_name: modelName, litellm_params: sealer.open(params, `model:${id}`) as Record<string, unknown> }
      return maskedParams(paramsOf(entry), shown(entry))
    }),
    credential: ({ id, values }) => opened(() => maskedValues(sealer.open(values, `credential:${id}`) as Record<string, unknown>)),
    setting({ id, value }) {
      if (isPassThrough(id)) {
        return opened(() => {
          const fields = sealer.open(String(value), `setting:${id}`) as PassThroughFields
          return { ...shownFields(fields), id: fields.id, path: fields.path }
        })
      }
      if (isSealed(id)) return opened(() => maskedValues(sealer.open(String(value), `setting:${id}`) as Record<string, unknown>))
      const name = id.slice(id.indexOf('.') + 1)
      return (maskedTree({ [name]: value }) as Record<string, unknown>)[name]
    },
  }
}

/** What was sealed with another key is told as such. */
function opened<Shown>(open: () => Shown): Shown | { readonly error: string } {
  try {
    return open()
  } catch (error) {
    return { error: (error as Error).message }
  }
}
