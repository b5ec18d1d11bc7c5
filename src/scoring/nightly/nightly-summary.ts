import { count } from "../../errors.js";
import type { AnyModel } from "../../model-kinds.js";
import { tierDriftLines } from "../../predict/tier-drift.js";
import { percent } from "../../printing/numbers.js";
import { moreMissing, type ScoredInput, unusualInputs } from "../batch/input-rows.js";
import { listNotes } from "../list/list-summary.js";
import type { ScoreSummary } from "../score-options.js";
import type { ListFigures, TopSubscriber } from "./list-figures.js";

/** What a nightly job did on one day, or why it did not: plain data, from which its texts derive. */
export interface NightlySummary {
  /** `"already done"` where an earlier run of the same day had done it, and this one wrote nothing. */
  readonly outcome: "done" | "already done" | "failed" | "stopped";
  /** The name of the job. */
  readonly job: string;
  /** The day, such as `2026-02-01`. */
  readonly date: string;
  /** ISO 8601, in UTC. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly seconds: number;
  /** How often the day was begun, this run included. */
  readonly attempts: number;
  /** Null where nothing was scored, as are the figures below. */
  readonly rows: { readonly read: number; readonly scored: number; readonly rejected: number } | null;
  readonly meanProbability: number | null;
  /** The first one first. */
  readonly tiers: readonly NightlyTier[];
  /** The last day before this one that was done. */
  readonly before: NightlyBefore | null;
  /** The first subscribers of the list, where the job asks for them. */
  readonly top: readonly TopSubscriber[];
  /** What someone should look at before the list is used. */
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  readonly files: NightlyFiles;
  /** What failed, in one line, and the exit code of the command line. */
  readonly error: { readonly message: string; readonly exitCode: number } | null;
}

/** A tier of a day. */
export interface NightlyTier {
  readonly tier: string;
  readonly rows: number;
  /** Of the rows that were scored. */
  readonly share: number;
  /** What `from` is a limit on. */
  readonly by: "probability" | "expectedLoss";
  /** The lowest probability (or expected loss) of the tier; null for the last one of a list, and for one without rows. */
  readonly from: number | null;
  /** The sum of the probabilities: how many of its subscribers are expected to churn. */
  readonly expectedChurners: number;
  /** The sum of probability × value; null where the model has no value column. */
  readonly expectedLoss: number | null;
  /** Its rows on the day before; null where that had no such tier. */
  readonly rowsBefore: number | null;
}

/** The day that a summary is compared with. */
export interface NightlyBefore {
  readonly date: string;
  readonly scored: number;
  readonly meanProbability: number | null;
  /** Of the first tier, how many ids are new since then, and how many have left it; null where that can't be told. */
  readonly first: { readonly tier: string; readonly new: number; readonly left: number } | null;
}

/** Where a job wrote, relative to the folder of its file. */
export interface NightlyFiles {
  readonly output: string;
  readonly rejects: string | null;
  readonly summary: string | null;
  /** The record of the day. */
  readonly record: string;
}

/** What is the same in every summary of a run. */
export type SummaryHead = Pick<
  NightlySummary,
  "job" | "date" | "startedAt" | "endedAt" | "seconds" | "attempts" | "files" | "notes"
>;

/** The summary of a day that is done. */
export function doneSummary(
  head: SummaryHead,
  model: AnyModel,
  scores: ScoreSummary,
  figures: ListFigures,
  earlier: { readonly summary: NightlySummary; readonly first: ReadonlySet<string> | null } | undefined,
): NightlySummary {
  const { rows, scored, rejected, list } = scores;
  const mean =
    typeof scores.meanProbability === "number" && !Number.isNaN(scores.meanProbability)
      ? scores.meanProbability
      : null;
  const before = earlier?.summary;
  const tiers = scores.tiers.map(({ tier, rows: inTier }): NightlyTier => {
    const ofList = list?.tiers.find((each) => each.tier === tier);
    const ofModel = model.tiers.find(({ name }) => name === tier);
    const sums = figures.tiers.get(tier);
    return {
      tier,
      rows: inTier,
      share: scored === 0 ? 0 : inTier / scored,
      by: list?.by ?? ofModel?.by ?? "probability",
      from: list === null ? (ofModel?.from ?? null) : (ofList?.from ?? null),
      expectedChurners: sums?.churners ?? 0,
      expectedLoss: model.value === null ? null : (sums?.loss ?? 0),
      rowsBefore: before?.tiers.find((each) => each.tier === tier)?.rows ?? null,
    };
  });
  const [first] = scores.tiers;
  return {
    outcome: "done",
    ...head,
    rows: { read: rows, scored, rejected },
    meanProbability: mean,
    tiers,
    before:
      before === undefined
        ? null
        : {
            date: before.date,
            scored: before.rows?.scored ?? 0,
            meanProbability: before.meanProbability,
            first: comparedIds(first?.tier, figures.first, earlier?.first ?? null),
          },
    top: figures.top,
    warnings: warningsOf(scores),
    notes: [...head.notes, ...notesOf(scores, before, tiers)],
    error: null,
  };
}

