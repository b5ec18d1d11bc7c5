import { tierDriftLines } from "../../predict/tier-drift.js";
import { alignedLines } from "../../printing/aligned-lines.js";
import { counted, percent, whole } from "../../printing/numbers.js";
import type { Printed } from "../../printing/print-as-text.js";
import { listNotes } from "../list/list-summary.js";
import type { ScoreSummary } from "../score-options.js";
import type { ScoredInput } from "./input-rows.js";

/** So many inputs are named. */
const SHOWN_INPUTS = 5;

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
      ...(list === null ? [] : listNotes(list).map((note) => ["note", note])),
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

/** Inputs with missing values and values out of range, those with the most such rows first. */
function inputLines(inputs: readonly ScoredInput[], scored: number): string[][] {
  const share = (rows: number) => percent(rows / scored);
  const missing = inputs.filter((input) => input.missing > 0).sort((a, b) => b.missing - a.missing);
  const outOfRange = inputs
    .flatMap(({ column, outOfRange: rows }) => (rows === null || rows === 0 ? [] : [{ column, rows }]))
    .sort((a, b) => b.rows - a.rows);
  const named = (each: readonly string[]) =>
    `${each.slice(0, SHOWN_INPUTS).join(", ")}${each.length > SHOWN_INPUTS ? `, … and ${each.length - SHOWN_INPUTS} more` : ""}`;
  return [
    ...(missing.length === 0
      ? []
      : [
          [
            "missing",
            named(
              missing.map(
                ({ column, missing: rows, missingInTraining: before }) =>
                  `${column} ${share(rows)}${before === null ? "" : ` (in training ${percent(before)})`}`,
              ),
            ),
          ],
        ]),
    ...(outOfRange.length === 0
      ? []
      : [["out of range", named(outOfRange.map(({ column, rows }) => `${column} ${share(rows)}`))]]),
  ];
}

function movedOf(areScoresOff: boolean, inputs: readonly { readonly isDrift: boolean }[]): string {
  const moved = inputs.filter(({ isDrift }) => isDrift).length;
  return `${areScoresOff ? "of scores, " : ""}of ${whole(moved)} of ${counted(inputs.length, "input")}`;
}
