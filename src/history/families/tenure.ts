import { bandOf, double, inMonths, MONTH_DAYS } from "../query/expressions.js";
import { categorical, type FeatureFamily, numeric } from "../query/feature.js";
import { currentTariffs } from "./current-tariffs.js";

/** Upper bounds in completed months; the label counts months begun, so band 1-3 is less than three completed months. */
const BANDS = [
  [3, "1-3"],
  [6, "4-6"],
  [12, "7-12"],
  [24, "13-24"],
  [36, "25-36"],
  [60, "37-60"],
] as const;
/** Mean length of a year in days, of the Gregorian calendar. */
const YEAR_DAYS = 365.2425;

/** How long the subscriber has been subscribed, and the time to the next anniversary and to the end of the contract. */
export function tenure(): FeatureFamily {
  return {
    name: "tenure",
    needs: ["subscribers"],
    plan(view) {
      const days = "(active.cutoff - active.activated_on)";
      const months = `(${inMonths(days)})`;
      const years = `(${double(days)} / ${double(String(YEAR_DAYS))})`;
      const features = [
        numeric("tenure_months", "months", months, "time since activation"),
        categorical(
          "tenure_band",
          bandOf(
            days,
            BANDS.map(([below, label]) => [Math.ceil(below * MONTH_DAYS), label]),
            "60+",
          ),
          "month of life, in bands",
        ),
        numeric(
          "is_new",
          "flag",
          `CASE WHEN ${days} < ${Math.ceil(3 * MONTH_DAYS)} THEN 1 ELSE 0 END`,
          "subscriber for less than three months",
        ),
        numeric(
          "months_to_anniversary",
          "months",
          `(floor(${years}) + 1 - ${years}) * 12`,
          "time until the next anniversary of activation",
        ),
      ];
      if (!view.has("tariffs", "contract_until")) return { joins: [], features };
      const tariffs = currentTariffs(view);
      const left = inMonths(`(${tariffs}.contract_until - active.cutoff)`);
      const contract = numeric(
        "months_to_contract_end",
        "months",
        left,
        "time until the contract ends, negative after its end",
      );
      return { joins: [{ relation: tariffs }], features: [...features, contract] };
    },
  };
}
