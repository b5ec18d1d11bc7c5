import type { JsonSchema } from "./openapi.js";

/** The parts of an OpenAPI document that the page shows. */
interface Document {
  readonly info: { readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security?: readonly unknown[];
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, Body & { readonly description: string }>>;
}

interface Body {
  readonly content?: Readonly<Record<string, { readonly example?: unknown }>>;
}

const STYLE = `
:root{color-scheme:light dark}
body{font:1rem/1.5 system-ui,sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}
h2{margin-top:2.5rem;border-top:1px solid;padding-top:1rem}
pre{overflow:auto;padding:.75rem;border:1px solid;border-radius:4px}
table{border-collapse:collapse}
th,td{overflow-wrap:anywhere;text-align:left;vertical-align:top;padding:.25rem 1rem .25rem 0;border-bottom:1px solid}
.method{font-family:ui-monospace,monospace}
@media print{pre{white-space:pre-wrap;overflow-wrap:anywhere}}`;

/** The service's description as a page that needs nothing else: no script, no other file. */
export function docsPage(document: JsonSchema): string {
  const { info, paths, components } = document as unknown as Document;
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      operationHtml(method.toUpperCase(), path, operation),
    ),
  );
  const rows = Object.entries(components.schemas).filter(([name]) => name.startsWith("Row_of_"));
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>holdfast ${escaped(info.version)}: the service</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>holdfast ${escaped(info.version)}</h1>
<p>${escaped(info.description)} For clients: <a href="openapi.json">openapi.json</a>.</p>
${operations.join("\n")}
${rows.map(([id, schema]) => rowHtml(id, schema)).join("\n")}
</main>
</body>
</html>
`;
}

function operationHtml(method: string, path: string, operation: Operation): string {
  const { operationId, summary, security, requestBody, responses } = operation;
  const example = exampleOf(requestBody);
  const answer = exampleOf(responses["200"]);
  const statuses = Object.entries(responses).map(
    ([status, { description }]) => `<tr><th scope="row">${status}</th><td>${escaped(description)}</td></tr>`,
  );
  return `<section aria-labelledby="${operationId}">
<h2 id="${operationId}"><span class="method">${method} ${escaped(path)}</span></h2>
<p>${escaped(summary)}.${security === undefined ? "" : " No token is needed."}</p>
${example === undefined ? "" : `<p>Request:</p>\n<pre tabindex="0">${example}</pre>`}
${answer === undefined ? "" : `<p>Answer:</p>\n<pre tabindex="0">${answer}</pre>`}
<table>
<thead><tr><th scope="col">status</th><th scope="col">when</th></tr></thead>
<tbody>
${statuses.join("\n")}
</tbody>
</table>
</section>`;
}

/** The columns of a model's row. */
function rowHtml(id: string, { title, properties, required }: JsonSchema): string {
  const needed = new Set(required as readonly string[]);
  const columns = Object.entries(properties as Readonly<Record<string, JsonSchema>>).map(
    ([column, { type, examples }]) => {
      const types = [type].flat().join(", ");
      const known = ((examples ?? []) as readonly string[]).slice(0, 10).join(", ");
      return `<tr><th scope="row">${escaped(column)}</th><td>${types}</td><td>${needed.has(column) ? "yes" : "no"}</td><td>${escaped(known)}</td></tr>`;
    },
  );
  return `<section aria-labelledby="${id}">
<h2 id="${id}">A row of ${escaped(String(title))}</h2>
<table>
<thead><tr><th scope="col">column</th><th scope="col">type</th><th scope="col">required</th><th scope="col">such as</th></tr></thead>
<tbody>
${columns.join("\n")}
</tbody>
</table>
</section>`;
}

function exampleOf(body: Body | undefined): string | undefined {
  const example = body?.content?.["application/json"]?.example;
  return example === undefined ? undefined : escaped(JSON.stringify(example, null, 2));
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}
