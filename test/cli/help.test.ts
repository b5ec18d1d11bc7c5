import { describe, expect, test } from "vitest";
import { createProgram } from "../../src/cli/program.js";

const program = await createProgram();
const options = [program, ...program.commands].flatMap((command) =>
  command.options.map((option) => {
    const text = command.createHelp().optionDescription(option);
    return [`${command === program ? "" : command.name()} ${option.flags}`, text] as const;
  }),
);

describe("the help of every option", () => {
  test.each(options)("%s: says what it does, and its default at most once, as one writes it", (_, text) => {
    expect(text).toMatch(/^[\p{L}/]/u);
    const defaults = text.split("default: ").slice(1);
    expect(defaults.length).toBeLessThanOrEqual(1);
    for (const each of defaults) expect(each).not.toMatch(/[[\]{}"]|undefined/);
    expect(text.match(/\((?:default|one of)/g)?.length ?? 0).toBeLessThanOrEqual(1);
  });
});

test("the defaults of the command line are in the help", () => {
  const help = new Map(options);
  expect(help.get("train --classifier <which>")).toMatch(/ \(default: auto\)$/);
  expect(help.get("train --exclude <column>")).toMatch(/ \(default: none\)$/);
  expect(help.get("score --format <format>")).toMatch(/ \(one of csv, .*; default: by extension; .*\)$/);
  expect(help.get("simulate --start <date>")).toMatch(/ \(default: 2024-08-01\)$/);
});

describe("the help of every command", () => {
  test.each(program.commands.map((command) => [command.name(), command] as const))(
    "%s: has a description, examples and options in kebab case",
    (name, command) => {
      let text = "";
      command.configureOutput({
        writeOut: (part) => {
          text += part;
        },
      });
      command.outputHelp();
      expect(text).toContain(`Usage: holdfast ${name} `);
      expect(text).toMatch(/\nExamples:\n {2}holdfast /);
      expect(command.description()).not.toBe("");
      for (const { long } of command.options) expect(long).toMatch(/^--[a-z]+(-[a-z]+)*$/);
    },
  );

  test("that is not loaded looks the same from outside", async () => {
    const unloaded = await createProgram([]);
    expect(unloaded.helpInformation()).toBe(program.helpInformation());
    expect(unloaded.commands.flatMap((command) => command.options)).toEqual([]);
  });
});
