import { bandOf, inMonths } from "../query/expressions.js";
import { categorical, type FeatureFamily, numeric } from "../query/feature.js";
import { LONGEST_TENURE, TENURE_BANDS } from "../query/tenure-bands.js";
import { currentTariffs } from "./current-tariffs.js";

/**
 * How long the subscriber has been subscribed, and the time to the next anniversary and to the end of the contract. Bands,
 * `is_new` and anniversaries go by completed calendar months, so that subscribers of one day of the month change together.
 */
export function tenure(): FeatureFamily {
  return {
    name: "tenure",
    needs: ["subscribers"],
    plan(view) {
      const days = "(active.cutoff - active.activated_on)";
      const completed = "active.months_completed";
      const features = [
        numeric("tenure_months", "months", `(${inMonths(days)})`, "time since activation"),
        categorical(
          "tenure_band",
          bandOf(completed, TENURE_BANDS, LONGEST_TENURE),
          "month of life, in bands",
        ),
        numeric(
          "is_new",
          "flag",
          `CASE WHEN ${completed} < 3 THEN 1 ELSE 0 END`,
          "subscriber for less than three months",
        ),
        numeric(
          "months_to_anniversary",
          "months",
          `12 - ${completed} % 12`,
          "months until the next anniversary of activation, 12 on it",
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
