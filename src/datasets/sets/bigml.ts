import { categorical, numeric } from "../columns.js";
import type { Dataset, DatasetColumn } from "../dataset.js";

/** Minutes, calls and charge at one time of day. */
export function usage(period: string, write: (words: string) => string): DatasetColumn[] {
  return ["minutes", "calls", "charge"].flatMap((measure) =>
    numeric({ [write(`Total ${period} ${measure}`)]: "" }),
  );
}

const asWritten = (words: string) => words;

export const bigml: Dataset = {
  name: "bigml",
  title: "US calls and plans (churn-bigml)",
  about:
    "Minutes, calls and charges by time of day, plans and calls to customer service: the classic set of 3,333 customers, two parts joined, without five of its rows.",
  task: "churn",
  rows: 3328,
  label: "Churn",
  positive: "true",
  positives: 481,
  id: null,
  exclude: [],
  experiment: null,
  columns: [
    ...categorical({ State: "" }),
    ...numeric({ "Account length": "days with the company" }),
    ...categorical({ "Area code": "", "International plan": "", "Voice mail plan": "" }),
    ...numeric({ "Number vmail messages": "" }),
    ...["day", "eve", "night", "intl"].flatMap((period) => usage(period, asWritten)),
    ...numeric({ "Customer service calls": "" }),
    ...categorical({ Churn: "" }),
  ],
  sources: [
    "https://www.kaggle.com/datasets/mnassrib/telecom-churn-datasets",
    "https://search.r-project.org/CRAN/refmans/modeldata/html/mlc_churn.html",
  ],
  licence: "none stated, as far as known",
  copies: [
    {
      what: "the parts of 80% and 20% joined, without five rows",
      files: [
        {
          name: "bigml.csv",
          sha256: "242a813e5b58f95cb063d4e52fe87c90390fe190eedef8ed13dc85874766b86e",
          url: null,
        },
      ],
    },
  ],
  reading: { form: "delimited", delimiter: "," },
  traps: [
    "Each charge is a fixed multiple of its minutes (0.17, 0.085, 0.045 and 0.27 dollars): four columns say nothing new",
    "The label is written FALSE, TRUE, False and True, as the two parts were",
    "Area code is a category, and tells nothing about State",
    "All its rows are in mlc-churn too: a model of one may not be tested on the other",
    'A note in a source file says that the data are "artificial based on claims similar to real world"',
  ],
  citation: "D. T. Larose, Discovering Knowledge in Data, Wiley 2005; originally of the MLC++ library",
  isMeasured: true,
};
