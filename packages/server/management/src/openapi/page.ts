/**
 * The page at `/docs`: reads `/openapi.json` beside it and shows it. One file, no script of another host,
 * and a policy that allows none.
 */
export const docsPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>tianjiLLM API</title>
<style>
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 15%, transparent); --soft: color-mix(in srgb, currentColor 60%, transparent) }
body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 0 auto; padding: 1rem }
header { display: flex; gap: 1rem; align-items: baseline; flex-wrap: wrap }
input { font: inherit; padding: .3rem .6rem; flex: 1; min-width: 12rem }
h2 { margin: 2rem 0 .5rem; font-size: 1.1rem }
details { border: 1px solid var(--line); border-radius: .4rem; margin: .3rem 0 }
summary { cursor: pointer; padding: .4rem .7rem; display: flex; gap: .7rem; align-items: baseline }
summary code { font-weight: 600 }
.method { font: 600 .75rem ui-monospace, monospace; width: 4rem }
.text { color: var(--soft); margin-left: auto; text-align: right }
.deprecated code { text-decoration: line-through; font-weight: 400 }
section { padding: 0 .7rem .7rem }
table { border-collapse: collapse; width: 100% }
td, th { text-align: left; padding: .2rem .6rem .2rem 0; border-top: 1px solid var(--line); vertical-align: top; font-size: .9rem }
pre { overflow: auto; background: color-mix(in srgb, currentColor 6%, transparent); padding: .6rem; border-radius: .4rem; font-size: .85rem }
</style>
</head>
<body>
<header><h1>tianjiLLM API</h1><input id="find" type="search" placeholder="Find a route" autofocus> <a href="openapi.json">openapi.json</a></header>
<main id="routes">Loading ...</main>
<script>
const el = (name, text, className) => { const made = document.createElement(name); if (text !== undefined) made.textContent = text; if (className) made.className = className; return made }
const typeOf = (schema) => {
  if (!schema) return ''
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((one) => JSON.stringify(one)).join(' | ')
  const any = schema.anyOf || schema.oneOf
  if (any) return any.map(typeOf).join(' | ')
  if (schema.type === 'array') return typeOf(schema.items) + '[]'
  return [].concat(schema.type || 'any').join(' | ')
}
const fieldTable = (title, rows) => {
  const box = el('div'); box.append(el('h4', title)); const table = el('table'); box.append(table)
  for (const [name, schema, required] of rows) { const tr = el('tr'); tr.append(el('th', name + (required ? ' *' : '')), el('td', typeOf(schema)), el('td', schema.description || '')); table.append(tr) }
  return box
}
const fields = (title, schema) => schema && schema.properties ? fieldTable(title, Object.entries(schema.properties).map(([name, one]) => [name, one, (schema.required || []).includes(name)])) : el('pre', title + ': ' + typeOf(schema))
const show = (method, path, operation) => {
  const box = el('details', undefined, operation.deprecated ? 'deprecated' : ''); const head = el('summary'); head.append(el('span', method.toUpperCase(), 'method'), el('code', path), el('span', operation.summary, 'text')); box.append(head)
  box.addEventListener('toggle', () => {
    if (box.childElementCount > 1) return
    const body = el('section'); body.append(el('p', operation.description || ''))
    if (operation.parameters && operation.parameters.length) body.append(fieldTable('Parameters', operation.parameters.map((one) => [one.name + ' (' + one.in + ')', one.schema, one.required])))
    const sent = operation.requestBody && operation.requestBody.content['application/json'].schema
    if (sent) body.append(fields('Body', sent))
    const answered = operation.responses[200] && operation.responses[200].content['application/json'].schema
    if (answered) body.append(fields('Answer', answered))
    box.append(body)
  })
  box.dataset.text = (method + ' ' + path + ' ' + operation.summary).toLowerCase()
  return box
}
const routes = document.getElementById('routes')
fetch('openapi.json').then((response) => response.json()).then((spec) => {
  routes.textContent = ''
  for (const { name } of spec.tags) {
    const group = el('div'); group.append(el('h2', name))
    for (const [path, methods] of Object.entries(spec.paths)) for (const [method, operation] of Object.entries(methods)) if (operation.tags.includes(name)) group.append(show(method, path, operation))
    routes.append(group)
  }
}).catch((error) => { routes.textContent = 'openapi.json could not be read: ' + error })
document.getElementById('find').addEventListener('input', ({ target }) => {
  const wanted = target.value.toLowerCase()
  for (const box of routes.querySelectorAll('details')) box.hidden = !box.dataset.text.includes(wanted)
  for (const group of routes.children) group.hidden = !group.querySelector('details:not([hidden])')
})
</script>
</body>
</html>
`
