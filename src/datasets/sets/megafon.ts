import { categorical, numbered, numeric, text } from "../columns.js";
import type { Dataset } from "../dataset.js";

export const megafon: Dataset = {
  name: "megafon",
  title: "MegaFon uplift competition",
  about:
    "Simulated customers of the Russian operator MegaFon, made to resemble a real campaign: fifty features without meaning, who was contacted, who bought.",
  task: "uplift",
  rows: 600_000,
  label: null,
  positive: null,
  positives: null,
  id: "id",
  exclude: [],
  experiment: { treatment: "treatment_group", control: "control", outcomes: ["conversion"] },
  columns: [
    ...text({ id: "" }),
    ...numbered("numeric", "X_", 1, 50),
    ...categorical({ treatment_group: "treatment or control" }),
    ...numeric({ conversion: "outcome: 1: bought" }),
  ],
  sources: [
    "https://ods.ai/competitions/megafon-df21-comp",
    "https://github.com/maks-sh/scikit-uplift/blob/master/sklift/datasets/descr/megafon.rst",
  ],
  licence: "none stated, as far as known",
  copies: [
    {
      what: "the copy of scikit-uplift (554 MB as a table)",
      files: [
        {
          name: "megafon_dataset.csv.gz",
          sha256: null,
          url: "https://sklift.s3.eu-west-2.amazonaws.com/megafon_dataset.csv.gz",
        },
      ],
    },
  ],
  reading: { form: "delimited", delimiter: "," },
  traps: [
    "It is generated data: good for code and for comparisons, no evidence about customers",
    "conversion is an outcome, never a feature",
    "Half are treated and 20% buy, far more than in a real campaign",
  ],
  citation: "MegaFon Uplift Competition (2021), data as distributed by scikit-uplift",
  isMeasured: false,
};
