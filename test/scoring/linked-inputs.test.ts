import { linkSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { writeTable } from "../../src/formats/write-table.js";
import { scoreFile } from "../../src/scoring/score-file.js";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const model = await scoringModel();

beforeEach(async () => {
  for (const name of ["in", "out", "else"]) rmSync(at(name), { recursive: true, force: true });
  mkdirSync(at("in/sub"), { recursive: true });
  await writeTable(subscriberTable(3, 1), at("in/a.csv"));
  await writeTable(subscriberTable(3, 2), at("in/sub/b.csv"));
});

function link(name: string, target: string): void {
  mkdirSync(dirname(at(name)), { recursive: true });
  symlinkSync(target, at(name));
}

async function inputsOf(input = "in") {
  const { parts, notes } = await scoreFile(model, at(input), at("out/"), { overwrite: true });
  return { inputs: parts.map((part) => part.input?.slice(folder.path.length + 1)), notes };
}

describe("every file is scored once, by its real name:", () => {
  test.each<[name: string, links: [name: string, target: string][]]>([
    ["a link to the folder above", [["in/sub/up", ".."]]],
    ["to itself", [["in/self", "."]]],
    ["to a folder above the input", [["in/top", "../.."]]],
    ["to the input by its whole path", [["in/sub/whole", at("in")]]],
    [
      "two that lead to each other",
      [
        ["in/one/to", "../two"],
        ["in/two/to", "../one"],
      ],
    ],
    ["to a folder beside it", [["in/zsub", "sub"]]],
    ["a link before its folder in the alphabet", [["in/alink", "sub"]]],
    ["a link to a file", [["in/latest.csv", "a.csv"]]],
    ["a link before its file in the alphabet", [["in/0.csv", "sub/b.csv"]]],
    [
      "a link to a link",
      [
        ["in/l1.csv", "a.csv"],
        ["in/l2.csv", "l1.csv"],
      ],
    ],
    ["a link to nothing", [["in/none.csv", "nowhere.csv"]]],
    ["a file that is a link to itself", [["in/loop.csv", "loop.csv"]]],
  ])("%s", async (_, links) => {
    for (const [name, target] of links) link(name, target);
    for (const input of ["in", "in/**/*.csv"])
      expect((await inputsOf(input)).inputs).toEqual(["in/a.csv", "in/sub/b.csv"]);
  });

  test("twelve folders, each with links to all others, do not take longer than twelve folders", async () => {
    for (let one = 0; one < 12; one++)
      for (let other = 0; other < 12; other++)
        if (one !== other) link(`in/d${one}/to${other}`, `../d${other}`);
    await writeTable(subscriberTable(3, 3), at("in/d7/c.csv"));
    expect((await inputsOf()).inputs).toEqual(["in/a.csv", "in/d7/c.csv", "in/sub/b.csv"]);
  });

  test("and the notes say which names are links", async () => {
    for (const n of [1, 2, 3, 4, 5]) link(`in/l${n}.csv`, "a.csv");
    const { notes } = await inputsOf();
    expect(notes).toEqual([
      ...[1, 2, 3].map((n) => `${at(`in/l${n}.csv`)} is a link to ${at("in/a.csv")}, which is scored once`),
      "and 2 more links",
    ]);
  });
});

describe("files that have no other name are scored by that of the link:", () => {
  test("folders and files elsewhere, also by a link behind a link, and of several links the first", async () => {
    mkdirSync(at("else/deep"), { recursive: true });
    await writeTable(subscriberTable(3, 3), at("else/c.csv"));
    await writeTable(subscriberTable(3, 4), at("else/deep/d.csv"));
    mkdirSync(at("else2"), { recursive: true });
    await writeTable(subscriberTable(3, 5), at("else2/e.csv"));
    link("else/chain", "../else2");
    link("else/back", "../in");
    link("in/x", "../else");
    link("in/y", "../else");
    link("in/z.csv", "../else2/e.csv");
    expect((await inputsOf()).inputs).toEqual([
      "in/a.csv",
      "in/sub/b.csv",
      "in/x/c.csv",
      "in/x/chain/e.csv",
      "in/x/deep/d.csv",
    ]);
    rmSync(at("else2"), { recursive: true });
  });

  test("an input that is itself a link, and a pattern that says how deep its links lead", async () => {
    link("linked", "in");
    link("in/latest", "sub");
    expect((await inputsOf("linked")).inputs).toEqual(["linked/a.csv", "linked/sub/b.csv"]);
    expect((await inputsOf("in/lat*/*.csv")).inputs).toEqual(["in/latest/b.csv"]);
    expect((await inputsOf("in/*/*.csv")).inputs).toEqual(["in/sub/b.csv"]);
    rmSync(at("linked"));
  });

  test("hard links are separate files", async () => {
    linkSync(at("in/a.csv"), at("in/same.csv"));
    expect((await inputsOf()).inputs).toEqual(["in/a.csv", "in/same.csv", "in/sub/b.csv"]);
  });
});
