import type { FastifyBaseLogger } from "fastify";
import { failureOf } from "./failures.js";
import type { ServiceMetrics } from "./metrics.js";
import type { Answered, ServedModel } from "./models.js";

/** Scores the rows of a request with the shadow too, and reports the differences to log and metrics. Never throws. */
export function scoreByShadow(
  { served, rows, predictions }: Answered,
  shadow: ServedModel,
  metrics: ServiceMetrics,
  log: FastifyBaseLogger,
): void {
  const about = { model: served.name, shadow: shadow.name, shadowVersion: shadow.version };
  try {
    let largestDifference = 0;
    let tierChanges = 0;
    rows.forEach((row, r) => {
      const { probability, tier } = shadow.model.predictOne(row);
      const difference = probability - predictions[r].probability;
      if (Math.abs(difference) > Math.abs(largestDifference)) largestDifference = difference;
      const isOtherTier = tier !== predictions[r].tier;
      if (isOtherTier) tierChanges++;
      metrics.shadowed(served.name, shadow.name, difference, isOtherTier);
    });
    log.info({ ...about, rows: rows.length, largestDifference, tierChanges }, "shadow");
  } catch (error) {
    // A failure of the shadow must not affect the caller.
    log.warn({ ...about, ...failureOf(error, "").logged }, "shadow failed");
  }
}
