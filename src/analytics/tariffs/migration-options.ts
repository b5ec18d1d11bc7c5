import { checkOptions, type OptionNames, textsProblem } from "../../arguments.js";
import { argumentProblem, Problems } from "../../errors.js";
import type { LongWork } from "../../progress.js";
import type { DiscountRule } from "./migration-tables.js";
import type { OfferedTariffs } from "./offered-tariffs.js";

/** Options of `migrationList`. */
export interface MigrationOptions extends LongWork {
  /** The cutoff: a day such as `2025-07-01`, or a month. Default: the first day after the last whole month that the history covers. */
  readonly at?: string | undefined;
  /** The use is the mean of so many last months, 1 to 24. Default 3. */
  readonly months?: number | undefined;
  /** Which tariffs may be offered. Default `"sold"`. */
  readonly offered?: OfferedTariffs | undefined;
  /** How a fee that differs from the listed one counts. Default `"kept"`. */
  readonly discount?: DiscountRule | undefined;
  /** Only subscribers who would save at least this much a month, in money. Default 0: any saving. */
  readonly leastSaving?: number | undefined;
  /**
   * Only subscribers whose mean bill is at least this share of what their tariff costs by the price list, where bills are known: of one who is
   * billed less, such as a prepaid one who has stopped recharging, prices do not say what they would pay. Default 0.5; 0 for all.
   */
  readonly leastBilled?: number | undefined;
  /** At most so many rows, those that would save most; totals are of all. Default: all rows. */
  readonly most?: number | undefined;
}

const OPTIONS: OptionNames<MigrationOptions> = {
  at: "optional",
  months: "optional",
  offered: "optional",
  discount: "optional",
  leastSaving: "optional",
  leastBilled: "optional",
  most: "optional",
  onProgress: "optional",
  signal: "optional",
};
const DISCOUNT_RULES: readonly DiscountRule[] = ["kept", "lost", "ignored"];
const MOST_MONTHS = 24;

/** Options with their defaults. */
export interface CheckedMigrationOptions extends Pick<MigrationOptions, "at" | "most"> {
  readonly months: number;
  readonly offered: OfferedTariffs;
  readonly discount: DiscountRule;
  readonly leastSaving: number;
  readonly leastBilled: number;
}

/** @throws HoldfastError with all options that are wrong. */
export function checkMigrationOptions(
  functionName: string,
  options: MigrationOptions,
): CheckedMigrationOptions {
  checkOptions(functionName, options, OPTIONS);
  const {
    months = 3,
    offered = "sold",
    discount = "kept",
    leastSaving = 0,
    leastBilled = 0.5,
    most,
    at,
  } = options ?? {};
  const problems = new Problems();
  const add = (argument: string, expected: string, value: unknown) =>
    problems.add(argumentProblem(functionName, argument, expected, value));
  if (!(Number.isInteger(months) && months >= 1 && months <= MOST_MONTHS))
    add("months", `must be a whole number from 1 to ${MOST_MONTHS}`, months);
  if (!DISCOUNT_RULES.includes(discount))
    add("discount", `must be one of ${DISCOUNT_RULES.join(", ")}`, discount);
  if (!(Number.isFinite(leastSaving) && leastSaving >= 0))
    add("leastSaving", "must be finite and not negative", leastSaving);
  if (!(leastBilled >= 0 && leastBilled <= 1)) add("leastBilled", "must be from 0 to 1", leastBilled);
  if (most !== undefined && !(Number.isInteger(most) && most >= 1))
    add("most", "must be a whole number of at least 1", most);
  addOfferedProblems(functionName, offered, problems);
  problems.throwIfAny();
  return { months, offered, discount, leastSaving, leastBilled, at, most };
}

function addOfferedProblems(functionName: string, offered: unknown, problems: Problems): void {
  if (offered === "sold" || offered === "all") return;
  if (Array.isArray(offered)) {
    const problem = textsProblem(functionName, "offered", offered);
    if (problem !== undefined) problems.add(problem);
    return;
  }
  if (typeof offered !== "object" || offered === null) {
    const expected = "must be sold, all, a list of tariffs, or lists of tariffs by kind of group";
    problems.add(argumentProblem(functionName, "offered", expected, offered));
    return;
  }
  for (const [kind, names] of Object.entries(offered)) {
    const problem = textsProblem(functionName, `offered.${kind}`, names);
    if (problem !== undefined) problems.add(problem);
  }
}
