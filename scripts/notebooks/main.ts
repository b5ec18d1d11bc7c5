// Executes the notebooks, keeps what they show, checks the types of every cell, and writes pages that open without a network.
import { mkdirSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { absentData } from "./absent-data.js";
import { problemsOfOutputs } from "./check-cells.js";
import { typeProblems } from "./check-types.js";
import { executed, pageOf } from "./execute.js";
import { normalForm } from "./normal-form.js";
import { NOTEBOOKS, nameOf, notebookPaths, ROOT, readNotebook, writeNotebook } from "./notebook.js";
import { outsideOf } from "./outside-of.js";
import { preparedTools, type Tools } from "./tools.js";

const HELP = `npm run notebooks -- [NAME …] [--html] [--types]

Executes the notebooks in notebooks/ from their first cell, each in a new kernel, and writes what they show
into the files. A cell that fails, warns or shows nothing, a request to the network and a fault of types end it with 1.
A notebook on public data is left as it is where its file is not at hand.

  NAME      only notebooks whose names contain it, such as 03
  --html    also write notebooks/html/NAME.html, pages that open without a network
  --types   check the types of the cells only

  npm run notebooks
  npm run notebooks -- 03 --html
`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { html: { type: "boolean" }, types: { type: "boolean" }, help: { type: "boolean" } },
});
if (values.help) console.log(HELP);
else {
  process.exitCode = await main().catch((error: Error) => {
    console.error(error.message);
    return 1;
  });
}

async function main(): Promise<number> {
  const paths = notebookPaths().filter(
    (path) => positionals.length === 0 || positionals.some((part) => basename(path).includes(part)),
  );
  if (paths.length === 0) {
    console.error(`No notebook is named ${positionals.join(" or ")}`);
    return 2;
  }
  const faults = typeProblems(new Map(paths.map((path) => [basename(path, ".ipynb"), readNotebook(path)])));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0 || values.types) return Math.sign(faults.length);

  const tools = preparedTools();
  let isWrong = false;
  for (const path of paths) {
    const absent = absentData(readNotebook(path));
    if (absent !== undefined) {
      console.log(
        `${nameOf(path)}: skipped, keeps what it showed: ${absent} is not at hand (HOLDFAST_DATASETS)`,
      );
      continue;
    }
    const began = performance.now();
    const shown = await executed(readNotebook(path), tools);
    const notebook = normalForm(shown);
    const problems = problemsOfOutputs(shown, [
      ...(process.env.HOLDFAST_DATASETS === undefined ? [] : [process.env.HOLDFAST_DATASETS]),
      ROOT.replace(/\/$/u, ""),
      homedir(),
      tmpdir(),
    ]);
    if (problems.length === 0) writeNotebook(path, notebook);
    if (problems.length === 0 && values.html) problems.push(...(await writePage(path, tools)));
    isWrong ||= problems.length > 0;
    console.log(`${nameOf(path)}: ${((performance.now() - began) / 1000).toFixed(0)} s`);
    for (const problem of problems) console.error(`  ${problem}`);
  }
  return isWrong ? 1 : 0;
}

async function writePage(path: string, tools: Tools): Promise<string[]> {
  const name = basename(path, ".ipynb");
  const page = await pageOf(readNotebook(path), name, tools);
  mkdirSync(join(NOTEBOOKS, "html"), { recursive: true });
  writeFileSync(join(NOTEBOOKS, "html", `${name}.html`), page);
  return outsideOf(page).map((address) => `its page asks for ${address}`);
}
