import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberRows } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { ENTRY_POINTS } from "./entry-points.js";

const run = promisify(execFile);
const DIST = new URL("../../dist/", import.meta.url);

/** Reports, on standard output, every file and package that Node resolves in the main thread. */
const RECORDER = `data:text/javascript,${encodeURIComponent(`
  import { writeSync } from "node:fs";
  export async function resolve(specifier, context, next) {
    const found = await next(specifier, context);
    writeSync(1, "loaded " + found.url + "\\n");
    return found;
  }`)}`;

/** What a fresh Node loads by a script: packages by name, files of this package by path in dist. */
async function loadedBy(script: string): Promise<{ packages: Set<string>; files: Set<string> }> {
  const code = `
    import { register } from "node:module";
    register(${JSON.stringify(RECORDER)});
    ${script}`;
  const { stdout } = await run(process.execPath, ["--input-type=module", "-e", code]);
  const urls = [...stdout.matchAll(/^loaded (.*)$/gmu)].map(([, url]) => url);
  const packages = urls.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(url)?.[1] ?? []);
  const files = urls.filter((url) => url.startsWith(DIST.href)).map((url) => url.slice(DIST.href.length));
  return { packages: new Set(packages), files: new Set(files) };
}

const built = (specifier: string) => {
  const entry = ENTRY_POINTS.find((each) => each.specifier === specifier);
  return new URL(String(entry?.source.replace(/^.*\/src\//u, "").replace(/\.ts$/u, ".js")), DIST).href;
};

test("no entry point but those of charts, the report and analytics loads a database, a neural network, an HTTP framework, Arrow, zod, a plot library or a command line", async () => {
  const drawing = ["holdfast/plots", "holdfast/report", "holdfast/analytics"];
  const others = ENTRY_POINTS.filter(({ specifier }) => !drawing.includes(specifier));
  const imports = others.map(({ specifier }) => `await import(${JSON.stringify(built(specifier))});`);
  const { packages, files } = await loadedBy(imports.join("\n"));
  expect(files).toContain("predict/index.js");
  // One knows which characters are wide, for tables in Markdown, the other has the statistics of descriptions.
  expect([...packages].sort()).toEqual(["get-east-asian-width", "simple-statistics"]);
});

test("metrics, tiers, calibration, predict and classifiers load no package for statistics", async () => {
  const doors = ["metrics", "tiers", "calibration", "predict", "classifiers"];
  const imports = doors.map((door) => `await import(${JSON.stringify(built(`holdfast/${door}`))});`);
  const { packages, files } = await loadedBy(imports.join("\n"));
  expect(files).toContain("classifiers/index.js");
  expect([...packages]).toEqual(["get-east-asian-width"]);
});

const folder = temporaryFolder();

test("holdfast/predict loads a model and predicts without anything that trains or reads tables", async () => {
  const path = join(folder.path, "a.model.json");
  await (await scoringModel()).save(path);
  const [row] = subscriberRows(1);
  const { packages, files } = await loadedBy(`
    const { loadChurnModel } = await import(${JSON.stringify(built("holdfast/predict"))});
    const model = await loadChurnModel(${JSON.stringify(path)});
    if (!(model.predictOne(${JSON.stringify(row)}).probability > 0)) process.exit(1);`);
  expect([...packages].sort()).toEqual(["get-east-asian-width", "zod"]);
  expect(
    [...files].filter((file) =>
      /trainer|training|history|duckdb|formats|^scoring|service|simulator|cli/u.test(file),
    ),
  ).toEqual([]);
});
