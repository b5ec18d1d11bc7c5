import { numbered, numeric } from "../columns.js";
import type { Dataset } from "../dataset.js";

export const criteoUplift: Dataset = {
  name: "criteo-uplift",
  title: "Criteo uplift (v2.1)",
  about:
    "Users of several advertising experiments, a random part of whom no advertisement was shown to: twelve features without meaning, visits and conversions.",
  task: "uplift",
  rows: 13_979_592,
  label: null,
  positive: null,
  positives: null,
  id: null,
  exclude: [],
  experiment: {
    treatment: "treatment",
    control: "0",
    outcomes: ["conversion", "visit", "exposure"],
  },
  columns: [
    ...numbered("numeric", "f", 0, 11),
    ...numeric({
      treatment: "1: may be shown advertisements",
      conversion: "outcome: 1: bought",
      visit: "outcome: 1: visited",
      exposure: "outcome: 1: an advertisement was shown",
    }),
  ],
  sources: [
    "https://ailab.criteo.com/criteo-uplift-prediction-dataset/",
    "https://huggingface.co/datasets/criteo/criteo-uplift",
  ],
  licence: "CC BY-NC-SA 4.0",
  copies: [
    {
      what: "the file of Criteo at Hugging Face (297 MB)",
      files: [
        {
          name: "criteo-research-uplift-v2.1.csv.gz",
          sha256: null,
          url: "https://huggingface.co/datasets/criteo/criteo-uplift/resolve/main/criteo-research-uplift-v2.1.csv.gz",
        },
      ],
    },
  ],
  reading: { form: "delimited", delimiter: "," },
  traps: [
    "exposure happens after the treatment is assigned: comparing exposed users with others is no experiment",
    "85% are treated, 4.7% visit and 0.29% convert: the control group is the smaller one",
    "Rows were sampled non-uniformly, so that rates are not those of the experiments",
    "The first version (25,309,483 rows) leaks the treatment through features: use 2.1",
    "As a table in memory it takes about 1.8 GB",
  ],
  citation:
    "E. Diemert, A. Betlei, C. Renaudin, M.-R. Amini, A Large Scale Benchmark for Uplift Modeling, AdKDD 2018",
  isMeasured: false,
};
