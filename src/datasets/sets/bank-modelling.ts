import { categorical, numeric, text } from "../columns.js";
import type { Dataset } from "../dataset.js";

export const bankModelling: Dataset = {
  name: "bank-modelling",
  title: "Bank customers (Churn_Modelling)",
  about:
    "Customers of a bank in France, Germany and Spain: credit score, balance, products, and who left. A data set of courses, probably simulated.",
  task: "churn",
  rows: 10_000,
  label: "Exited",
  positive: "1",
  positives: 2037,
  id: "CustomerId",
  exclude: ["RowNumber", "Surname"],
  experiment: null,
  columns: [
    ...numeric({ RowNumber: "" }),
    ...text({ CustomerId: "", Surname: "" }),
    ...numeric({ CreditScore: "" }),
    ...categorical({ Geography: "", Gender: "" }),
    ...numeric({
      Age: "years",
      Tenure: "years with the bank",
      Balance: "",
      NumOfProducts: "",
      HasCrCard: "1: has a credit card",
      IsActiveMember: "",
      EstimatedSalary: "",
      Exited: "1: left",
    }),
  ],
  sources: ["https://www.kaggle.com/datasets/shrutimechlearn/churn-modelling"],
  licence: "not known to us: see the page at Kaggle",
  copies: [{ what: "the file of Kaggle", files: [{ name: "Churn_Modelling.csv", sha256: null, url: null }] }],
  reading: { form: "delimited", delimiter: "," },
  traps: [
    "RowNumber and Surname are no features; a surname tells who the customer is",
    "Copies with further columns: Complain nearly equals the label, and must be left out",
    "Nothing says when the features were measured and when customers left",
  ],
  citation: "Churn Modelling, Kaggle; originally of the courses of SuperDataScience",
  isMeasured: false,
};
