import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { writeTable } from "../../src/formats/write-table.js";
import { createRandom } from "../../src/random.js";
import { trainChurnModel } from "../../src/training/train.js";
import { type FuzzReport, fuzzBodies, fuzzLines, fuzzModels } from "../support/fuzz.js";
import { killAndGoOn } from "../support/killed-jobs.js";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberTable } from "../support/subscribers.js";
import { type Bench, type BenchResult, result } from "./result.js";
import { checkBuilt } from "./scoring/scoring-data.js";

const KILLS = 100;
const FUZZED = 100_000;
const PARTS = 8;
const ROWS_OF_PART = 12_000;
const TREES = {
  label: "churned",
  id: "subscriber",
  classifier: "boosting",
  repeats: 1,
  replicates: 1,
} as const;

/** Jobs killed at random moments, and mutated inputs. */
export const reliabilityBench: Bench = {
  name: "reliability",
  about: "100 jobs killed at random moments and continued; 100,000 mutated lines, bodies and models each",
  isOnRequest: true,
  async run({ rows = FUZZED, pairs = KILLS }) {
    checkBuilt();
    const model = await scoringModel();
    const trees = await trainChurnModel(subscriberTable(300), TREES);
    return [
      ...(await killed(pairs)),
      ...fuzzed("lines", await fuzzLines(model, rows, 1)),
      ...fuzzed("bodies", await fuzzBodies(model, rows, 1)),
      ...fuzzed("models, logistic", await fuzzModels(model, rows / 2, 1)),
      ...fuzzed("models, trees", await fuzzModels(trees, rows / 2, 2)),
    ];
  },
};

async function killed(runs: number): Promise<BenchResult[]> {
  const folder = mkdtempSync(join(tmpdir(), "holdfast-bench-"));
  try {
    const job = {
      model: join(folder, "model.json"),
      input: join(folder, "in"),
      out: join(folder, "out"),
      rejects: join(folder, "rejects.ndjson"),
    };
    await (await scoringModel()).save(job.model);
    mkdirSync(job.input);
    for (let part = 0; part < PARTS; part++) {
      const path = join(job.input, `${part}.csv`);
      await writeTable(subscriberTable(ROWS_OF_PART, part), path);
      writeFileSync(path, "bad,odd,0,0,A,true,No\n", { flag: "a" });
    }
    let same = 0;
    let kills = 0;
    const random = createRandom(1, "kills");
    for (const format of ["csv", "parquet"]) {
      const options = ["--format", format];
      const undisturbed = await killAndGoOn({ ...job, options }, []);
      for (let run = 0; run < runs / 2; run++) {
        const moments = Array.from(
          { length: 1 + random.integer(2) },
          () => undisturbed.end.milliseconds * (0.1 + 0.9 * random.next()),
        );
        const { digests, killed: count, end } = await killAndGoOn({ ...job, options }, moments);
        if (end.code === 0 && isDeepStrictEqual(digests, undisturbed.digests)) same++;
        else
          process.stderr.write(
            `run ${run}, ${format}, killed after ${moments.join(", ")} ms: ${end.stderr}\n`,
          );
        kills += count;
      }
    }
    return [
      result("reliability", "jobs killed", kills, "times"),
      result("reliability", "runs that ended with the bytes of an undisturbed one", same, "runs", {
        name: "all",
        value: 2 * Math.ceil(runs / 2),
      }),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function fuzzed(what: string, { cases, accepted, refused, slowestMilliseconds }: FuzzReport): BenchResult[] {
  return [
    result("reliability", `mutated ${what}`, cases, "cases"),
    result("reliability", `mutated ${what}, accepted`, accepted, "times", {
      name: "with those refused",
      value: accepted + refused,
    }),
    result("reliability", `mutated ${what}, slowest`, slowestMilliseconds, "ms", {
      name: "limit",
      value: 2000,
    }),
  ];
}
