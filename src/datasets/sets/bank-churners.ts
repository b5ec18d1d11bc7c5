import { categorical, numeric, text } from "../columns.js";
import type { Dataset } from "../dataset.js";

/** Predictions of somebody's model of the label. */
const LEAKS = ["1", "2"].map(
  (which) =>
    `Naive_Bayes_Classifier_Attrition_Flag_Card_Category_Contacts_Count_12_mon_Dependent_count_Education_Level_Months_Inactive_12_mon_${which}`,
);

export const bankChurners: Dataset = {
  name: "bank-churners",
  title: "Credit card customers (BankChurners)",
  about:
    "Holders of a bank's credit cards: age, income, months with the bank, transactions and their change, and whose account was closed.",
  task: "churn",
  rows: 10_127,
  label: "Attrition_Flag",
  positive: "Attrited Customer",
  positives: 1627,
  id: "CLIENTNUM",
  exclude: LEAKS,
  experiment: null,
  columns: [
    ...text({ CLIENTNUM: "" }),
    ...categorical({ Attrition_Flag: "Attrited Customer: the account is closed" }),
    ...numeric({ Customer_Age: "years" }),
    ...categorical({ Gender: "" }),
    ...numeric({ Dependent_count: "" }),
    ...categorical({ Education_Level: "", Marital_Status: "", Income_Category: "", Card_Category: "" }),
    ...numeric({
      Months_on_book: "months with the bank",
      Total_Relationship_Count: "products held",
      Months_Inactive_12_mon: "of the last 12",
      Contacts_Count_12_mon: "in the last 12 months",
      Credit_Limit: "",
      Total_Revolving_Bal: "",
      Avg_Open_To_Buy: "Credit_Limit − Total_Revolving_Bal, mean of 12 months",
      Total_Amt_Chng_Q4_Q1: "amount of the fourth quarter / of the first",
      Total_Trans_Amt: "amount of transactions in 12 months",
      Total_Trans_Ct: "number of transactions in 12 months",
      Total_Ct_Chng_Q4_Q1: "transactions of the fourth quarter / of the first",
      Avg_Utilization_Ratio: "Total_Revolving_Bal / Credit_Limit",
      [LEAKS[0]]: "a prediction of the label",
      [LEAKS[1]]: "a prediction of the label",
    }),
  ],
  sources: ["https://www.kaggle.com/datasets/sakshigoyal7/credit-card-customers"],
  licence: "CC0 1.0, as far as known",
  copies: [{ what: "the file of Kaggle", files: [{ name: "BankChurners.csv", sha256: null, url: null }] }],
  reading: { form: "delimited", delimiter: "," },
  traps: [
    "The last two columns, Naive_Bayes_Classifier_…, are predictions of the label by a model: they determine it, and must be left out",
    "Transactions of the last 12 months end with the account: few of them are a consequence of leaving as much as a sign of it",
    "Avg_Open_To_Buy is Credit_Limit less Total_Revolving_Bal, and Avg_Utilization_Ratio their quotient",
    "Unknown is a level of Education_Level, Marital_Status and Income_Category",
    "36 is so frequent in Months_on_book that it may have been put in for missing values",
  ],
  citation: "S. Goyal, Credit Card customers, Kaggle (2020); originally of leaps.analyttica.com",
  isMeasured: false,
};
