import { z } from "zod";
import { count } from "../../errors.js";
import type { FileForm, Report } from "../../file-form.js";
import type { InputColumn } from "../../vectors/vectorizer.js";
import { type Axis, binCountOf } from "./axis.js";
import type { AdditiveJson } from "./fitted-additive.js";

const number = z.number();
const whole = z.int().min(0);

const axis = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("numeric"), feature: whole, cuts: z.array(number) }),
  z.strictObject({ kind: z.literal("categorical"), feature: whole, binOfCode: z.array(whole).min(2) }),
]);

/** What a model file may hold of an additive model: an effect for each bin, axes that fit their inputs. */
export const additiveForm: FileForm<AdditiveJson, [readonly InputColumn[]]> = {
  schema: z.strictObject({
    family: z.literal("additive"),
    intercept: number,
    shapes: z.array(
      z.strictObject({
        axis,
        effects: z.array(number),
        errors: z.array(number.min(0)).nullable(),
        shares: z.array(number.min(0)),
      }),
    ),
    pairs: z.array(z.strictObject({ axes: z.tuple([axis, axis]), effects: z.array(number) })),
  }),
  check({ shapes, pairs }, at, report, features) {
    if (shapes.length !== features.length)
      report(`${at}.shapes`, `must have one per input, ${count(features.length, "input")}`);
    shapes.forEach(({ axis, effects, errors, shares }, s) => {
      const bins = soundBins(axis, features, `${at}.shapes.${s}.axis`, report);
      for (const [name, values] of Object.entries({ effects, errors, shares })) {
        if (values !== null && bins !== undefined && values.length !== bins)
          report(`${at}.shapes.${s}.${name}`, `must have one per bin, ${count(bins, "bin")}`);
      }
    });
    pairs.forEach(({ axes, effects }, p) => {
      const [first, second] = axes.map((axis, a) =>
        soundBins(axis, features, `${at}.pairs.${p}.axes.${a}`, report),
      );
      if (first !== undefined && second !== undefined && effects.length !== first * second)
        report(`${at}.pairs.${p}.effects`, `must have one per cell, ${count(first * second, "cell")}`);
    });
  },
};

/** How many bins an axis has; undefined where it does not fit its input. */
function soundBins(
  axis: Axis,
  features: readonly InputColumn[],
  at: string,
  report: Report,
): number | undefined {
  const input = features[axis.feature];
  const isCategorical = axis.kind === "categorical";
  if (input === undefined || (input.kind === "categorical") !== isCategorical) {
    report(at, "must fit an input of its kind");
    return undefined;
  }
  if (isCategorical) {
    const codes = input.kind === "categorical" ? input.levels.length + 2 : 0;
    if (axis.binOfCode.length !== codes || axis.binOfCode.some((bin) => bin > (axis.binOfCode.at(-1) ?? 0))) {
      report(`${at}.binOfCode`, `must have a bin for each of ${codes} codes, that of missing values last`);
      return undefined;
    }
  } else if (axis.cuts.some((cut, c) => c > 0 && !(cut > axis.cuts[c - 1]))) {
    report(`${at}.cuts`, "must rise");
    return undefined;
  }
  return binCountOf(axis);
}
