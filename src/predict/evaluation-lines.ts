import type { Evaluation } from "../metrics/evaluation/evaluate-scores.js";
import type { SegmentEvaluation } from "../metrics/evaluation/evaluate-segments.js";
import { PRINTED_EVALUATION } from "../metrics/evaluation/evaluation-lines.js";
import { alignedLines } from "../printing/aligned-lines.js";
import { counted, percent, whole } from "../printing/numbers.js";
import type { Printed } from "../printing/print-as-text.js";
import { printable } from "../printing/printable.js";
import type { TierSummary } from "../tiers/summary/tier-summary.js";
import { tiersTable } from "../tiers/summary/tiers-text.js";
import { type MeasuredWeights, weightsLine } from "./measured-rows.js";
import { type TierDrift, tierDriftLines } from "./tier-drift.js";
import type { TrainedOn } from "./trained-on.js";
import { trainedOnLines } from "./trained-on-lines.js";

/** An evaluation that may know tiers and segments. */
interface PrintedModelEvaluation extends Evaluation {
  readonly tierTable?: readonly TierSummary[];
  readonly segments: readonly SegmentEvaluation[];
  readonly trainedOn?: TrainedOn | null;
  readonly tierDrift?: readonly TierDrift[] | null;
  readonly weights?: MeasuredWeights | null;
}

/** So many tiers are shown; a rule may draw hundreds. */
const SHOWN_TIERS = 5;

/** `high 10.0% of rows, 77.3% churned; medium 20.0%, 50.7%; low 70.0%, 12.4%` */
export function tiersLine(tiers: readonly Pick<TierSummary, "tier" | "share" | "observedRate">[]): string {
  const shown = tiers.slice(0, SHOWN_TIERS).map(({ tier, share, observedRate }, place) => {
    const ofRows = place === 0 ? " of rows" : "";
    const churned = observedRate === null ? "" : `, ${percent(observedRate.value)}`;
    return `${tier} ${percent(share)}${ofRows}${churned}${place === 0 && churned !== "" ? " churned" : ""}`;
  });
  const rest = tiers.length - shown.length;
  return `${shown.join("; ")}${rest > 0 ? `; … and ${rest} more` : ""}`;
}

/** What an evaluation prints, with what the model was trained on, and then its tiers and how many segments are off. */
export const PRINTED_MODEL_EVALUATION: Printed<PrintedModelEvaluation> = {
  lines: (evaluation) => {
    const { tierTable = [], segments } = evaluation;
    const off = segments.filter((segment) => segment.isMiscalibrated || segment.isRankedWorse).length;
    const [heading, ...metrics] = PRINTED_EVALUATION.lines(evaluation);
    return [
      heading,
      ...[weightsLine(evaluation.weights)].flatMap((line) =>
        line === undefined ? [] : [`  ${printable(line)}`],
      ),
      ...trainedOnLines(evaluation.trainedOn, evaluation.rows).map((line) => `  ${line}`),
      ...metrics,
      ...alignedLines([
        ...(tierTable.length === 0 ? [] : [["tiers", tiersLine(tierTable)]]),
        ...tierDriftLines(evaluation.tierDrift).map((line) => ["warning", line]),
        ...(segments.length === 0
          ? []
          : [["segments", `${whole(off)} of ${counted(segments.length, "segment")} off beyond chance`]]),
      ]),
    ];
  },
  short: PRINTED_EVALUATION.short,
  parts: (evaluation) => {
    const { tierTable = [] } = evaluation;
    const [heading, ...rest] = PRINTED_EVALUATION.parts?.(evaluation) ?? [];
    return [
      heading,
      ...trainedOnLines(evaluation.trainedOn, evaluation.rows),
      ...tierDriftLines(evaluation.tierDrift),
      ...rest,
      ...(tierTable.length === 0 ? [] : [{ caption: "Risk tiers", ...tiersTable(tierTable) }]),
    ];
  },
};
