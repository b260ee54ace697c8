import openapiTs, { astToString, type OpenAPI3 } from 'openapi-typescript'

/** Where the client keeps its types, from the root. */
export const TYPES_FILE = 'packages/client/src/openapi.gen.ts'

/** The types of every operation that an OpenAPI document has, as a TypeScript file. */
export async function typesOf(document: unknown): Promise<string> {
  const nodes = await openapiTs(document as OpenAPI3, { alphabetize: true, defaultNonNullable: false })
  return `// Made from the gateway's /openapi.json by \`pnpm client:types\`; changes here are lost.\n\n${astToString(nodes)}`
}
