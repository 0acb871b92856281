import type { JsonSchema } from '../schema.ts';

interface Operation {
  operationId: string;
  tags: string[];
  summary: string;
  description: string;
  parameters: { name: string; in: string; required: boolean; schema: JsonSchema }[];
  requestBody?: { content: { 'application/json': { schema: JsonSchema } } };
  responses: Record<string, { description: string; content?: Record<string, { schema?: JsonSchema }> }>;
}

/** The API reference as one plain page without script: readable, searchable by the browser, printable. */
export function referencePage(document: JsonSchema): string {
  const paths = document['paths'] as Record<string, Record<string, Operation>>;
  const all = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  );
  const tags = [...new Set(all.map((o) => o.operation.tags[0] ?? ''))];
  const errors = (document['components'] as { 'x-error-codes': Record<string, { status: number; title: string; help: string }> })[
    'x-error-codes'
  ];
  const info = document['info'] as { description: string };
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Nahbar API</title><link rel="stylesheet" href="/api/docs.css"></head><body>
<a class="skip" href="#content">To the content</a>
<nav aria-label="Resources"><h1>Nahbar API</h1><ul>${tags.map((t) => `<li><a href="#${escape(t)}">${escape(t)}</a></li>`).join('')}<li><a href="#errors">Errors</a></li><li><a href="/api/openapi.json">OpenAPI 3.1</a></li></ul></nav>
<main id="content"><p>${prose(info.description)}</p>
${tags
  .map(
    (tag) =>
      `<section id="${escape(tag)}"><h2>${escape(tag)}</h2>${all
        .filter((o) => o.operation.tags[0] === tag)
        .map(one)
        .join('')}</section>`,
  )
  .join('\n')}
<section id="errors"><h2>Errors</h2><table class="errors"><thead><tr><th>Code</th><th>Status</th><th>What happened</th><th>What to do</th></tr></thead><tbody>
${Object.entries(errors)
  .map(
    ([code, e]) =>
      `<tr id="${escape(code)}"><td><code>${escape(code)}</code></td><td>${e.status}</td><td>${prose(e.title)}</td><td>${prose(e.help)}</td></tr>`,
  )
  .join('\n')}
</tbody></table></section></main></body></html>`;
}

function one({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const reply = Object.entries(operation.responses).find(([status]) => status.startsWith('2'))?.[1].content?.['application/json']?.schema;
  const body = operation.requestBody?.content['application/json'].schema;
  return `<article id="${escape(operation.operationId)}"><h3><span class="method ${method}">${method.toUpperCase()}</span> <code>/api/v1${escape(path)}</code></h3><p>${prose(operation.summary)} <small>${prose(operation.description)}</small></p>
${operation.parameters.length > 0 ? `<table><thead><tr><th>Parameter</th><th>In</th><th>Kind</th></tr></thead><tbody>${operation.parameters.map((p) => `<tr><td><code>${escape(p.name)}</code>${p.required ? '' : ' <small>optional</small>'}</td><td>${p.in}</td><td><code>${escape(shape(p.schema))}</code></td></tr>`).join('')}</tbody></table>` : ''}
${body ? `<details><summary>Request body</summary><pre tabindex="0">${escape(JSON.stringify(body, null, 2))}</pre></details>` : ''}${reply ? `<details><summary>Reply</summary><pre tabindex="0">${escape(JSON.stringify(reply, null, 2))}</pre></details>` : ''}<small>${prose(operation.responses['default']?.description ?? '')}</small></article>`;
}

function shape(schema: JsonSchema): string {
  if (Array.isArray(schema['enum'])) return schema['enum'].join(' | ');
  return String(schema['format'] ?? schema['type'] ?? 'any');
}

/** Text of the contract, in which backticks mark code. */
const prose = (text: string): string => escape(text).replace(/`([^`]+)`/g, '<code>$1</code>');

const escape = (text: string): string => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`);
