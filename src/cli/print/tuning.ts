import { count } from "../../errors.js";
import { decimal, whole } from "../../printing/numbers.js";
import { textTable } from "../../printing/text-table.js";
import type { Configuration } from "../../training/tuning/configuration.js";
import type { Tuning } from "../../training/tuning/tune.js";

/** The best configuration of each family, and the score of nested cross-validation. */
export function tuningText({ families, nested }: Tuning): string {
  const table = textTable(
    ["family", "log loss", "defaults", "tried", "on all rows", "options (others are defaults)"],
    families.map(({ family, configuration, logLoss, defaultLogLoss, trials }) => [
      family,
      decimal(logLoss),
      decimal(defaultLogLoss),
      whole(trials.length),
      whole(trials.filter(({ rows }) => rows === trials[0].rows).length),
      optionsText(configuration),
    ]),
  );
  const parts = [
    `Best of each family (cross-validated; optimistic, because it was chosen by this score)\n\n${table}`,
  ];
  if (nested !== null) {
    const { logLoss, rocAuc } = nested.mean;
    const range = ({ value, low, high }: typeof logLoss) =>
      `${decimal(value)} (${decimal(low)} to ${decimal(high)})`;
    parts.push(
      `Nested cross-validation (tuned, trained and calibrated on each of ${count(nested.splits.length, "part")} of the rows, measured on the others): ` +
        `log loss ${range(logLoss)}, ROC AUC ${range(rocAuc)}`,
    );
  }
  return parts.join("\n\n");
}

function optionsText({ options }: Configuration): string {
  const entries = Object.entries(options);
  return entries.length === 0 ? "defaults" : entries.map(([name, value]) => `${name} ${value}`).join(", ");
}
