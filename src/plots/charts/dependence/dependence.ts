import { argumentProblem, HoldfastError } from "../../../errors.js";
import type { DependenceCurve } from "../../../explain/global/explanation.js";
import { entryProblems, hintOf, isList, isObject, memberProblems } from "../../drawing/check-data.js";
import { picture } from "../../drawing/picture.js";
import { nameOf } from "../../drawing/text.js";
import { PLOT_OPTIONS, type PlotOptions } from "../../plot-options.js";
import { levelsDrawing } from "./levels.js";
import { numericDrawing } from "./numeric.js";

/**
 * How predictions depend on one input: the mean prediction if all rows had a value (partial dependence), for numbers and dates with
 * accumulated local effects where there are any and the distribution of rows below, for categories a row each.
 * @param curve an entry of `curves` of what `explainGlobally` returns.
 * @param options see {@link PlotOptions}.
 * @returns SVG text
 * @example for (const curve of explanation.curves) await writeFile(`${curve.input}.svg`, dependencePlot(curve));
 * @throws HoldfastError for anything else.
 */
export function dependencePlot(curve: DependenceCurve, options: PlotOptions = {}): string {
  return picture("dependencePlot", options, PLOT_OPTIONS, (paper) => {
    check(curve);
    const input = nameOf(curve.input);
    const title = paper.say("Prediction by {input}", { input });
    const missing = paper.say("The curve has no points.");
    if (curve.points.length === 0) return { title, description: missing, body: { missing } };
    const isNumeric = curve.points.some(({ value }) => value !== null);
    return { title, ...(isNumeric ? numericDrawing(paper, curve) : levelsDrawing(paper, curve)) };
  });
}

function check(curve: unknown): void {
  if (!isObject(curve) || !isList(curve.points)) {
    const expected = "must be an entry of the curves of a global explanation";
    throw new HoldfastError(argumentProblem("dependencePlot", "curve", expected, curve, hintOf(curve)));
  }
  const problems = [
    ...memberProblems("dependencePlot", "curve", curve, { input: "text" }),
    ...entryProblems("dependencePlot", "curve.points", curve.points, {
      value: "number?",
      level: "text?",
      share: "share",
      density: "number?",
      probability: "share",
      localProbability: "number?",
    }),
  ];
  if (problems.length > 0) throw new HoldfastError(problems);
}
