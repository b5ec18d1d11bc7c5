import { categorical, numbered } from "../columns.js";
import type { Dataset } from "../dataset.js";

const COPY =
  "https://raw.githubusercontent.com/WinVector/PDSwR2/331da8e127fbc86532f44434838e9408c039577b/KDD2009";

export const kddCup2009: Dataset = {
  name: "kdd-cup-2009",
  title: "KDD Cup 2009, small (Orange)",
  about:
    "Customers of the French operator Orange: 190 numbers and 40 categories without names, about 60% of the cells missing, and who switched provider.",
  task: "churn",
  rows: 50_000,
  label: "churn",
  positive: "1",
  positives: 3672,
  id: null,
  exclude: [],
  experiment: null,
  columns: [
    ...numbered("numeric", "Var", 1, 190),
    ...numbered("categorical", "Var", 191, 230),
    ...categorical({ churn: "1 or -1, in the file of labels" }),
  ],
  sources: [
    "https://kdd.org/kdd-cup/view/kdd-cup-2009/Data",
    "https://github.com/WinVector/PDSwR2/tree/main/KDD2009",
  ],
  licence: "for research and education, as the challenge says; no open licence, as far as known",
  copies: [
    {
      what: "the training part and its labels, as in the repository of Practical Data Science with R",
      files: [
        {
          name: "orange_small_train.data.gz",
          sha256: null,
          url: `${COPY}/orange_small_train.data.gz`,
        },
        {
          name: "orange_small_train_churn.labels.txt",
          sha256: "fe8891cc574bd55a214514e522a5bed1eec2c3f347a49a36e51620009e7b6f5b",
          url: `${COPY}/orange_small_train_churn.labels.txt`,
        },
      ],
    },
  ],
  reading: { form: "delimited", delimiter: "\t", labelsInSecondFile: "churn" },
  traps: [
    "Labels are a separate file, in the order of the rows: sorting one of the two ruins them",
    "Some columns hold nothing at all, and several categories have thousands of levels",
    "The labels of appetency and up-selling are other files; a customer may be positive in several",
    "The test part of the challenge has no published labels",
  ],
  citation:
    "I. Guyon, V. Lemaire, M. Boullé, G. Dror, D. Vogel, Analysis of the KDD Cup 2009: Fast Scoring on a Large Orange Customer Database, JMLR W&CP 7 (2009)",
  isMeasured: false,
};
