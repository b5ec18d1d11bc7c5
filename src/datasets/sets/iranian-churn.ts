import { numeric } from "../columns.js";
import type { Dataset } from "../dataset.js";

export const iranianChurn: Dataset = {
  name: "iranian-churn",
  title: "Iranian churn (UCI 563)",
  about:
    "Customers of an Iranian operator: nine months of calls, messages and complaints, and who had left after twelve. The three months between are a gap for planning.",
  task: "churn",
  rows: 3150,
  label: "Churn",
  positive: "1",
  positives: 495,
  id: null,
  exclude: [],
  experiment: null,
  columns: numeric({
    "Call  Failure": "number of call failures",
    Complains: "1: complained",
    "Subscription  Length": "months",
    "Charge  Amount": "0 (lowest) to 9 (highest)",
    "Seconds of Use": "",
    "Frequency of use": "number of calls",
    "Frequency of SMS": "number of messages",
    "Distinct Called Numbers": "",
    "Age Group": "1 (youngest) to 5 (oldest)",
    "Tariff Plan": "1: pay as you go, 2: contract",
    Status: "1: active, 2: not active",
    Age: "the middle of the age group",
    "Customer Value": "calculated by the operator",
    Churn: "1: left by the end of the twelfth month",
  }),
  sources: ["https://archive.ics.uci.edu/dataset/563/iranian+churn+dataset"],
  licence: "CC BY 4.0",
  copies: [
    {
      what: "the file of the UCI repository",
      files: [
        {
          name: "Customer Churn.csv",
          sha256: null,
          url: "https://archive.ics.uci.edu/static/public/563/iranian+churn+dataset.zip",
          inArchive: "Customer Churn.csv",
        },
      ],
    },
  ],
  reading: { form: "delimited", delimiter: "," },
  traps: [
    "It has no id, and about 300 rows equal an earlier one, as far as known: rows of a random split are in both parts",
    "Age is Age Group in years, and Customer Value is calculated from the other columns",
    "Status (not active) is close to what the label says",
    "Some names have two blanks: Call  Failure, Subscription  Length, Charge  Amount",
    "Copies with columns FN and FP: they hold costs of wrong predictions, and are no features",
  ],
  citation: "Iranian Churn, UCI Machine Learning Repository (2020), https://doi.org/10.24432/C5JW3Z",
  isMeasured: false,
};
