import { calibrationPlot, scoresPlot } from "../../../../plots/index.js";
import { pictureOf } from "../../../../plots/picture.js";
import { decimal } from "../../../../printing/numbers.js";
import { sentences } from "../../../../printing/prose.js";
import { calibrationSentence } from "../calibration-sentence.js";
import type { Context, MakeSection } from "../context.js";

/** Whether probabilities can be taken at their word. */
export const calibrationSection: MakeSection = (context) => {
  const { report, say } = context;
  const { evaluation } = report;
  if (evaluation === null) return null;
  return {
    id: "calibration",
    title: say("Whether probabilities can be taken at their word"),
    blocks: [
      { is: "text", text: sentences(context, calibrationSentence(context), testsText(context)) },
      {
        is: "pictures",
        pictures: [
          pictureOf(
            context,
            "calibration-curve",
            say("Predicted and observed"),
            (options) => calibrationPlot(evaluation, options),
            {
              caption: say(
                "Each point is a tenth of the subscribers, with the 95% interval of the share that left. On the diagonal probabilities are right.",
              ),
            },
          ),
          pictureOf(
            context,
            "scores",
            say("Probabilities of those who left and stayed"),
            (options) => scoresPlot(evaluation, { ...options, tiers: tierLimits(context) }),
            {
              caption: say("How many subscribers have which probability; lines are the limits of the tiers."),
            },
          ),
        ],
      },
    ],
  };
};

/** Limits of tiers by probability. */
export function tierLimits({ report }: Context): { name: string; from: number }[] {
  return report.scores.tiers.flatMap(({ tier, from, by }) =>
    by === undefined ? [{ name: tier, from }] : [],
  );
}

function testsText({ report, say }: Context): string {
  const checks = report.evaluation?.calibration;
  const slope = report.evaluation?.metrics.calibrationSlope ?? null;
  if (checks === null || checks === undefined) return "";
  const { spiegelhalter, brier } = checks;
  const slopeText =
    slope === null ? "–" : `${decimal(slope.value, 2)} (${decimal(slope.low, 2)}–${decimal(slope.high, 2)})`;
  return say(
    "Spiegelhalter's z is {z} (p = {p}); the slope of the calibration line is {slope}, 1 is right; the Brier score {brier} is reliability {reliability} − resolution {resolution} + uncertainty {uncertainty} + within bins {within}.",
    {
      z: decimal(spiegelhalter?.z ?? null, 2),
      p: decimal(spiegelhalter?.pValue ?? null, 3),
      slope: slopeText,
      brier: decimal(brier.brier),
      reliability: decimal(brier.reliability),
      resolution: decimal(brier.resolution),
      uncertainty: decimal(brier.uncertainty),
      within: decimal(brier.withinBin),
    },
  );
}
