import { categorical, numeric } from "../columns.js";
import type { Dataset } from "../dataset.js";

export const hillstrom: Dataset = {
  name: "hillstrom",
  title: "Hillstrom's e-mail experiment",
  about:
    "Customers of a shop, drawn at random for one of two e-mails or none; visits, purchases and spend in the two weeks after.",
  task: "uplift",
  rows: 64_000,
  label: null,
  positive: null,
  positives: null,
  id: null,
  exclude: [],
  experiment: {
    treatment: "segment",
    control: "No E-Mail",
    outcomes: ["visit", "conversion", "spend"],
  },
  columns: [
    ...numeric({ recency: "months since the last purchase" }),
    ...categorical({ history_segment: "band of history" }),
    ...numeric({
      history: "dollars spent in the past year",
      mens: "1: bought men's merchandise in the past year",
      womens: "1: bought women's merchandise in the past year",
    }),
    ...categorical({ zip_code: "Urban, Surburban or Rural" }),
    ...numeric({ newbie: "1: new in the past twelve months" }),
    ...categorical({
      channel: "through which the customer bought in the past year",
      segment: "the e-mail: Mens E-Mail, Womens E-Mail, No E-Mail",
    }),
    ...numeric({
      visit: "outcome: 1: visited the site within two weeks",
      conversion: "outcome: 1: bought within two weeks",
      spend: "outcome: dollars spent within two weeks",
    }),
  ],
  sources: ["https://blog.minethatdata.com/2008/03/minethatdata-e-mail-analytics-and-data.html"],
  licence: "published for a challenge; no licence text, as far as known",
  copies: [
    {
      what: "compressed",
      files: [
        {
          name: "hillstrom.csv.gz",
          sha256: "b2d5cf97e17e66a42e233337ffed4f4afe598d4401b4bd9435d2dfb2b0f67e14",
          url: null,
        },
      ],
    },
    {
      what: "the file of the challenge",
      files: [
        {
          name: "hillstrom.csv",
          sha256: null,
          url: "http://www.minethatdata.com/Kevin_Hillstrom_MineThatData_E-MailAnalytics_DataMiningChallenge_2008.03.20.csv",
        },
      ],
    },
  ],
  reading: { form: "delimited", delimiter: "," },
  traps: [
    "visit, conversion and spend were measured after the e-mail: never features",
    "There is no id, and 6,562 rows of other customers equal an earlier one",
    "Two treatments: compare each with No E-Mail, or both together as one",
    "0.9% converted: differences in conversion need all of the rows",
    "history_segment is history in bands; zip_code is written Surburban",
  ],
  citation: "K. Hillstrom, The MineThatData E-Mail Analytics And Data Mining Challenge, 20 March 2008",
  isMeasured: true,
};
