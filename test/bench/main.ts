import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { textTable } from "../../src/cli/print/text-table.js";
import { accuracyBenches } from "./accuracy.js";
import { importBench } from "./import.js";
import type { Bench, BenchResult } from "./result.js";
import { tableBench } from "./table.js";
import { predictBench, trainBench } from "./telco.js";

const BENCHES: readonly Bench[] = [importBench, tableBench, trainBench, predictBench, ...accuracyBenches];

const HELP = `npm run bench -- [NAME …] [--json FILE]

Runs the benchmarks whose names begin with one of the NAMEs (all of them without).

${BENCHES.map(({ name, about }) => `  ${name.padEnd(20)} ${about}`).join("\n")}

Examples:
  npm run bench -- predict import
  npm run bench -- accuracy --json accuracy.json`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "string" }, help: { type: "boolean", short: "h" } },
});
const wanted = BENCHES.filter(
  ({ name }) => positionals.length === 0 || positionals.some((start) => name.startsWith(start)),
);
if (values.help || wanted.length === 0) {
  console.log(wanted.length === 0 ? `No benchmark begins with ${positionals.join(", ")}.\n\n${HELP}` : HELP);
  process.exit(values.help ? 0 : 2);
}

const results: BenchResult[] = [];
for (const bench of wanted) {
  process.stderr.write(`${bench.name}: ${bench.about}\n`);
  results.push(...(await bench.run()));
}
console.log(
  textTable(
    ["bench", "what", "value", "unit", "peer", "peer value", "ratio"],
    results.map(({ bench, what, value, unit, peer, peerValue, ratio }) => [
      bench,
      what,
      shown(value),
      unit,
      peer ?? "",
      peerValue === null ? "" : shown(peerValue),
      ratio === null ? "" : ratio.toFixed(3),
    ]),
  ),
);
if (values.json !== undefined) await writeFile(values.json, `${JSON.stringify(results, null, 2)}\n`);

function shown(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(4);
}
