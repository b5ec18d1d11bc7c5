import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { isRunning, isTemporaryName, removeLeftoversOf, temporaryName } from "../../src/files/leftovers.js";
import { beginWhole, writeWholeFile } from "../../src/files/whole-file.js";
import { writeTable } from "../../src/formats/write-table.js";
import { scoreFile } from "../../src/scoring/score-file.js";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const HOST = createHash("sha256").update(hostname()).digest("hex").slice(0, 8);
const ENDED = spawnSync(process.execPath, ["-e", ""]).pid;
const DAY = 86_400;
const now = () => Date.now() / 1000;

function leave(name: string, secondsAgo = 0): string {
  const path = at(name);
  writeFileSync(path, "half");
  utimesSync(path, now() - secondsAgo, now() - secondsAgo);
  return path;
}

beforeEach(() => {
  for (const name of readdirSync(folder.path)) if (isTemporaryName(name)) removeFile(name);
});

function removeFile(name: string): void {
  spawnSync("rm", ["-r", at(name)]);
}

describe("the next writer of a file removes what a killed one left of it", () => {
  test.each([
    ["of a process that has ended", `.a.csv.${ENDED}-${HOST}-0123456789abcdef.tmp`, 0, false],
    ["a folder of parts of it", `.a.csv.${ENDED}-${HOST}-0123456789abcdef.tmp-parts`, 0, false],
    [
      "of a process that had this one's number before",
      `.a.csv.${process.pid}-${HOST}-0123456789abcdef.tmp`,
      2 * DAY,
      false,
    ],
    ["but not what this process writes", `.a.csv.${process.pid}-${HOST}-0123456789abcdef.tmp`, 0, true],
    ["but not what a running process writes", `.a.csv.${process.ppid}-${HOST}-0123456789abcdef.tmp`, 0, true],
    ["but not what another host writes", `.a.csv.${ENDED}-00000000-0123456789abcdef.tmp`, 3600, true],
    [
      "of another host, not written to for a day",
      `.a.csv.${ENDED}-00000000-0123456789abcdef.tmp`,
      2 * DAY,
      false,
    ],
    [
      "of an earlier version, not written to for a day",
      ".a.csv.01234567-89ab-cdef-0123-456789abcdef.tmp",
      2 * DAY,
      false,
    ],
    ["but not of an earlier version since", ".a.csv.01234567-89ab-cdef-0123-456789abcdef.tmp", 3600, true],
    ["but not that of another file", `.b.csv.${ENDED}-${HOST}-0123456789abcdef.tmp`, 0, true],
    ["but not a file that is called alike", `.a.csv.${ENDED}.tmp`, 2 * DAY, true],
  ])("%s", async (_, name, secondsAgo, stays) => {
    const path = leave(name, secondsAgo);
    await writeWholeFile(at("a.csv"), "whole");
    expect(existsSync(path)).toBe(stays);
    removeFile(name);
  });

  test("where no other process writes it, all of them", async () => {
    const path = leave(`.a.csv.${ENDED}-00000000-0123456789abcdef.tmp`);
    await removeLeftoversOf(at("a.csv"), true);
    expect(existsSync(path)).toBe(false);
  });

  test("scores, their rejects and the scores put aside for a list", async () => {
    const model = await scoringModel();
    await writeTable(subscriberTable(20), at("rows.csv"));
    for (const capacity of [undefined, "call=3"]) {
      const left = ["scores.csv", "rejects.ndjson"].map((name) =>
        leave(`.${name}.${ENDED}-${HOST}-0123456789abcdef.tmp`),
      );
      left.push(leave(`.scores.csv.${ENDED}-${HOST}-0123456789abcdef.tmp-parts`));
      await scoreFile(model, at("rows.csv"), at("scores.csv"), { rejects: at("rejects.ndjson"), capacity });
      expect(left.filter((path) => existsSync(path))).toEqual([]);
    }
  });
});

test("a temporary file is next to its target, hidden, and known by its name", async () => {
  const { temporary, abandon } = await beginWhole(at("long".repeat(40)));
  expect(temporary.startsWith(at(".long"))).toBe(true);
  expect(isTemporaryName(basename(temporary))).toBe(true);
  expect(isTemporaryName(basename(temporaryName(at("表.csv"))))).toBe(true);
  expect(isTemporaryName("report.tmp")).toBe(false);
  await abandon();
});

test("a process that has ended is not running, and one that had this one's number before is another", () => {
  expect([
    isRunning(process.pid, Date.now()),
    isRunning(process.ppid, 0),
    isRunning(ENDED, Date.now()),
  ]).toEqual([true, true, false]);
  expect(isRunning(process.pid, Date.now() - 2000 * DAY)).toBe(false);
});
