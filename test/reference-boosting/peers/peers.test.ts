import { describe, expect, test } from "vitest";
import { type BoostingOptions, boostingSettings } from "../../../src/classifiers/boosting/options.js";
import type { ObjectiveName } from "../../../src/trees/growing/settings.js";
import { categorical, numeric } from "../../support/vectors.js";
import { referenceBoost } from "../reference-boost.js";
import { marginOf } from "../walk.js";
import peers from "./peer-trees.json" with { type: "json" };

/*
 * peer-trees.json is made by make-peer-trees.py: margins of 240 weighted rows after five trees of LightGBM 4.7.0,
 * scikit-learn 1.9.1 and XGBoost 3.2.0. All three keep gradients as 32-bit floats, which is where the tolerance of
 * 1e-6 goes; the largest difference met is 2e-7. A single other split moves some margin by more than 0.01.
 */
const ROWS = Int32Array.from(peers.weights.keys());
const FEATURES = new Map([
  ...Object.entries(peers.numeric).map(([name, values]) => [name, numeric(name, values)] as const),
  ["category", categorical("category", peers.categoryCodes, ["a", "b", "c", "d"])] as const,
]);

describe("referenceBoost on weighted rows", () => {
  test.each(
    peers.cases.map((each) => ({
      ...each,
      title: `${each.objective}, ${each.features.join(" ")}, ${JSON.stringify(each.options)}`,
    })),
  )("gives the margins of $library: $title", ({ objective, options, features: names, margins }) => {
    const features = names.map((name) => FEATURES.get(name) ?? numeric(name, []));
    const { baseMargin, trees } = referenceBoost({
      features,
      labels: peers.labels[objective as ObjectiveName],
      weights: peers.weights,
      trainingRows: ROWS,
      heldOutRows: new Int32Array(0),
      settings: boostingSettings(options as BoostingOptions, objective as ObjectiveName),
    });
    for (const row of ROWS) {
      expect(Math.abs(marginOf(baseMargin, trees, features, row) - margins[row])).toBeLessThan(1e-6);
    }
  });
});
