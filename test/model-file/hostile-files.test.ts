import { spawnSync } from "node:child_process";
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { loadChurnModel } from "../../src/predict/load.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";
import { damagedModels, type JsonObject } from "./damaged-model.js";

const folder = temporaryFolder();
const rehash = await damagedModels(folder.path);
const refused = async (name: string, content: string | Uint8Array) => {
  const path = folder.file(name, content);
  const error = await thrownBy(() => loadChurnModel(path));
  return { code: error.code, expected: error.expected, at: error.path.argument, error };
};

/** Names of what points to another place of the file. */
const INDICES = new Set([
  "feature",
  "features",
  "left",
  "right",
  "leftCodes",
  "binOfCode",
  "at",
  "otherAt",
  "missingAt",
  "codes",
]);

/** The paths of the indices of a classifier: the first ones of its lists. */
function indexPaths(value: unknown, path: string[], isIndex = false): string[][] {
  if (typeof value === "number") return isIndex && Number.isInteger(value) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  const most = typeof Object.values(value)[0] === "object" ? 5 : 2;
  const entries = Object.entries(value).slice(0, Array.isArray(value) ? most : undefined);
  return entries.flatMap(([key, each]) => {
    const next = Array.isArray(value) ? isIndex : INDICES.has(key);
    return indexPaths(each, [...path, key], next);
  });
}

describe("a file that was made to harm is refused", () => {
  let paths: string[][] = [];
  rehash(({ classifier }) => {
    paths = indexPaths(classifier, ["classifier"]);
  });

  test("no index wraps around: each one that is moved by 2 to the power of 32 or more", async () => {
    expect(new Set(paths.flatMap((path) => path.filter((key) => INDICES.has(key)))).size).toBe(INDICES.size);
    const accepted: string[] = [];
    for (const [i, path] of paths.entries()) {
      const offset = [2 ** 32, -(2 ** 32), 2 ** 53][i % 3];
      const text = rehash((content) => {
        const place = path.slice(0, -1).reduce((value, key) => value[key] as JsonObject, content);
        const last = path[path.length - 1];
        place[last] = (place[last] as number) + offset;
      });
      const error = await loadChurnModel(folder.file("moved.json", text)).catch((thrown) => thrown);
      if (error.code !== "model.invalid") accepted.push(`${path.join(".")} + ${offset}`);
    }
    expect(accepted).toEqual([]);
  });

  test("a list of many faults: its first one is told", async () => {
    const text = rehash((content) => {
      content.totals = Array(300_000).fill(0);
    });
    const { code, at, error } = await refused("many.json", text);
    expect([code, at, error.problemCount]).toEqual(["model.invalid", "totals.0", 1]);
    expect(error.message.length).toBeLessThan(1000);
  });

  test("an object of many unknown fields: its message is short", async () => {
    const text = rehash((content) => {
      for (let i = 0; i < 30_000; i++) content[`field ${i}`] = i;
    });
    const { code, error } = await refused("fields.json", text);
    expect(code).toBe("model.invalid");
    expect(error.message.length).toBeLessThan(1000);
  });

  test("many trees that are wrong: a hundred are told, all are counted", async () => {
    const text = rehash(({ classifier }) => {
      const { members } = classifier as { members: { trees?: JsonObject[] }[] };
      const member = members.find(({ trees }) => trees !== undefined);
      const tree = { ...member?.trees?.[0], right: [] };
      if (member !== undefined) member.trees = Array.from({ length: 500 }, () => tree);
    });
    const { error } = await refused("trees.json", text);
    expect([error.problems.length, error.problemCount]).toEqual([100, 500]);
  });

  test("JSON that is nested deeply", async () => {
    const deep = `{"format":"holdfast-model","formatVersion":1,"sha256":"","content":${"[".repeat(300_000)}${"]".repeat(300_000)}}`;
    expect(await refused("deep.json", deep)).toMatchObject({
      code: "model.invalid",
      expected: "must not be nested so deeply",
    });
  });

  test("blanks, plain or packed", async () => {
    const blanks = Buffer.alloc(5_000_000, " ");
    for (const content of [blanks, gzipSync(blanks), gzipSync(Buffer.alloc(10_000))]) {
      expect((await refused("blanks.json.gz", content)).code).toBe("model.not-json");
    }
  });

  test("what grows a thousand times when it is unpacked, before it is unpacked", async () => {
    const bomb = gzipSync(Buffer.concat([Buffer.from('{"format":"'), Buffer.alloc(40_000_000, "x")]));
    expect(await refused("bomb.json.gz", bomb)).toMatchObject({
      code: "model.unreadable",
      expected: "must not grow to more than 100 times its size when it is unpacked",
    });
  });

  test("a pipe, at once, and links that lead in a circle", async () => {
    const pipe = join(folder.path, "pipe.json");
    spawnSync("mkfifo", [pipe]);
    const circle = join(folder.path, "circle.json");
    symlinkSync(circle, circle);
    for (const [path, expected] of [
      [pipe, "must be a file, it is a device or pipe"],
      [circle, "must be a file, its links lead in a circle"],
    ]) {
      const error = await thrownBy(() => loadChurnModel(path));
      expect([error.code, error.expected]).toEqual(["model.unreadable", expected]);
    }
  });
});
