import { count } from "../../errors.js";
import { tierDriftLines } from "../../predict/tier-drift.js";
import { percent, whole } from "../../printing/numbers.js";
import { printable } from "../../printing/printable.js";
import { textTable } from "../../printing/text-table.js";
import type { DriftReport } from "../../scoring/batch/drift.js";
import { unusualInputs } from "../../scoring/batch/input-rows.js";
import { type ListSummary, listNotes } from "../../scoring/list/list-summary.js";
import type { ScoreSummary } from "../../scoring/score-options.js";
import { unseenLines } from "./unseen.js";

/** At most so many inputs are named. */
const MOST_INPUTS = 10;
const BAR = 30;

export function scoreSummaryText(summary: ScoreSummary): string {
  const {
    rows,
    scored,
    rejected,
    meanProbability,
    tiers,
    distribution,
    inputs,
    unseenCategories,
    drift,
    tierDrift,
    list,
    notes,
  } = summary;
  const counts =
    rejected === 0
      ? `${count(scored, "row")} scored`
      : `${count(rows, "row")} in: ${whole(scored)} scored, ${whole(rejected)} rejected`;
  if (scored === 0) return counts;
  const most = Math.max(...distribution.map((bin) => bin.rows));
  return [
    `${counts}, mean probability of churn ${percent(meanProbability)}`,
    list === null
      ? textTable(
          ["tier", "rows", "share"],
          tiers.map(({ tier, rows: inTier }) => [tier, whole(inTier), percent(inTier / scored)]),
        )
      : listText(list, scored),
    ...tierDriftLines(tierDrift).map((line) => `Warning: ${line}`),
    textTable(
      ["probability", "rows", "share", ""],
      distribution.map(({ from, to, rows: inBin }) => [
        `${from.toFixed(1)} to ${to.toFixed(1)}`,
        whole(inBin),
        percent(inBin / scored),
        "▇".repeat(Math.ceil((BAR * inBin) / most)),
      ]),
    ),
    ...notes.map((note) => `Note: ${note}`),
    ...unseenLines(unseenCategories).map((line) => `Note: ${line}`),
    ...inputsText(inputs, scored),
    driftText(drift),
  ].join("\n\n");
}

/** Inputs with more missing values than in training, with values out of range, and unseen ones. */
function inputsText(inputs: ScoreSummary["inputs"], scored: number): string[] {
  if (inputs === null) {
    return [
      "Note: parts of this folder were scored by an older version, which did not count missing values.",
    ];
  }
  const unusual = unusualInputs(inputs, scored);
  if (unusual.length === 0) return [];
  const shareOf = (rows: number | null) => (rows === null ? "–" : percent(rows / scored));
  const rows = unusual
    .slice(0, MOST_INPUTS)
    .map(({ column, missing, missingInTraining: before, outOfRange, range, unseen }) => [
      printable(column),
      shareOf(missing),
      before === null ? "–" : percent(before),
      shareOf(outOfRange),
      range === null ? "–" : range.map(shownEnd).join(" to "),
      shareOf(unseen),
    ]);
  const rest = unusual.length - MOST_INPUTS;
  const head = ["input", "missing", "in training", "out of range", "range of training", "unseen"];
  return [
    [textTable(head, rows), ...(rest > 0 ? [`… and ${count(rest, "more input", "more inputs")}`] : [])].join(
      "\n",
    ),
  ];
}

/** A number without the digits that only a computer needs, or a date. */
function shownEnd(end: number | string): string {
  return typeof end === "number" ? String(Number(end.toPrecision(6))) : end;
}

/** The tiers of a list with the lowest amount of each, and what should be noticed about them. */
function listText(list: ListSummary, scored: number): string {
  const { by, tiers } = list;
  const table = textTable(
    ["tier", "rows", "share", by === "probability" ? "probability from" : "expected loss from"],
    tiers.map(({ tier, rows, from }) => [
      tier,
      whole(rows),
      percent(rows / scored),
      from === null ? "–" : from.toFixed(by === "probability" ? 4 : 2),
    ]),
  );
  return [table, ...listNotes(list).map((note) => `Note: ${printable(note)}`)].join("\n\n");
}

function driftText(drift: DriftReport | null): string {
  if (drift === null)
    return "Note: the model was saved by an older version, without what is needed to measure drift from its training data.";
  const { scores, inputs } = drift;
  const moved = inputs.filter(({ isDrift }) => isDrift);
  if (!scores.isDrift && moved.length === 0) {
    return `No drift from the ${whole(drift.trainingRows)} training rows: PSI of scores ${scores.psi.toFixed(3)}, of ${count(inputs.length, "input")} at most ${(inputs[0]?.psi ?? 0).toFixed(3)}.`;
  }
  const rows = [
    ...(scores.isDrift ? [["scores", scores.psi.toFixed(3), scores.limit.toFixed(3)]] : []),
    ...moved
      .slice(0, MOST_INPUTS)
      .map(({ input, psi, limit }) => [printable(input), psi.toFixed(3), limit.toFixed(3)]),
  ];
  const rest = moved.length - MOST_INPUTS;
  return [
    `Drift from the ${whole(drift.trainingRows)} training rows, by population stability index (PSI):`,
    textTable(["what moved", "PSI", "limit"], rows),
    ...(rest > 0 ? [`… and ${count(rest, "more input", "more inputs")}`] : []),
  ].join("\n");
}
