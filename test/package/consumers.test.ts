import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { packageUserFolder } from "../support/package-user.js";
import { ENTRY_POINTS, ROOT } from "./entry-points.js";

const run = promisify(execFile);
const TSC = join(ROOT, "node_modules", "typescript", "bin", "tsc");
const folder = packageUserFolder();

/** Imports every entry point by its name, and uses values and types of some. */
const CONSUMER = `
${ENTRY_POINTS.map(({ specifier }, index) => `import * as entry${index} from ${JSON.stringify(specifier)};`).join("\n")}
import { HoldfastError, type Prediction, type TrainOptions } from "holdfast";
import { rocAuc } from "holdfast/metrics";
import type { ChurnModel } from "holdfast/predict";
import { tableFromRows, type Table } from "holdfast/table";

const table: Table = tableFromRows([{ tenure: 3, plan: "基础" }]);
const options: TrainOptions = { label: "churn", calibration: "platt" };
export const predict = (model: ChurnModel): Prediction[] => model.predict(table);
const entries = [${ENTRY_POINTS.map((_, index) => `entry${index}`).join(", ")}];
console.log(entries.length, options.label, rocAuc([0, 1], [0.2, 0.7]), new HoldfastError([]).name);
`;
const PRINTED = `${ENTRY_POINTS.length} churn 1 HoldfastError\n`;

async function check(file: string, ...options: string[]): Promise<void> {
  const all = [
    TSC,
    "--strict",
    "--exactOptionalPropertyTypes",
    "--target",
    "ES2023",
    "--types",
    "node",
    ...options,
    file,
  ];
  await run(process.execPath, all, { cwd: folder.path }).catch((error: { stdout: string }) => {
    throw new Error(error.stdout);
  });
}

test.each([
  ["Node16", "Node16"],
  ["NodeNext", "NodeNext"],
  ["ESNext", "Bundler"],
])(
  "a module compiled with module %s and moduleResolution %s passes the type checker and runs",
  async (module, resolution) => {
    const name = `consumer-${resolution}`;
    folder.file(`${name}.ts`, CONSUMER);
    await check(
      `${name}.ts`,
      "--module",
      module,
      "--moduleResolution",
      resolution,
      "--skipLibCheck",
      "false",
    );
    expect((await run(process.execPath, [`${name}.js`], { cwd: folder.path })).stdout).toBe(PRINTED);
  },
);

const hasRequire = Boolean((process.features as { require_module?: boolean }).require_module);

test("CommonJS gets every entry point by require, where Node has it for modules, else by import()", async () => {
  const load = hasRequire ? "require" : "import";
  const calls = ENTRY_POINTS.map(({ specifier }) => `await ${load}(${JSON.stringify(specifier)})`);
  folder.file(
    "consumer.cjs",
    `(async () => {
       const entries = [${calls.join(", ")}];
       const { HoldfastError, tableFromRows } = entries[0];
       console.log(entries.length, tableFromRows([{ a: 1 }]).rowCount, new HoldfastError([]).name);
     })();`,
  );
  const { stdout } = await run(process.execPath, ["consumer.cjs"], { cwd: folder.path });
  expect(stdout).toBe(`${ENTRY_POINTS.length} 1 HoldfastError\n`);
});

test.runIf(hasRequire)("TypeScript in CommonJS may require it with module nodenext", async () => {
  folder.file(
    "consumer.cts",
    'import holdfast = require("holdfast/metrics");\nconsole.log(holdfast.rocAuc([0, 1], [0.2, 0.7]));\n',
  );
  await check("consumer.cts", "--module", "NodeNext", "--skipLibCheck");
  expect((await run(process.execPath, ["consumer.cjs"], { cwd: folder.path })).stdout).toBe("1\n");
});

test("the examples of all introductions pass the type checker", async () => {
  const files = ENTRY_POINTS.map(({ source }, index) => {
    const [, example] =
      /@example\n([\s\S]*?) \* @packageDocumentation/u.exec(readFileSync(source, "utf8")) ?? [];
    expect(example, source).toBeDefined();
    folder.file(`example${index}.ts`, `${String(example).replaceAll(/^ \* ?/gmu, "")}export {};\n`);
    return `example${index}.ts`;
  });
  await check(files[0], "--module", "NodeNext", "--skipLibCheck", "--noEmit", ...files.slice(1));
});
