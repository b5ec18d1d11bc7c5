import type { FittedClassifier } from "./classifier.js";
import { WeightedAverage } from "./ensemble/weighted-average.js";
import type { BackgroundRows, Explainer, MakeExplainer } from "./explainer.js";
import { FAMILIES } from "./families.js";
import type { ClassifierFamily } from "./family.js";
import { explainBySampling } from "./sampled-shapley.js";

/** The loaded code by which the families explain rows. */
export class Explainers {
  private constructor(private readonly byFamily: ReadonlyMap<string, MakeExplainer>) {}

  /** @param own families of the caller; those that do not say how are explained by sampling. */
  static async load(own: readonly ClassifierFamily[] = []): Promise<Explainers> {
    const families: readonly ClassifierFamily[] = [...FAMILIES, ...own];
    const makers = families.map(
      async ({ name, explaining }) => [name, (await explaining?.()) ?? explainBySampling] as const,
    );
    return new Explainers(new Map(await Promise.all(makers)));
  }

  /** Whether the contributions of a classifier are sampled, which takes thousands of predictions a row. */
  isSampled(model: FittedClassifier): boolean {
    if (model instanceof WeightedAverage) return model.members.some((member) => this.isSampled(member));
    return this.makerOf(model) === explainBySampling;
  }

  /**
   * The explainer of a trained classifier.
   * @param width the number of its features.
   * @param background see {@link MakeExplainer}.
   * @param fallback rows for classifiers that can't do without, where there is no background.
   */
  of(
    model: FittedClassifier,
    width: number,
    background: BackgroundRows | undefined,
    fallback?: BackgroundRows,
  ): Explainer {
    if (model instanceof WeightedAverage) {
      const members = model.members.map((member) => this.of(member, width, background, fallback));
      return explainedAverage(model, members);
    }
    const make = this.makerOf(model);
    return make(model, width, background ?? (make === explainBySampling ? fallback : undefined));
  }

  private makerOf(model: FittedClassifier): MakeExplainer {
    return this.byFamily.get(model.toJSON().family) ?? explainBySampling;
  }
}

/** Members of weight 0 cost nothing. */
function explainedAverage({ weights, offset }: WeightedAverage, members: readonly Explainer[]): Explainer {
  return {
    baseValue: members.reduce((sum, { baseValue }, m) => sum + weights[m] * baseValue, offset),
    add(rows, rowCount, weight, into, variances) {
      members.forEach((member, m) => {
        if (weights[m] !== 0) member.add(rows, rowCount, weight * weights[m], into, variances);
      });
    },
  };
}
