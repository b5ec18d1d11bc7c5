import type { Classifier } from "../classifier.js";
import { loadedWhenUsed } from "../loaded-when-used.js";
import type { FittedAdditive } from "./fitted-additive.js";
import { type AdditiveOptions, additiveSettings } from "./options.js";

/**
 * An additive model (GA²M; Lou, Caruana, Gehrke & Hooker 2013; Nori et al. 2019 as the explainable boosting machine): the
 * log-odds are a sum of one smooth function per feature and, where they pay, of some functions of two features. Each can
 * be plotted and read ({@link shapeTables}), and together they are the whole model.
 *
 * Functions are boosted in turns on fine bins, smoothed over neighbouring bins, categories shrunk towards the mean. `crossFit`
 * keeps of each fold as many rounds as are best on the held-out rows of the others; `fit` makes `rounds` rounds when
 * given, else the mean number that cross-fitting kept.
 *
 * ```ts
 * const classifier = additiveModel({ monotone: { tenure_months: -1 } });
 * ```
 * @throws HoldfastError when an option is out of range.
 */
export function additiveModel(options: AdditiveOptions = {}): Classifier<FittedAdditive> {
  const settings = additiveSettings(options);
  return loadedWhenUsed("additiveModel", "additive", { family: "additive", options }, async () => {
    const { additiveTrainer } = await import("./trainer.js");
    return additiveTrainer(settings, options.rounds !== undefined);
  });
}
