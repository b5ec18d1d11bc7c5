import { writeFile } from "node:fs/promises";
import { ANCHORS, isThere } from "../../support/shared-data.js";
import type { Bench, BenchFlags } from "../result.js";
import { chosenOf } from "../support/chosen.js";
import { runJobs } from "../support/run-jobs.js";
import { CELLS, type Cell, cellName, type HonestyJob, PARTS } from "./cells.js";
import type { Measured } from "./measure.js";
import { type HonestySettings, honestyMarkdown, honestyResults } from "./report.js";
import { summaryOf } from "./summary.js";

const PROCESS = new URL("./honesty-process.ts", import.meta.url);
const SEEDS = 40;
const HALVES = 20;
const NEW_ROWS = 20_000;
const REPLICATES = 200;

/** What training reports, compared with what its models are worth on rows that training did not see. */
export const honestyBench: Bench = {
  name: "honesty",
  about:
    "what training reports against new rows: labels of chance, simulated signal, halves of telco (an hour)",
  isOnRequest: true,
  async run(flags) {
    const parts = chosenOf("honesty", PARTS, flags.only).filter(
      (part) => part !== "telco" || flags.recorded || isThere(ANCHORS, "honesty, telco"),
    );
    const cells = CELLS.filter(({ part }) => parts.includes(part));
    const jobs = jobsOf(cells, flags);
    const { threads, journal, recorded } = flags;
    const options = { bench: "honesty", script: PROCESS, threads, journal, recorded };
    const answers = await runJobs<Measured>(jobs, options);
    const runs = cells.flatMap((cell) => {
      const ofCell = jobs.filter((job) => job.cell === cell).flatMap(({ key }) => answers.get(key) ?? []);
      return ofCell.length === 0 ? [] : [{ cell, runs: ofCell }];
    });
    const summaries = runs.map(({ cell, runs }) => ({ cell, summary: summaryOf(runs) }));
    const overall = parts.flatMap((part) => {
      const ofPart = runs.filter(({ cell }) => cell.part === part).flatMap(({ runs }) => runs);
      return ofPart.length === 0 ? [] : [{ part, summary: summaryOf(ofPart) }];
    });
    const figures = { cells: summaries, overall };
    const markdown = honestyMarkdown(figures, settingsOf(flags));
    console.log(`\n${markdown}`);
    if (flags.markdown !== undefined) await writeFile(flags.markdown, markdown);
    return honestyResults(figures);
  },
};

/** All cells of one seed before the next seed, so that what an interrupted run leaves can be compared. */
function jobsOf(cells: readonly Cell[], flags: BenchFlags): HonestyJob[] {
  const { newRows, repeats, replicates } = settingsOf(flags);
  const seedsOf = ({ part }: Cell) => flags.seeds ?? (part === "telco" ? HALVES : SEEDS);
  const jobs = cells.flatMap((cell) =>
    Array.from({ length: seedsOf(cell) }, (_, index): HonestyJob => {
      const seed = index + 1;
      const settings = `seed ${seed}, repeats ${repeats}, replicates ${replicates}, new rows ${newRows}`;
      const key = `honesty, ${cell.part}, ${cellName(cell)}, ${settings}`;
      return { key, cell, seed, newRows, repeats, replicates };
    }),
  );
  return jobs.sort((a, b) => a.seed - b.seed);
}

function settingsOf({ repeats = 1, replicates = REPLICATES, rows = NEW_ROWS }: BenchFlags): HonestySettings {
  return { repeats, replicates, newRows: rows };
}
