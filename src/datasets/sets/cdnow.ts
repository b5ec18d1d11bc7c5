import { date, numeric, text } from "../columns.js";
import type { Dataset } from "../dataset.js";

export const cdnow: Dataset = {
  name: "cdnow",
  title: "CDNOW purchases",
  about:
    "All purchases to June 1998 of the people who first bought at CDNOW in the first quarter of 1997: 69,659 purchases, and no contract that could end.",
  task: "purchases",
  rows: 69_659,
  label: null,
  positive: null,
  positives: null,
  id: "customer_id",
  exclude: [],
  experiment: null,
  columns: [
    ...text({ customer_id: "five digits" }),
    ...date({ date: "of the purchase" }),
    ...numeric({ quantity: "CDs", amount: "dollars" }),
  ],
  sources: ["https://www.brucehardie.com/datasets/", "http://brucehardie.com/notes/026/"],
  licence: "none stated; free for research and teaching with a citation, as far as known",
  copies: [
    {
      what: "compressed, with dates that its publisher moved to January 2021 to June 2022",
      files: [
        {
          name: "cdnow.txt.gz",
          sha256: "4401d0a7fa0eca8e4e16bcb93bf76322d11badece4a449bf6ecb0eb3233e675b",
          url: null,
        },
      ],
    },
    {
      what: "the file of Fader and Hardie, January 1997 to June 1998",
      files: [
        {
          name: "CDNOW_master.txt",
          sha256: null,
          url: "https://www.brucehardie.com/datasets/CDNOW_master.zip",
          inArchive: "CDNOW_master.txt",
        },
      ],
    },
  ],
  reading: { form: "fixed width", dateFormat: "yyyyMMdd" },
  traps: [
    "There is no label: whether a customer left is a matter of definition, such as no purchase within six months (`noPurchase` of snapshots)",
    "Dates of the copy cdnow.txt.gz were moved by 24 years; that copy has 23,544 customer numbers where its source counts 23,570",
    "255 purchases equal an earlier one of the same customer and day; 80 cost nothing",
    "Everyone first bought within one quarter: nothing can be learned about when customers come",
  ],
  citation:
    "P. S. Fader and B. G. S. Hardie, Forecasting Repeat Sales at CDNOW: A Case Study, Interfaces 31 (2001); Notes on the CDNOW Master Data Set (2013)",
  isMeasured: true,
};
