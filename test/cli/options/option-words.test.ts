import { describe, expect, test } from "vitest";
import { inWordsOf, messageFor } from "../../../src/cli/options/option-words.js";
import { createProgram } from "../../../src/cli/program.js";
import { argumentProblem, HoldfastError, optionText, type Problem } from "../../../src/errors.js";
import { textsOfLibrary } from "./mentions.js";

const program = await createProgram();
const commandNamed = (name: string) => {
  const command = program.commands.find((each) => each.name() === name);
  if (command === undefined) throw new Error(`there is no command ${name}`);
  return command;
};

/** The message of a problem of an argument, as a command prints it. */
function messageOf(command: string, functionName: string, argument: string, hint?: string): string {
  const problem = argumentProblem(functionName, argument, "must be right", "x", hint);
  return messageFor(commandNamed(command), new HoldfastError(problem));
}

describe("an error starts with the command and the option", () => {
  test.each([
    ["train", "trainChurnModel", "label", "--label"],
    ["train", "trainChurnModel", "allowLeaks[1]", "--allow-leaks"],
    ["train", "trainChurnModel", "totals", "--no-totals"],
    ["train", "trainChurnModel", "tiers.tiers[0].share", "--tiers"],
    ["train", "trainChurnModel", "table", "<file>"],
    ["train", "readTable", "source", "<file>"],
    ["score", "scoreFile", "read.format", "--input-format"],
    ["score", "scoreFile", "write.format", "--format"],
    ["score", "scoreFile", "read.encoding", "--encoding"],
    ["score", "scoreFile", "output", "--out"],
    ["score", "scoreFile", "input", "<input>"],
    ["snapshots", "writeSnapshots", "path", "--out"],
    ["snapshots", "openHistory", "memoryLimit", "--memory-limit"],
    ["snapshots", "openHistory", "usage", "usage"],
    ["serve", "createServer", "requestTimeout", "--request-timeout"],
  ])("holdfast %s: %s: %s is %s", (command, functionName, argument, shown) => {
    expect(messageOf(command, functionName, argument)).toBe(
      `holdfast ${command}: ${shown}: must be right, received "x"`,
    );
  });

  test("of several problems the command is named once", () => {
    const problems = ["folds", "seed"].map((name) => argumentProblem("tune", name, "must be right", 0));
    expect(messageFor(commandNamed("tune"), new HoldfastError(problems))).toBe(
      "holdfast tune: 2 problems:\n  - --folds: must be right, received 0\n  - --seed: must be right, received 0",
    );
  });

  test("before a command is chosen it is the program's", () => {
    expect(messageFor(undefined, new HoldfastError(argumentProblem("", "x", "must be right", 0)))).toBe(
      "holdfast: x: must be right, received 0",
    );
  });
});

describe("a hint names options as the command line writes them", () => {
  test.each([
    ["train", optionText("positive", "A b"), "--positive 'A b'"],
    ["train", optionText("positive", "it's `so`"), "--positive 'it'\\''s `so`'"],
    ["train", optionText("exclude", ["月份", "b"]), "--exclude 月份 --exclude b"],
    ["train", optionText("columns", { cutoff: "date" }), "--columns cutoff=date"],
    ["train", optionText("totals", false), "--no-totals"],
    ["train", optionText("threads", 1), "--threads 1"],
    ["train", optionText("format", "ndjson"), "--input-format ndjson"],
    ["snapshots", optionText("format", "ndjson"), "a file whose name ends in .ndjson"],
    ["score", optionText("format", "ndjson"), "--input-format ndjson"],
    ["score", optionText("resume", true), "--resume"],
    ["snapshots", "`memoryLimit`", "--memory-limit"],
    ["snapshots", optionText("churn", false), "--churn none"],
    [
      "snapshots",
      optionText("columns", { month: "账期" }),
      '--map columns.json, with {"usage":{"month":"账期"}} in it',
    ],
  ])("%s: %s is %s", (command, mention, shown) => {
    expect(messageOf(command, "openHistory", "usage", `try ${mention} once`)).toBe(
      `holdfast ${command}: usage: must be right, received "x" (try ${shown} once)`,
    );
  });

  test.each([
    ["an option that the command does not have", "pass `families: [myFamily]`", undefined],
    ["a value that it cannot be given", `or ${optionText("totals", true)}`, undefined],
    ["a value that is no data", "pass `classifier: [myFamily]`", undefined],
    ["an aside about one", "take the original (or pass `families: [myFamily]`)", "take the original"],
    ["a clause about one", "pass `families: [myFamily]`; take the original", "take the original"],
  ])("and leaves out %s", (_, hint, left) => {
    const problem: Problem = { ...argumentProblem("f", "label", "must be right", 0), hint };
    expect(inWordsOf(commandNamed("train"), problem).hint).toBe(left);
  });

  test("an aside in the sentence is left out in the same way", () => {
    const expected = "must be one of a, b, not c (pass your own family to loading: `families: [myFamily]`)";
    const problem: Problem = { code: "model.invalid", path: { file: "m" }, expected, received: undefined };
    expect(inWordsOf(commandNamed("score"), problem).expected).toBe("must be one of a, b, not c");
  });
});

