import type { Route } from '@tianjillm/gateway'
import * as v from 'valibot'
import { defineRoute } from '../define-route.ts'
import type { DocumentInfo } from './document.ts'
import { docsPage } from './page.ts'

/** `/openapi.json` and `/docs`, which tell of the routes that `routes` gives once all are known. */
export function documentRoutes(routes: () => readonly Route[], info: DocumentInfo): readonly Route[] {
  let document: Promise<object> | undefined
  return [
    defineRoute({
      method: 'GET', paths: ['/openapi.json'], permission: 'public', tag: 'Documentation', summary: 'This document.', answer: v.looseObject({}),
      // Made when it is first asked for: a proxy that nobody asks does not load what makes it.
      handle: () => (document ??= import('./document.ts').then(({ openApiDocument }) => openApiDocument(routes(), info))),
    }),
    // A page and no operation, so the document does not tell of it.
    {
      kind: 'query', method: 'GET', paths: ['/docs'], permission: 'public',
      answer: () => ({
        status: 200,
        body: docsPage,
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
          'x-content-type-options': 'nosniff',
        },
      }),
    },
  ]
}
