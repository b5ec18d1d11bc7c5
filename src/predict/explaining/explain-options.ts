import { checkOptions, type OptionNames } from "../../arguments.js";
import { invalidArgument } from "../../errors.js";
import type { ReasonOptions } from "../../explain/model-explainer.js";
import type { LocaleName } from "../../explain/reasons/locales.js";
import type { Table } from "../../table/table.js";

/** Options of `ChurnModel.explain` and `explainOne`. */
export interface ExplainOptions extends ReasonOptions {
  /**
   * Rows to compare with, 1 to 500: contributions are then interventional Shapley values over them, and the base value is their
   * mean margin. Default: the training rows, as far as the model knows them.
   */
  readonly background?: Table | undefined;
  /**
   * Whether explanations contain the smallest change of columns that can be acted on by which the model would put the row below its
   * tier. Takes some hundred to a thousand predictions. Default false.
   */
  readonly change?: boolean | undefined;
}

/** The names of {@link ExplainOptions}. */
export const EXPLAIN_OPTIONS: OptionNames<ExplainOptions> = {
  reasons: "optional",
  locale: "optional",
  templates: "optional",
  background: "optional",
  change: "optional",
};

/** The most reasons that can be asked for: more than a person reads. */
export const MOST_REASONS = 50;
/** The languages of reasons; a language that is missing here is a compile error of their list. */
export const LOCALE_NAMES = ["en", "zh"] as const satisfies readonly LocaleName[];

/** @throws HoldfastError for unknown options, and for values that are out of range. */
export function checkExplainOptions(functionName: string, options: ExplainOptions): void {
  checkOptions(functionName, options, EXPLAIN_OPTIONS);
  const { change = false } = options;
  if (typeof change !== "boolean") invalidArgument(functionName, "change", "must be true or false", change);
  checkReasonOptions(functionName, options);
}

/** @throws HoldfastError for values of the options of reasons that are out of range. */
export function checkReasonOptions(functionName: string, options: ReasonOptions): void {
  const { reasons = 3, locale = "en", templates = {} } = options;
  if (!Number.isInteger(reasons) || reasons < 0 || reasons > MOST_REASONS) {
    const expected = `must be a whole number from 0 to ${MOST_REASONS}`;
    invalidArgument(functionName, "reasons", expected, reasons);
  }
  if (!LOCALE_NAMES.includes(locale)) {
    invalidArgument(functionName, "locale", `must be one of ${LOCALE_NAMES.join(", ")}`, locale);
  }
  if (typeof templates !== "object" || templates === null || Array.isArray(templates)) {
    const expected = `must be an object of sentences by column such as { tenure: "a subscriber for {value} months" }`;
    invalidArgument(functionName, "templates", expected, templates);
  }
  for (const [column, template] of Object.entries(templates) as [string, unknown][]) {
    if (typeof template !== "string")
      invalidArgument(functionName, `templates.${column}`, "must be a text", template);
  }
}
