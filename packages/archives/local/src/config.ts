import * as v from 'valibot'

export const localConfig = v.strictObject({
  archive_dir: v.pipe(v.string(), v.nonEmpty(), v.metadata({ operator: true }), v.description('The folder. Made when it is not there; relative to where the gateway runs.')),
})

export type LocalConfig = v.InferOutput<typeof localConfig>
