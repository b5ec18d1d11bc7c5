import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { GUARD_CELL } from "./network-guard.js";
import { NOTEBOOKS, type Notebook } from "./notebook.js";
import type { Tools } from "./tools.js";

/** A cell may take so many seconds. */
const LONGEST_CELL = 180;

/** Executes all cells in a new kernel, with `notebooks/` as its folder. Failed cells end it. */
export async function executed(notebook: Notebook, tools: Tools): Promise<Notebook> {
  const args = ["--to", "notebook", "--execute", "--allow-errors", "--stdin", "--stdout"];
  const timeout = `--ExecutePreprocessor.timeout=${LONGEST_CELL}`;
  const guarded = { ...notebook, cells: [GUARD_CELL, ...notebook.cells] };
  const { cells, ...rest } = JSON.parse(
    await converted(tools, [...args, timeout], JSON.stringify(guarded)),
  ) as Notebook;
  const [guard, ...own] = cells;
  if (guard.outputs?.some(({ output_type }) => output_type === "error"))
    throw new Error(`the guard of the network failed: ${JSON.stringify(guard.outputs)}`);
  return { ...rest, cells: own };
}

/** The notebook as a page that opens without a network. */
export async function pageOf(notebook: Notebook, title: string, tools: Tools): Promise<string> {
  // By default the page would ask other hosts for scripts of formulas, widgets and diagrams, which no notebook has.
  const none = [
    "mathjax_url",
    "jquery_url",
    "require_js_url",
    "widget_renderer_url",
    "html_manager_semver_range",
    "mermaid_js_url",
  ];
  const settings = none.map((name) => `--HTMLExporter.${name}=`);
  const titled = { ...notebook, metadata: { ...notebook.metadata, title } };
  const page = await converted(
    tools,
    ["--to", "html", "--stdin", "--stdout", ...settings],
    JSON.stringify(titled),
  );
  return page.replace(DIAGRAM_SCRIPT, "");
}

/** The script that draws Mermaid's diagrams with code of another host, which no setting leaves out. */
const DIAGRAM_SCRIPT =
  /<script type="module">(?:(?!<\/script>)[\s\S])*mermaid(?:(?!<\/script>)[\s\S])*<\/script>/u;

async function converted({ jupyter, environment }: Tools, args: string[], input: string): Promise<string> {
  const process = spawn(jupyter, args, { cwd: NOTEBOOKS, env: environment, stdio: ["pipe", "pipe", "pipe"] });
  process.stdin.end(input);
  const [output, log, [code]] = await Promise.all([
    text(process.stdout),
    text(process.stderr),
    new Promise<[number | null]>((resolve) => process.on("close", (status) => resolve([status]))),
  ]);
  if (code !== 0) throw new Error(`nbconvert ended with ${code}:\n${log.split("\n").slice(-15).join("\n")}`);
  return output;
}
