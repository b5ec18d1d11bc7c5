import { describe, expect, test } from "vitest";
import { describeTable, descriptionMarkdown } from "../../src/describe/index.js";
import { evaluateScores, evaluationMarkdown } from "../../src/index.js";
import { modelWithoutId } from "../support/scoring-model.js";
import { subscriberRows, subscriberTable } from "../support/subscribers.js";
import { type Mistake, testMistakes } from "./mistake.js";
import { of, wrong } from "./of.js";

const model = await modelWithoutId();
const evaluation = evaluateScores([0, 1, 0, 1, 1], [0.1, 0.4, 0.35, 0.8, 0.3], { replicates: 5 });

const markdown = (name: string, argument: string, given: readonly unknown[], says: RegExp): Mistake =>
  of("evaluationMarkdown", name, argument, () => evaluationMarkdown(...(given as [never, never])), says);

describe("evaluationMarkdown", () => {
  testMistakes([
    markdown("of a model", "evaluation", [model], /model.training.evaluation/u),
    markdown("of a training", "evaluation", [model.training], /pass its member evaluation/u),
    markdown("of a promise", "evaluation", [Promise.resolve(evaluation)], /await it first/u),
    markdown("of a table", "evaluation", [subscriberTable(10)], /model.evaluate\(table\)/u),
    markdown("of nothing", "evaluation", [], /not undefined/u),
    markdown(
      "of metrics only",
      "evaluation",
      [evaluation.metrics],
      /evaluateScores\(labels, scores\) make one/u,
    ),
    markdown("with a text", "options", [evaluation, "March"], /write \{ title: "March" \}/u),
    markdown(
      "with a heading",
      "heading",
      [evaluation, { heading: "March" }],
      /must be an option of evaluationMarkdown/u,
    ),
    markdown("with a number for a title", "title", [evaluation, { title: 3 }], /must be a text/u),
    markdown(
      "with all segments",
      "soundSegments",
      [evaluation, { soundSegments: "all" }],
      /whole number ≥ 0/u,
    ),
    markdown(
      "with names of metrics",
      "metrics",
      [evaluation, { metrics: "rocAuc" }],
      /must be a list of metrics/u,
    ),
  ]);

  test("following the hints works", () => {
    expect(evaluationMarkdown(model.training.evaluation, { title: "March" })).toMatch(/^# March/u);
    expect(evaluationMarkdown(wrong(JSON.parse(JSON.stringify(evaluation))))).toMatch(/^# Evaluation/u);
  });
});

const table = subscriberTable(60);

const described = (name: string, options: unknown, argument: string, says: RegExp): Mistake =>
  of("describeTable", name, argument, () => describeTable(table, wrong(options)), says);

describe("describeTable", () => {
  testMistakes([
    of("describeTable", "of rows", "table", () => describeTable(wrong(subscriberRows(3))), /tableFromRows/u),
    of("describeTable", "of a path", "table", () => describeTable(wrong("a.csv")), /readTable\(path\)/u),
    described("with an unknown option", { target: "churned" }, "target", /did you mean "label"\?/u),
    described("with a text", "churned", "options", /must be an object such as \{ label: … \}/u),
    described("with a misspelt label", { label: "chruned" }, "label", /did you mean "churned"\?/u),
    described("with a misspelt id", { id: "Subscriber" }, "id", /did you mean "subscriber"\?/u),
    described("with a number as label", { label: 3 }, "label", /must be the name of a column/u),
    described("with the label as id", { label: "churned", id: "churned" }, "id", /another column/u),
    described(
      "with a truth as positive",
      { label: "churned", positive: true },
      "positive",
      /must be a text/u,
    ),
  ]);
});

describe("descriptionMarkdown", () => {
  const page = (name: string, given: readonly unknown[], argument: string, says: RegExp): Mistake =>
    of("descriptionMarkdown", name, argument, () => descriptionMarkdown(...(given as [never, never])), says);
  testMistakes([
    page("of a table", [table], "description", /describeTable\(table\)/u),
    page("of nothing", [], "description", /must be a TableDescription/u),
    page("with another option", [describeTable(table), { heading: "a" }], "heading", /title/u),
  ]);
});
