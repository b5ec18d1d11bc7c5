import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test, vi } from "vitest";
import { writeTable } from "../../src/formats/write-table.js";
import { scoreFile } from "../../src/scoring/score-file.js";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

/** How the system refuses to list the folders whose names begin with "closed", and lost+found. */
const fault = vi.hoisted(() => ({ code: "" }));

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const readdir = (
    path: string,
    options: object,
    done: (error: Error | null, entries: unknown[]) => void,
  ) => {
    if (!/(closed\d|lost\+found)\/?$/.test(path) || fault.code === "") {
      fs.readdir(path, options as { withFileTypes: true }, done);
      return;
    }
    const error = new Error(`${fault.code}: it failed, scandir`);
    setImmediate(() => done(Object.assign(error, { code: fault.code, syscall: "scandir" }), []));
  };
  const mocked = { ...fs, readdir };
  return { ...mocked, default: mocked };
});

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const model = await scoringModel();

beforeAll(async () => {
  for (const name of [
    "in/open",
    "in/closed1",
    "in/open/closed2",
    "in/.closed3",
    "in/_closed4",
    "in/open/_closed5",
    "in/lost+found",
  ]) {
    mkdirSync(at(name), { recursive: true });
    await writeTable(subscriberTable(3), at(`${name}/rows.csv`));
  }
});

test.each(["in", "in/**/*.csv"])(
  "no file is left out of %s because its folder can't be listed",
  async (input) => {
    fault.code = "EACCES";
    const error = await thrownBy(() => scoreFile(model, at(input), at("out/"), { overwrite: true }));
    const named = error.problems.map(({ code, path, expected }) => [code, path.file, expected]);
    const expected = "must be readable, permission is denied";
    expect(named.sort()).toEqual([
      ["data.unreadable", at("in/closed1"), expected],
      ["data.unreadable", at("in/open/closed2"), expected],
    ]);
  },
);

test("a folder that has gone since it was seen holds nothing", async () => {
  fault.code = "ENOENT";
  const { parts } = await scoreFile(model, at("in"), at("out/"), { overwrite: true });
  expect(parts.map(({ input }) => input)).toEqual([at("in/open/rows.csv")]);
});
