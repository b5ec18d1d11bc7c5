import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { writeTable } from "../../src/formats/write-table.js";
import { scoreFile } from "../../src/scoring/score-file.js";
import { scoringModel } from "../support/scoring-model.js";
import { subscriberTable } from "../support/subscribers.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { thrownBy } from "../support/thrown.js";

/** The call of the system that fails, and how. */
const fault = vi.hoisted(() => ({ call: "", code: "", of: /^$/ }));

function failed(call: string, path: string): NodeJS.ErrnoException | undefined {
  if (fault.call !== call || !fault.of.test(path)) return undefined;
  return Object.assign(new Error(`${fault.code}: it failed, ${call}`), { code: fault.code, syscall: call });
}

vi.mock("node:fs", async (original) => {
  const fs = await original<typeof import("node:fs")>();
  const paths = new Map<number, string>();
  const throwing = (call: string, path: unknown) => {
    const error = failed(call, String(path));
    if (error !== undefined) throw error;
  };
  const mocked = {
    ...fs,
    openSync: ((path, ...rest) => {
      if (rest[0] === "w") throwing("open", path);
      const descriptor = fs.openSync(path, ...rest);
      paths.set(descriptor, String(path));
      return descriptor;
    }) as typeof fs.openSync,
    writeSync: ((descriptor: number, ...rest: [Uint8Array]) => {
      throwing("write", paths.get(descriptor));
      return fs.writeSync(descriptor, ...rest);
    }) as typeof fs.writeSync,
    fsync: ((descriptor, done) => {
      const error = failed("fsync", paths.get(descriptor) ?? "");
      if (error === undefined) fs.fsync(descriptor, done);
      else done(error);
    }) as typeof fs.fsync,
    renameSync: ((from, to) => {
      throwing("rename", to);
      fs.renameSync(from, to);
    }) as typeof fs.renameSync,
  };
  return { ...mocked, default: mocked };
});

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);
const model = await scoringModel();
await writeTable(subscriberTable(20), at("rows.csv"));
mkdirSync(at("in"));
await writeTable(subscriberTable(20), at("in/a.csv"));
await writeTable(subscriberTable(20, 2), at("in/b.csv"));
writeFileSync(at("kept.csv"), "before\n");

beforeEach(() => {
  fault.call = "";
});

const CODES = ["EACCES", "EIO", "ENOSPC", "EDQUOT", "EROFS", "EMFILE", "EXDEV", "ENOTDIR", "EISDIR", "ELOOP"];
const CASES = ["open", "write", "fsync", "rename"].flatMap((call) =>
  CODES.map((code) => [call, code] as const),
);

describe("a write that fails is data.unwritable with the path, and what was there stays", () => {
  test.each(CASES)("%s, %s", async (call, code) => {
    Object.assign(fault, { call, code, of: /kept\.csv/ });
    const before = readdirSync(folder.path).sort();
    const error = await thrownBy(() => scoreFile(model, at("rows.csv"), at("kept.csv")));
    expect([error.code, error.path.file]).toEqual(["data.unwritable", at("kept.csv")]);
    expect(readFileSync(at("kept.csv"), "utf8")).toBe("before\n");
    expect(readdirSync(folder.path).sort()).toEqual(before);
  });

  test.each(["open", "write", "fsync", "rename"])("of rejects: %s", async (call) => {
    Object.assign(fault, { call, code: "ENOSPC", of: /rejects\.ndjson/ });
    writeFileSync(at("odd.csv"), `${readFileSync(at("rows.csv"), "utf8")}x,odd,2,5,A,true,No\n`);
    const rejects = at("rejects.ndjson");
    const error = await thrownBy(() => scoreFile(model, at("odd.csv"), at("new.csv"), { rejects }));
    expect([error.code, error.path.file]).toEqual(["data.unwritable", rejects]);
    expect(readdirSync(folder.path).filter((name) => /new|rejects/.test(name))).toEqual([]);
  });

  test.each(["open", "write", "fsync", "rename"])(
    "of a part: %s; the parts before it count, and the job continues",
    async (call) => {
      Object.assign(fault, { call, code: "ENOSPC", of: /b\.csv/ });
      const out = at(`out-${call}`);
      const error = await thrownBy(() => scoreFile(model, at("in"), out));
      expect([error.code, error.path.file]).toEqual(["data.unwritable", join(out, "b.csv")]);
      expect(readdirSync(out).sort()).toEqual(["_holdfast", "a.csv"]);
      fault.call = "";
      const { parts } = await scoreFile(model, at("in"), out, { resume: true });
      expect(parts.map(({ wasDone }) => wasDone)).toEqual([true, false]);
    },
  );

  test.each(["open", "write", "fsync", "rename"])("of scores that are put aside: %s", async (call) => {
    Object.assign(fault, { call, code: "ENOSPC", of: /tmp-parts|\.spill/ });
    for (const [input, output, named] of [
      ["rows.csv", "list.csv", "list.csv"],
      ["in", `lists-${call}`, join(`lists-${call}`, "a.csv")],
    ]) {
      const work = () => scoreFile(model, at(input), at(output), { capacity: "call=3" });
      const { code, path } = await thrownBy(work);
      expect([code, path.file]).toEqual(["data.unwritable", at(named)]);
    }
    expect(readdirSync(folder.path).filter((name) => name.includes("list.csv"))).toEqual([]);
  });
});
