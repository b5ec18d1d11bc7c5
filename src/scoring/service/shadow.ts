import type { FastifyBaseLogger } from "fastify";
import { failureOf } from "./failures.js";
import type { ServiceMetrics } from "./metrics.js";
import type { Answered, ServedModel } from "./models.js";

/** Scores by a shadow what a model has answered; tells log and metrics how far they are from each other. Never throws. */
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
    // Its trouble is not the caller's.
    log.warn({ ...about, ...failureOf(error, "").logged }, "shadow failed");
  }
}