/** A note of training is part of the model, which is the same whoever trains it. */
const FILES_OF_NOTES = [
  "training/rows/note-rows.ts",
  "training/known-roles.ts",
  "table/grammar/column-reading.ts",
];
/** Variables of style sheets begin like options. */
const isStyle = (where: string) => where.startsWith("page/html/style") || where.startsWith("plots/drawing/");
const isNote = (where: string) => FILES_OF_NOTES.some((file) => where.startsWith(file));

describe("the texts of the library", () => {
  const names = new Set(
    program.commands.flatMap((command) => command.options.map((option) => option.attributeName())),
  );
  const { texts, mentions: inBackticks } = textsOfLibrary();
  // A name alone in backticks may also be a function's.
  const mentions = inBackticks.filter(({ name, mention }) => mention.includes(": ") || names.has(name));
  /** Without an option on the command line, so that no command shows them. */
  const ONLY_IN_TYPESCRIPT = [
    "families: [myFamily]",
    "calibrators: [myCalibrator]",
    "classifier: [myFamily]",
    "create: false",
  ];
  const shown = mentions.flatMap(({ mention, where }) =>
    program.commands.map((command) => {
      const hint = inWordsOf(command, {
        ...argumentProblem("f", "usage", "must be right", 0),
        hint: mention,
      }).hint;
      return { where, mention, command, hint };
    }),
  );

  test("mention options", () => {
    expect(mentions.length).toBeGreaterThan(15);
  });

  test("do not speak the language of the command line, which translates them", () => {
    const found = texts.filter(
      ({ text, where }) => /(^|[\s(`"'])--[a-z]/u.test(text) && !isNote(where) && !isStyle(where),
    );
    expect(found).toEqual([]);
  });

  test("mention options by optionText or in backticks, so that they can be translated", () => {
    const unmarked = new RegExp(
      `(?<![\`\\w.])(?:${[...names].join("|")}|allowLeaks): (?:true|false|\\d|"|\\[|\\{)`,
      "u",
    );
    // What is inside an example of a whole object is no mention of an option.
    const outside = (text: string) => text.replaceAll(/\{(?:[^{}]|\{[^{}]*\})*\}?/gu, "");
    expect(texts.filter(({ text, where }) => unmarked.test(outside(text)) && !isNote(where))).toEqual([]);
  });

  test("name only options that the command has, in each command that shows them", () => {
    for (const { command, hint, where } of shown) {
      if (hint === undefined) continue;
      const longs = command.options.map(({ long }) => long);
      for (const [option] of hint.matchAll(/--[a-z-]+/gu)) expect(longs, where).toContain(option);
      expect(hint, where).not.toMatch(/`/);
    }
  });

  test("are each shown by a command, or are about what only TypeScript has", () => {
    const unseen = mentions.filter(
      ({ mention }) =>
        !ONLY_IN_TYPESCRIPT.includes(mention.slice(1, -1)) &&
        shown.every((each) => each.mention !== mention || each.hint === undefined),
    );
    expect(unseen).toEqual([]);
  });
});
