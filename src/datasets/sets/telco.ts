import { categorical, numeric, text } from "../columns.js";
import type { Dataset } from "../dataset.js";

export const telco: Dataset = {
  name: "telco",
  title: "IBM Telco Customer Churn",
  about:
    "A fictional telephone and internet provider in California: services, contract and charges of its customers, and who left within the last month.",
  task: "churn",
  rows: 7043,
  label: "Churn",
  positive: "Yes",
  positives: 1869,
  id: "customerID",
  exclude: [],
  experiment: null,
  columns: [
    ...text({ customerID: "" }),
    ...categorical({ gender: "" }),
    ...numeric({ SeniorCitizen: "1 from the age of 65" }),
    ...categorical({ Partner: "", Dependents: "" }),
    ...numeric({ tenure: "months with the company" }),
    ...categorical({
      PhoneService: "",
      MultipleLines: "",
      InternetService: "DSL, fibre or none",
      OnlineSecurity: "",
      OnlineBackup: "",
      DeviceProtection: "",
      TechSupport: "",
      StreamingTV: "",
      StreamingMovies: "",
      Contract: "month to month, one year, two years",
      PaperlessBilling: "",
      PaymentMethod: "",
    }),
    ...numeric({ MonthlyCharges: "of the last month", TotalCharges: "since the customer joined" }),
    ...categorical({ Churn: "left within the last month" }),
  ],
  sources: [
    "https://github.com/IBM/telco-customer-churn-on-icp4d",
    "https://www.kaggle.com/datasets/blastchar/telco-customer-churn",
  ],
  licence: "none stated for the data, as far as known; the repository of IBM is under Apache 2.0",
  copies: [
    {
      what: "the file of IBM's repository",
      files: [
        {
          name: "telco.csv",
          sha256: "16320c9c1ec72448db59aa0a26a0b95401046bef5d02fd3aeb906448e3055e91",
          url: "https://raw.githubusercontent.com/IBM/telco-customer-churn-on-icp4d/master/data/Telco-Customer-Churn.csv",
        },
      ],
    },
    {
      what: "the file of Kaggle, whose lines may end otherwise",
      files: [{ name: "WA_Fn-UseC_-Telco-Customer-Churn.csv", sha256: null, url: null }],
    },
  ],
  reading: { form: "delimited", delimiter: "," },
  traps: [
    "TotalCharges is blank in 11 rows, all with a tenure of 0: customers who have not been billed yet",
    "TotalCharges is nearly tenure × MonthlyCharges",
    'Six columns repeat in "No internet service" what InternetService says, and MultipleLines what PhoneService says',
    "22 rows equal an earlier one in everything but customerID, and 18 more in everything but customerID and Churn",
    "The data are simulated: differences of a thousandth in ROC AUC mean nothing for an operator",
  ],
  citation: "IBM, Telco customer churn, sample data of IBM Cognos Analytics and Watson",
  isMeasured: true,
};