function comparedIds(
  tier: string | undefined,
  now: ReadonlySet<string> | null,
  then: ReadonlySet<string> | null,
) {
  if (tier === undefined || now === null || then === null) return null;
  let stayed = 0;
  for (const id of now) if (then.has(id)) stayed++;
  return { tier, new: now.size - stayed, left: then.size - stayed };
}

function warningsOf({ rejected, rows, drift, tierDrift, unseenCategories }: ScoreSummary): string[] {
  const moved = (drift?.inputs ?? []).filter(({ isDrift }) => isDrift);
  return [
    ...(rejected === 0 ? [] : [`${count(rejected, "row")} of ${count(rows, "row")} could not be scored`]),
    ...tierDriftLines(tierDrift),
    ...(drift?.scores.isDrift === true
      ? [
          `scores have drifted from training: PSI ${drift.scores.psi.toFixed(3)}, limit ${drift.scores.limit.toFixed(3)}`,
        ]
      : []),
    ...(moved.length === 0
      ? []
      : [
          `${count(moved.length, "input has", "inputs have")} drifted from training: ${named(
            moved.map(({ input, psi }) => `${input} (PSI ${psi.toFixed(3)})`),
          )}`,
        ]),
    ...unseenCategories.map(
      ({ column, rows: unseen, examples }) =>
        `${column} has ${count(unseen, "row")} with categories that training never saw, scored as other: ${examples.join(", ")}`,
    ),
  ];
}

/** A change of the number of rows, or of a tier, that is worth a look. */
const MUCH = 0.2;

function notesOf(
  scores: ScoreSummary,
  before: NightlySummary | undefined,
  tiers: readonly NightlyTier[],
): string[] {
  const { list, scored, inputs } = scores;
  const unusual =
    inputs === null ? [] : unusualInputs(inputs, scored).filter((each) => isUnusual(each, scored));
  const scoredBefore = before?.rows?.scored ?? 0;
  const change = scoredBefore === 0 ? 0 : scored / scoredBefore - 1;
  return [
    ...(list === null ? [] : listNotes(list)),
    ...(Math.abs(change) > MUCH
      ? [`${percent(Math.abs(change))} ${change > 0 ? "more" : "fewer"} rows than on ${before?.date}`]
      : []),
    ...(before === undefined || list !== null
      ? []
      : tiers.flatMap(({ tier, rows, rowsBefore }) =>
          rowsBefore !== null && rowsBefore > 0 && Math.abs(rows / rowsBefore - 1) > MUCH
            ? [
                `tier ${tier} has ${count(rows, "row")}, on ${before.date} it had ${rowsBefore.toLocaleString("en-US")}`,
              ]
            : [],
        )),
    ...(unusual.length === 0
      ? []
      : [
          `${count(unusual.length, "input has", "inputs have")} more missing values than in training, or values out of its range: ${named(unusual.map(({ column }) => column))}`,
        ]),
  ];
}

/** Of a smaller share of the rows it is in the summary of `scoreFile` only. */
const LEAST_SHARE = 0.05;

function isUnusual(input: ScoredInput, scored: number): boolean {
  return Math.max(moreMissing(input, scored), input.outOfRange ?? 0) > LEAST_SHARE * scored;
}

function named(names: readonly string[]): string {
  const rest = names.length - 3;
  return `${names.slice(0, 3).join(", ")}${rest > 0 ? `, … and ${rest} more` : ""}`;
}

/** The summary of a run that ended before the day was done. */
export function failedSummary(
  head: SummaryHead,
  outcome: "failed" | "stopped",
  error: NightlySummary["error"],
): NightlySummary {
  return {
    outcome,
    ...head,
    rows: null,
    meanProbability: null,
    tiers: [],
    before: null,
    top: [],
    warnings: [],
    error,
  };
}
