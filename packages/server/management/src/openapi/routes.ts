import type { Route } from '@tianjillm/gateway'
import * as v from 'valibot'
import { defineRoute, type DocumentedRoute, Reply } from '../define-route.ts'
import type { DocumentInfo } from './document.ts'
import { docsPage } from './page.ts'

/** `/openapi.json` and `/docs`, which tell of the routes that `routes` gives once all are known. */
export function documentRoutes(routes: () => readonly Route[], info: DocumentInfo): readonly DocumentedRoute[] {
  let document: Promise<object> | undefined
  return [
    defineRoute({
      method: 'GET', paths: ['/openapi.json'], permission: 'public', tag: 'Documentation', summary: 'This document.', answer: v.looseObject({}),
      // Made when it is first asked for: a proxy that nobody asks does not load what makes it.
      handle: () => (document ??= import('./document.ts').then(({ openApiDocument }) => openApiDocument(routes(), info))),
    }),
    defineRoute({
      method: 'GET', paths: ['/docs'], permission: 'public', tag: 'Documentation', summary: 'A page that shows this document.', answer: v.string(),
      handle: () => new Reply(200, docsPage, {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
        'x-content-type-options': 'nosniff',
      }),
    }),
  ]
}
