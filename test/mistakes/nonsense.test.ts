import { describe } from "vitest";
import * as descriptions from "../../src/describe/index.js";
import * as history from "../../src/history/index.js";
import * as main from "../../src/index.js";
import * as scoring from "../../src/scoring/index.js";
import * as service from "../../src/scoring/service/index.js";
import * as simulator from "../../src/simulator/index.js";
import { testNonsense, untypedOf } from "./every-function.js";

// Functions that need an argument; definitions and families that need none are in their own tests.

describe("histories", () => {
  const { anyOf, defaultFeatures, describeFeatures, featuresFrom, monthly, openHistory, partialChurn } =
    untypedOf(history);
  testNonsense({
    anyOf,
    defaultFeatures,
    describeFeatures,
    featuresFrom,
    monthly,
    openHistory,
    partialChurn,
  });
  const {
    populationFigures,
    snapshotSql,
    snapshots,
    splitByTime,
    vectorFromFacts,
    vectorOf,
    writeSnapshots,
  } = untypedOf(history);
  testNonsense({
    populationFigures,
    snapshotSql,
    snapshots,
    splitByTime,
    vectorFromFacts,
    vectorOf,
    writeSnapshots,
  });
});

describe("descriptions", () => {
  const { describeTable, descriptionMarkdown } = untypedOf(descriptions);
  testNonsense({ describeTable, descriptionMarkdown });
});

describe("scoring", () => {
  const {
    evaluateScoreTable,
    scoreFile,
    scoreTable,
    tierTableAsTable,
    upsertIntoPostgres,
    valueGridAsTable,
  } = untypedOf(scoring);
  testNonsense({
    evaluateScoreTable,
    scoreFile,
    scoreTable,
    tierTableAsTable,
    upsertIntoPostgres,
    valueGridAsTable,
  });
  const { evaluationMarkdown } = untypedOf(main);
  testNonsense({ evaluationMarkdown });
});

describe("service and simulator", () => {
  const { createClient, createServer, readTokens } = untypedOf(service);
  testNonsense({ createClient, createServer, readTokens });
  const { trueChurnProbabilities, writeOperator } = untypedOf(simulator);
  testNonsense({ trueChurnProbabilities, writeOperator });
});
