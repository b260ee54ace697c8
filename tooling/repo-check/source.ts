import { parseSync, Visitor } from 'oxc-parser'

/** One import, re-export or `import()` of a module. */
export interface Import {
  readonly specifier: string
  /** `import type` and `export type`: gone at run time. (`import { type A }` still loads the module.) */
  readonly typeOnly: boolean
  /** `import()`: loaded later, or never. */
  readonly dynamic: boolean
  readonly line: number
}

/** A text in the code that is no module specifier. */
export interface StringLiteral {
  readonly value: string
  readonly line: number
}

/** What the rules need to know of one source file. */
export interface Source {
  readonly imports: readonly Import[]
  readonly strings: readonly StringLiteral[]
}

/** @throws when the text is no TypeScript. */
export function parseSource(file: string, text: string): Source {
  const parsed = parseSync(file, text)
  if (parsed.errors[0] !== undefined) throw new Error(`${file} does not parse: ${parsed.errors[0].message}`)
  const lineAt = lineCounter(text)
  const isTypeOnly = (start: number) => /^(import|export)\s+type\b(?!\s*(,|from\b))/.test(text.slice(start, start + 60))
  const { staticImports, staticExports, dynamicImports } = parsed.module
  const imports: Import[] = [
    ...staticImports.map(({ moduleRequest, start }) => ({ specifier: moduleRequest.value, typeOnly: isTypeOnly(start), dynamic: false, line: lineAt(start) })),
    ...staticExports.flatMap(({ entries, start }) => {
      const from = entries.find((entry) => entry.moduleRequest !== null)?.moduleRequest
      return from ? [{ specifier: from.value, typeOnly: isTypeOnly(start), dynamic: false, line: lineAt(start) }] : []
    }),
    ...dynamicImports.flatMap(({ moduleRequest, start }) => {
      const literal = /^(['"])(.*)\1$/.exec(text.slice(moduleRequest.start, moduleRequest.end))?.[2]
      return literal === undefined ? [] : [{ specifier: literal, typeOnly: false, dynamic: true, line: lineAt(start) }]
    }),
  ]
  const specifiers = new Set(imports.map(({ specifier }) => specifier))
  const strings: StringLiteral[] = []
  new Visitor({
    Literal(node) {
      if (typeof node.value === 'string' && !specifiers.has(node.value)) strings.push({ value: node.value, line: lineAt(node.start) })
    },
    TemplateElement(node) {
      if (node.value.cooked) strings.push({ value: node.value.cooked, line: lineAt(node.start) })
    },
  }).visit(parsed.program)
  return { imports, strings }
}

function lineCounter(text: string): (offset: number) => number {
  const breaks = [...text.matchAll(/\n/g)].map((match) => match.index)
  return (offset) => breaks.findLastIndex((at) => at < offset) + 2
}
