import { type OptionNames, optionProblems } from "../arguments.js";
import { argumentProblem, HoldfastError, type Problem } from "../errors.js";
import type { LocaleName } from "../explain/reasons/locales.js";

/** Options that every chart takes. */
export interface PlotOptions {
  /** In pixels, 240 to 4,000. Default 640. */
  readonly width?: number | undefined;
  /** In pixels, 120 to 4,000, with title and legend. Default: what suits the chart. */
  readonly height?: number | undefined;
  /** Its `<title>`, and drawn above it unless the theme is `page`. Default: what the chart is of. */
  readonly title?: string | undefined;
  /** Its `<desc>`, for those who do not see it. Default: a sentence with the figures that the chart is about. */
  readonly description?: string | undefined;
  /**
   * `light` and `dark`: a complete picture with its background. `page`: without background and title, colours are the CSS variables
   * `--plot-…` of the page around it. Default `light`.
   */
  readonly theme?: "light" | "dark" | "page" | undefined;
  /** The language of its axes, title and description. Default `en`. */
  readonly locale?: LocaleName | undefined;
  /**
   * What the ids of its title and description begin with, of letters, digits, `-` and `_`, unique on a page. Default: derived from what
   * the picture holds.
   */
  readonly id?: string | undefined;
}

/** The names of {@link PlotOptions}. */
export const PLOT_OPTIONS: OptionNames<PlotOptions> = {
  width: "optional",
  height: "optional",
  title: "optional",
  description: "optional",
  theme: "optional",
  locale: "optional",
  id: "optional",
};

const SIDES = { width: 240, height: 120 };
const MOST_PIXELS = 4000;
const CHOICES = { theme: ["light", "dark", "page"], locale: ["en", "zh"] };

/** Makes sure that options are those of a chart. @throws HoldfastError with all that are not. */
export function checkPlotOptions(
  functionName: string,
  options: unknown,
  names: Readonly<Record<string, "optional" | "required">>,
): void {
  const problems = optionProblems(functionName, options, names);
  if (problems.length === 0) problems.push(...valueProblems(functionName, (options ?? {}) as PlotOptions));
  if (problems.length > 0) throw new HoldfastError(problems);
}

function valueProblems(functionName: string, options: PlotOptions): Problem[] {
  const problem = (name: keyof PlotOptions, expected: string) =>
    argumentProblem(functionName, name, expected, options[name]);
  const problems: Problem[] = [];
  for (const [name, least] of Object.entries(SIDES) as ["width" | "height", number][]) {
    const value = options[name];
    if (value === undefined || (typeof value === "number" && value >= least && value <= MOST_PIXELS))
      continue;
    problems.push(problem(name, `must be a number of pixels from ${least} to ${MOST_PIXELS}`));
  }
  for (const name of ["title", "description"] as const)
    if (options[name] !== undefined && typeof options[name] !== "string")
      problems.push(problem(name, "must be a text"));
  for (const [name, values] of Object.entries(CHOICES) as ["theme" | "locale", string[]][])
    if (options[name] !== undefined && !values.includes(options[name]))
      problems.push(problem(name, `must be one of ${values.join(", ")}`));
  if (options.id !== undefined && !/^[A-Za-z][\w-]*$/u.test(options.id))
    problems.push(problem("id", "must be letters, digits, - and _, and begin with a letter"));
  return problems;
}
