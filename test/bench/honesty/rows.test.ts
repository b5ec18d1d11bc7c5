import { mean } from "simple-statistics";
import { expect, test } from "vitest";
import { rocAuc } from "../../../src/metrics/index.js";
import { chanceRows } from "./chance.js";
import { signalOf, signalRows } from "./signal.js";

const ROWS = 20_000;

// Four standard errors: of the AUC over 5,000 churners and 15,000 others 0.005, of the rate 0.003, both with what
// their calibration adds.
test.each([0.6, 0.75, 0.9])(
  "signalRows: the true probabilities have an AUC of %d and a mean of 0.25",
  (auc) => {
    const rows = signalRows(ROWS, auc, "test");
    const labels = rows.map(({ churn }) => churn);
    expect(Math.abs(rocAuc(labels, rows.map(signalOf)) - auc)).toBeLessThan(0.02);
    expect(Math.abs(mean(labels) - 0.25)).toBeLessThan(0.015);
  },
);

test("chanceRows: the rate is as asked, and no number ranks the labels", () => {
  const rows = chanceRows(ROWS, 6, 0.05, "test");
  const labels = rows.map(({ churn }) => Number(churn));
  // Four standard errors, 0.0015 and, over 1,000 churners, 0.0094.
  expect(Math.abs(mean(labels) - 0.05)).toBeLessThan(0.0062);
  for (const name of ["f0", "f1", "f3", "f4"]) {
    const auc = rocAuc(
      labels,
      rows.map((row) => Number(row[name])),
    );
    expect(Math.abs(auc - 0.5)).toBeLessThan(0.038);
  }
  expect(new Set(rows.map(({ f2 }) => f2)).size).toBe(4);
});
