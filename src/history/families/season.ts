import { type FeatureFamily, numeric } from "../query/feature.js";

/** The time of the year of the cutoff; useful for snapshots with several cutoffs. */
export function season(): FeatureFamily {
  return {
    name: "season",
    needs: [],
    plan: () => ({
      joins: [],
      features: [
        numeric("month_of_year", "month", "active.cutoff_month % 12 + 1", "month of the year, January is 1"),
        numeric("quarter", "quarter", "floor(active.cutoff_month % 12 / 3.0) + 1", "quarter of the year"),
        numeric(
          "months_to_year_end",
          "months",
          "12 - active.cutoff_month % 12",
          "months to the end of the year, 1 in December",
        ),
      ],
    }),
  };
}
