import { describe } from "vitest";
import { scoreFile, scoreTable } from "../../../src/scoring/index.js";
import { modelWithoutId } from "../../support/scoring-model.js";
import { subscriberTable } from "../../support/subscribers.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { type Mistake, testMistakes } from "../mistake.js";
import { of, wrong } from "../of.js";

const model = await modelWithoutId();
const table = subscriberTable(50);
const files = temporaryFolder();
const OUT = `${files.path}/scores.csv`;
const INPUT = "datasets/simulated/usage.csv";

const MISTAKES: readonly (readonly [name: string, argument: string, options: object, says: RegExp])[] = [
  ["with reasons as a flag", "reasons", { reasons: true }, /whole number from 0 to 50/u],
  ["with too many reasons", "reasons", { reasons: 51 }, /whole number from 0 to 50/u],
  ["with half a reason", "reasons", { reasons: 0.5 }, /whole number from 0 to 50/u],
  ["with another language", "locale", { reasons: 1, locale: "de" }, /must be one of en, zh/u],
  ["with a sentence for all", "templates", { reasons: 1, templates: "x" }, /sentences by column/u],
  ["with a template of no text", "templates.tenure", { reasons: 1, templates: { tenure: 1 } }, /a text/u],
  [
    "with reasons for an unknown tier",
    "reasonsFor[1]",
    { reasons: 1, reasonsFor: ["high", "meduim"] },
    /must be one of the tiers high, medium, low, received "meduim" \(did you mean "medium"\?\)/u,
  ],
  ["with one tier as text", "reasonsFor", { reasons: 1, reasonsFor: "high" }, /put it into a list/u],
  ["with reasons for no tier", "reasonsFor", { reasons: 1, reasonsFor: [] }, /must name a tier/u],
  ["with tiers without reasons", "reasonsFor", { reasonsFor: ["high"] }, /together with reasons/u],
];

const fileMistake = (name: string, argument: string, options: object, says: RegExp): Mistake =>
  of("scoreFile", name, argument, () => scoreFile(model, INPUT, OUT, wrong(options)), says);

describe("scoreFile", () => {
  testMistakes([
    ...MISTAKES.map((mistake) => fileMistake(...mistake)),
    fileMistake(
      "with reasons for a tier of the model in a list",
      "reasonsFor[0]",
      { capacity: "call=3", reasons: 1, reasonsFor: ["high"] },
      /must be one of the tiers call, rest, received "high"/u,
    ),
  ]);
});

describe("scoreTable", () => {
  testMistakes(
    MISTAKES.map(([name, argument, options, says]) =>
      of("scoreTable", name, argument, () => scoreTable(model, table, wrong(options)), says),
    ),
  );
});
