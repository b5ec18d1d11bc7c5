import { join } from "node:path";
import { RandomForestClassifier } from "ml-random-forest";
import { importMlRandomForest, randomForest, Vectorizer } from "../../src/classifiers/index.js";
import { readTable } from "../../src/index.js";
import { logLoss } from "../../src/metrics/index.js";
import { findColumn } from "../../src/table/table.js";
import { rowsOfFold, stratifiedFolds } from "../../src/vectors/folds.js";
import { copyRows, takeVectorRows } from "../../src/vectors/vectors.js";
import { DATASETS, isThere } from "../support/shared-data.js";
import { type Bench, type BenchResult, result, timed } from "./result.js";

const TELCO = join(DATASETS, "telco.csv");
/** Of the peer, which takes a quarter of a minute for each. */
const PEER_TREES = 4;

/** Our random forest compared with that of ml-random-forest on four fifths of telco, and its forests evaluated here. */
export const forestBench: Bench = {
  name: "forest",
  about:
    "random forests on telco, and forests of ml-random-forest evaluated here, compared with that package",
  async run(): Promise<BenchResult[]> {
    if (!isThere(TELCO, "forest")) return [];
    const table = await readTable(TELCO);
    const exclude = new Map(["customerID", "Churn"].map((name) => [name, "no feature"]));
    const vectors = Vectorizer.fit(table, { exclude }).vectorizer.transform(table);
    const churn = findColumn(table, "Churn");
    if (churn?.kind !== "categorical") throw new Error("Churn is not a category");
    const yes = churn.categories.indexOf("Yes");
    const labels = Uint8Array.from(churn.codes, (code) => (code === yes ? 1 : 0));
    const folds = stratifiedFolds(labels, 5, 0);
    const [training, held] = [rowsOfFold(folds, 0, true), rowsOfFold(folds, 0)];
    const labelsOf = (rows: Int32Array) => Uint8Array.from(rows, (row) => labels[row]);
    const [trainVectors, heldVectors] = [takeVectorRows(vectors, training), takeVectorRows(vectors, held)];

    const forest = randomForest();
    const ours = await timed(() => forest.fit(trainVectors, labelsOf(training)));
    const probabilities = ours.value.margin(heldVectors).map((margin) => 1 / (1 + Math.exp(-margin)));

    // It supports neither missing values nor categories: codes as numbers, missing charges as 0.
    const numbersOf = (of: typeof vectors): number[][] => {
      const width = of.features.length;
      const block = new Float64Array(of.rowCount * width);
      copyRows(of, 0, of.rowCount, block);
      return Array.from({ length: of.rowCount }, (_, row) =>
        Array.from(block.subarray(row * width, (row + 1) * width), (value) =>
          Number.isNaN(value) ? 0 : value,
        ),
      );
    };
    const peer = new RandomForestClassifier({ nEstimators: PEER_TREES, seed: 1, noOOB: true });
    const heldNumbers = numbersOf(heldVectors);
    const theirs = await timed(() => peer.train(numbersOf(trainVectors), Array.from(labelsOf(training))));
    const imported = importMlRandomForest(JSON.parse(JSON.stringify(peer.toJSON())));
    const askedHere = await timed(() => imported.predict(heldNumbers));
    const askedThere = await timed(() => peer.predict(heldNumbers));
    const different = askedThere.value.filter((vote, row) => vote !== askedHere.value[row]).length;
    if (different > 0) throw new Error(`${different} votes differ from those of ml-random-forest`);
    const shares = imported
      .voteShares(heldNumbers)
      .map(([, share]) => Math.min(Math.max(share, 1e-15), 1 - 1e-15));

    const name = "ml-random-forest";
    const perTree = ours.cpu / ours.value.trees.length;
    return [
      result("forest", "training, CPU a tree", perTree * 1e3, "ms", {
        name,
        value: (theirs.cpu / PEER_TREES) * 1e3,
      }),
      result(
        "forest",
        `log loss, 200 trees against ${PEER_TREES}`,
        logLoss(labelsOf(held), probabilities),
        "",
        {
          name,
          value: logLoss(labelsOf(held), shares),
        },
      ),
      result("forest", "evaluating its forest here, CPU", askedHere.cpu * 1e3, "ms", {
        name,
        value: askedThere.cpu * 1e3,
      }),
    ];
  },
};
