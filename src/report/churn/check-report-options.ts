import { checkOptions, checkTexts } from "../../arguments.js";
import { invalidArgument } from "../../errors.js";
import { LOCALE_NAMES } from "../../predict/explaining/explain-options.js";
import { CAMPAIGN_OPTIONS, REPORT_OPTIONS, type ReportOptions } from "./report-options.js";

const TEXTS = ["name", "definition", "intendedUse", "value", "period", "command"] as const;
const COUNTS = { examples: 0, seed: 0, replicates: 1, threads: 1 } as const;

/** @throws HoldfastError for unknown options of `churnReport`, and for values that are out of range. */
export function checkReportOptions(functionName: string, options: ReportOptions): void {
  checkOptions(functionName, options, REPORT_OPTIONS);
  for (const name of ["segments", "sensitive"] as const)
    if (options[name] !== undefined) checkTexts(functionName, name, options[name]);
  for (const name of TEXTS)
    if (options[name] !== undefined && typeof options[name] !== "string")
      invalidArgument(functionName, name, "must be a text", options[name]);
  for (const [name, least] of Object.entries(COUNTS) as [keyof typeof COUNTS, number][]) {
    const value = options[name];
    if (value !== undefined && !(Number.isSafeInteger(value) && value >= least))
      invalidArgument(functionName, name, `must be a whole number ≥ ${least}`, value);
  }
  const { locale, campaign = {} } = options;
  if (locale !== undefined && !LOCALE_NAMES.includes(locale))
    invalidArgument(functionName, "locale", `must be one of ${LOCALE_NAMES.join(", ")}`, locale);
  checkOptions(functionName, campaign, CAMPAIGN_OPTIONS, "campaign");
  for (const [name, amount] of Object.entries(campaign)) {
    const isShare = name === "acceptance";
    const isRight =
      typeof amount === "number" &&
      (isShare ? amount > 0 && amount < 1 : Number.isFinite(amount) && amount >= 0) &&
      !(amount === 0 && (name === "lifetimeValue" || name === "months"));
    const expected = isShare
      ? "must be between 0 and 1"
      : name === "lifetimeValue" || name === "months"
        ? "must be finite and above 0"
        : "must be finite and not negative";
    if (amount !== undefined && !isRight) invalidArgument(functionName, `campaign.${name}`, expected, amount);
  }
}
