import { describe, expect, test } from "vitest";
import * as metrics from "../../../src/metrics/index.js";
import { findColumn } from "../../../src/table/table.js";
import { mistake } from "../every-function.js";
import { testMistakes } from "../mistake.js";
import { churn, labels, many, scores, table, texts, untyped } from "./sample.js";

describe("labels", () => {
  testMistakes([
    mistake(
      "texts",
      () => untyped.rocAuc(texts, scores),
      "rocAuc",
      "labels[0]",
      /^rocAuc: labels\[0\]: must be 0 or 1, received "No" \(4 rows have such a value; make 0 and 1 of them: labels\.map\(\(label\) => \(label === "Yes" \? 1 : 0\)\)\)$/,
    ),
    mistake(
      "texts in 10,000 rows are one problem",
      () =>
        untyped.logLoss(
          many.map((row) => (row % 2 === 0 ? "churned" : "stayed")),
          many.map(() => 0.5),
        ),
      "logLoss",
      "labels[0]",
      /^logLoss: labels\[0\]: must be 0 or 1, received "churned" \(10,000 rows have such a value; .*=== "churned"[^\n]*$/,
    ),
    mistake(
      "texts none of which is known to mean churned",
      () => untyped.rocAuc(["a", "b", "a", "b"], scores),
      "rocAuc",
      "labels[0]",
      /say which value means churned: labels\.map\(\(label\) => \(label === "a" \? 1 : 0\)\) or labels\.map\(\(label\) => \(label === "b" \? 1 : 0\)\)/,
    ),
    mistake(
      "numbers as texts, as CSV has them",
      () => untyped.averagePrecision(["0", "1", "0", "1"], scores),
      "averagePrecision",
      "labels[0]",
      /labels\.map\(Number\)/,
    ),
    mistake(
      "booleans",
      () => untyped.rocAuc([false, true, false, true], scores),
      "rocAuc",
      "labels[0]",
      /received false \(4 rows have such a value; make numbers of them: labels\.map\(Number\)\)/,
    ),
    mistake(
      "−1 and 1",
      () => metrics.ks([-1, 1, -1, 1], scores),
      "ks",
      "labels[0]",
      /labels\.map\(\(label\) => \(label === 1 \? 1 : 0\)\)/,
    ),
    mistake(
      "1 and 2, as R has factors",
      () => metrics.gini([1, 2, 1, 2], scores),
      "gini",
      "labels[1]",
      /say which value means churned: labels\.map\(\(label\) => \(label === 1 \? 1 : 0\)\) or labels\.map\(\(label\) => \(label === 2 \? 1 : 0\)\)/,
    ),
    mistake(
      "labels and scores in the wrong order",
      () => metrics.rocAuc(scores, labels),
      "rocAuc",
      "labels[0]",
      /^rocAuc: labels\[0\]: must be 0 or 1, received 0\.1 \(labels come before scores\)$/,
    ),
    mistake(
      "labels and probabilities in the wrong order",
      () => metrics.brierScore(scores, labels),
      "brierScore",
      "labels[0]",
      /labels come before probabilities/,
    ),
    mistake(
      "a Column",
      () => untyped.rocAuc(churn, scores),
      "rocAuc",
      "labels",
      /not a Column \(make 0 and 1 of it: Array\.from\(column\.codes, \(code\) => \(column\.categories\[code\] === "Yes" \? 1 : 0\)\)\)/,
    ),
    mistake(
      "a property that a table does not have",
      () => untyped.rocAuc((table as unknown as { churn: unknown }).churn, scores),
      "rocAuc",
      "labels",
      /must be a list of numbers, not undefined \(one number per row\)/,
    ),
    mistake(
      "the name of a column",
      () => untyped.rocAuc("churn", scores),
      "rocAuc",
      "labels",
      /received "churn" \(pass the numbers themselves, one per row\)/,
    ),
    mistake(
      "a Table",
      () => untyped.rocAuc(table, scores),
      "rocAuc",
      "labels",
      /not a Table \(pass the values of a column/,
    ),
    mistake(
      "null in some rows",
      () => untyped.rocAuc([0, 1, null, null], scores),
      "rocAuc",
      "labels[2]",
      /received null \(2 rows have such a value; leave out rows that have none\)/,
    ),
    mistake(
      "a row that is undefined",
      () => untyped.rocAuc([0, 1, 0, undefined], scores),
      "rocAuc",
      "labels[3]",
      /must be 0 or 1, not undefined \(leave out rows that have none\)/,
    ),
    mistake(
      "bigints, as databases give them",
      () => untyped.rocAuc([0n, 1n, 0n, 1n], scores),
      "rocAuc",
      "labels[0]",
      /received 0n .*labels\.map\(Number\)/,
    ),
    mistake(
      "a column vector of a matrix",
      () =>
        untyped.rocAuc(
          labels.map((label) => [label]),
          scores,
        ),
      "rocAuc",
      "labels[0]",
      /labels\.flat\(\)/,
    ),
    mistake(
      "one class only",
      () => metrics.rocAuc([0, 0], [0.5, 0.1]),
      "rocAuc",
      "labels",
      /must hold both classes, received "no label 1/,
    ),
    mistake(
      "another length than scores",
      () => metrics.rocAuc(labels, [0.5]),
      "rocAuc",
      "scores",
      /must have the length of labels, 4, received 1/,
    ),
    mistake(
      "a generator",
      () => untyped.rocAuc(new Set(labels), scores),
      "rocAuc",
      "labels",
      /make a list of it with Array\.from/,
    ),
  ]);

  test("each hint works when it is followed", () => {
    const expected = metrics.rocAuc(labels, scores);
    const churned = [false, true, false, true];
    const column = findColumn(table, "churn");
    if (column?.kind !== "categorical") throw new Error("a column of texts is categorical");
    for (const followed of [
      texts.map((label) => (label === "Yes" ? 1 : 0)),
      ["0", "1", "0", "1"].map(Number),
      churned.map(Number),
      [0n, 1n, 0n, 1n].map(Number),
      [-1, 1, -1, 1].map((label) => (label === 1 ? 1 : 0)),
      labels.flatMap((label) => [label]),
      Array.from(column.codes, (code) => (column.categories[code] === "Yes" ? 1 : 0)),
    ]) {
      expect(metrics.rocAuc(followed, scores)).toBe(expected);
    }
  });
});
