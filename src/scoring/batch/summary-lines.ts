import { tierDriftLines } from "../../predict/tier-drift.js";
import { alignedLines } from "../../printing/aligned-lines.js";
import { counted, percent, whole } from "../../printing/numbers.js";
import type { Printed } from "../../printing/print-as-text.js";
import { listNotes } from "../list/list-summary.js";
import type { ScoreSummary } from "../score-options.js";

/** Rows, tiers, and in short what else the summary holds. */
export const PRINTED_SUMMARY: Printed<ScoreSummary> = {
  lines: ({ scored, rejected, meanProbability, tiers, unseenCategories, drift, tierDrift, list, parts }) => [
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
      ["written", parts.length === 1 ? parts[0].output : counted(parts.length, "part")],
    ]),
  ],
  short: ({ scored, rejected }) =>
    `Scores ${counted(scored, "row")}${rejected === 0 ? "" : `, ${whole(rejected)} rejected`}`,
};

function movedOf(areScoresOff: boolean, inputs: readonly { readonly isDrift: boolean }[]): string {
  const moved = inputs.filter(({ isDrift }) => isDrift).length;
  return `${areScoresOff ? "of scores, " : ""}of ${whole(moved)} of ${counted(inputs.length, "input")}`;
}
