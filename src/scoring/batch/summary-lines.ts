import { tierDriftLines } from "../../predict/tier-drift.js";
import { alignedLines } from "../../printing/aligned-lines.js";
import { counted, percent, whole } from "../../printing/numbers.js";
import type { Printed } from "../../printing/print-as-text.js";
import { listNotes } from "../list/list-summary.js";
import type { ScoreSummary } from "../score-options.js";
import { moreMissing, type ScoredInput } from "./input-rows.js";

/** So many inputs are named. */
const SHOWN_INPUTS = 3;

/** Rows, tiers, and in short what else the summary holds. */
export const PRINTED_SUMMARY: Printed<ScoreSummary> = {
  lines: ({
    scored,
    rejected,
    meanProbability,
    tiers,
    inputs,
    unseenCategories,
    drift,
    tierDrift,
    list,
    notes,
    parts,
  }) => [
    `${counted(scored, "row")} scored${rejected === 0 ? "" : `, ${whole(rejected)} rejected`}`,
    ...alignedLines([
      ...(scored === 0
        ? []
        : [
            ["mean probability", percent(meanProbability)],
            ["tiers", tiers.map(({ tier, rows }) => `${tier} ${percent(rows / scored)}`).join(", ")],
          ]),
      ...tierDriftLines(tierDrift).map((line) => ["warning", line]),
      ...[...(list === null ? [] : listNotes(list)), ...notes].map((note) => ["note", note]),
      ...(drift === null ? [] : [["drift", movedOf(drift.scores.isDrift, drift.inputs)]]),
      ...(unseenCategories.length === 0
        ? []
        : [["unseen categories", unseenCategories.map(({ column }) => column).join(", ")]]),
      ...inputLines(inputs ?? [], scored),
      ["written", parts.length === 1 ? parts[0].output : counted(parts.length, "part")],
    ]),
  ],
  short: ({ scored, rejected }) =>
    `Scores ${counted(scored, "row")}${rejected === 0 ? "" : `, ${whole(rejected)} rejected`}`,
};

/** Inputs with more missing values than in training, and with values out of its range, the most such rows first. */
function inputLines(inputs: readonly ScoredInput[], scored: number): string[][] {
  const named = (
    what: string,
    rowsOf: (input: ScoredInput) => number,
    show: (input: ScoredInput) => string,
  ) => {
    const found = inputs.filter((each) => rowsOf(each) > 0).sort((a, b) => rowsOf(b) - rowsOf(a));
    const shown = found.slice(0, SHOWN_INPUTS).map(show);
    const rest = found.length - shown.length;
    return found.length === 0 ? [] : [[what, `${shown.join(", ")}${rest > 0 ? `, … and ${rest} more` : ""}`]];
  };
  const shareOf = (rows: number) => percent(rows / scored);
  return [
    ...named(
      "missing",
      (input) => moreMissing(input, scored),
      ({ column, missing, missingInTraining: before }) =>
        `${column} ${shareOf(missing)}${before === null ? "" : ` (in training ${percent(before)})`}`,
    ),
    ...named(
      "out of range",
      ({ outOfRange }) => outOfRange ?? 0,
      ({ column, outOfRange }) => `${column} ${shareOf(outOfRange ?? 0)}`,
    ),
  ];
}

function movedOf(areScoresOff: boolean, inputs: readonly { readonly isDrift: boolean }[]): string {
  const moved = inputs.filter(({ isDrift }) => isDrift).length;
  return `${areScoresOff ? "of scores, " : ""}of ${whole(moved)} of ${counted(inputs.length, "input")}`;
}
