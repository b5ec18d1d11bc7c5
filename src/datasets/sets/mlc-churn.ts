import { categorical, numeric, text } from "../columns.js";
import type { Dataset } from "../dataset.js";
import { usage } from "./bigml.js";

const snakeCase = (words: string) => words.toLowerCase().replaceAll(" ", "_");

export const mlcChurn: Dataset = {
  name: "mlc-churn",
  title: "Customer churn of MLC++",
  about:
    "All 5,000 customers of the set that bigml is a part of: minutes, calls and charges by time of day, plans, calls to customer service.",
  task: "churn",
  rows: 5000,
  label: "churn",
  positive: "yes",
  positives: 707,
  id: "rownames",
  exclude: [],
  experiment: null,
  columns: [
    ...text({ rownames: "number of the row, added by Rdatasets" }),
    ...categorical({ state: "" }),
    ...numeric({ account_length: "days with the company" }),
    ...categorical({ area_code: "", international_plan: "", voice_mail_plan: "" }),
    ...numeric({ number_vmail_messages: "" }),
    ...["day", "eve", "night", "intl"].flatMap((period) => usage(period, snakeCase)),
    ...numeric({ number_customer_service_calls: "" }),
    ...categorical({ churn: "" }),
  ],
  sources: [
    "https://search.r-project.org/CRAN/refmans/modeldata/html/mlc_churn.html",
    "https://vincentarelbundock.github.io/Rdatasets/doc/modeldata/mlc_churn.html",
  ],
  licence: "none stated for the data; the R package modeldata that holds them is under MIT",
  copies: [
    {
      what: "the CSV of Rdatasets, of the R package modeldata",
      files: [
        {
          name: "mlc_churn.csv",
          sha256: "58f21b63c526bded47dd6df9d58d03b11611d3ad628c2aa5e353f3abb8d51a9c",
          url: "https://raw.githubusercontent.com/vincentarelbundock/Rdatasets/1dcc2bf5f955cc1224a3e1307256e1fe86b68dae/csv/modeldata/mlc_churn.csv",
        },
      ],
    },
  ],
  reading: { form: "delimited", delimiter: "," },
  traps: [
    "Each charge is a fixed multiple of its minutes: four columns say nothing new",
    "rownames numbers the rows; the first 3,333 (483 churned) are the customary training rows, the others the test rows",
    "All 3,328 rows of bigml are among the first 3,333 of these",
    'A note in a source file says that the data are "artificial based on claims similar to real world"',
  ],
  citation:
    "M. Kuhn, modeldata: Data Sets Useful for Modeling Examples, R package; originally of the MLC++ library",
  isMeasured: true,
};
