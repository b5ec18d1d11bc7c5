import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { writeWhole, writeWholeFile } from "../../src/files/whole-file.js";
import { readTable } from "../../src/formats/read-table.js";
import { writeTable } from "../../src/formats/write-table.js";
import { tableFromRows } from "../../src/table/rows.js";
import { createTable, type Table } from "../../src/table/table.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = temporaryFolder();
const at = (name: string) => join(folder.path, name);

const table: Table = createTable([
  {
    kind: "numeric",
    name: "费用",
    values: new Float64Array([0.1 + 0.2, Number.NaN, -1e-300, 2 ** 53 + 2, 5e-324]),
  },
  { kind: "numeric", name: "since", values: new Float64Array([19388, 0, Number.NaN, -1, 2]), isDate: true },
  { kind: "numeric", name: "at", values: new Float64Array([19388.5, 0, Number.NaN, -1.25, 2]), isDate: true },
  {
    kind: "categorical",
    name: 'plan "x"',
    codes: new Int32Array([0, 1, -1, 2, 0]),
    categories: ["套餐", "a,b", 'q"q\r\nz'],
  },
  {
    kind: "categorical",
    name: "Plan",
    codes: new Int32Array([0, 1, 0, 1, -1]),
    categories: ["true", "false"],
  },
  { kind: "categorical", name: "tariff", codes: new Int32Array([0, 0, 0, 0, 1]), categories: ["x", "y"] },
]);

describe("writeTable", () => {
  test.each(["csv", "csv.gz", "tsv", "json", "json.gz", "ndjson", "parquet"])(
    "a table written as %s is read back the same",
    async (extension) => {
      await writeTable(table, at(`table.${extension}`));
      expect((await readTable(at(`table.${extension}`))).columns).toEqual(table.columns);
    },
  );

  test("keeps text exactly in Parquet and CSV", async () => {
    const values = [" 007", "x\ny", null, "", "tab\t", "😀"];
    const texts = createTable([{ kind: "text", name: "id", values }]);
    const asRead = values.map((value) => value || null);
    for (const extension of ["csv", "parquet", "ndjson"]) {
      await writeTable(texts, at(`text.${extension}`));
      const columns = { id: "text" } as const;
      expect((await readTable(at(`text.${extension}`), { columns })).columns).toEqual([
        { kind: "text", name: "id", values: asRead },
      ]);
    }
  });

  test("writes CSV with a header, LF, shortest decimals and quotes where needed", async () => {
    const rows = [
      { a: 0.1, b: "x,y", d: "2023-01-31" },
      { a: null, b: "z", d: null },
    ];
    await writeTable(tableFromRows(rows), at("plain.csv"));
    expect(readFileSync(at("plain.csv"), "utf8")).toBe('a,b,d\n0.1,"x,y",2023-01-31\n,z,\n');
  });

  test("writes JSON as an array and NDJSON as lines", async () => {
    const rows = [
      { a: 0.1, b: "x" },
      { a: null, b: null },
    ];
    await writeTable(tableFromRows(rows), at("rows.json"));
    await writeTable(tableFromRows(rows), at("rows.jsonl"));
    expect(JSON.parse(readFileSync(at("rows.json"), "utf8"))).toEqual(rows);
    expect(readFileSync(at("rows.jsonl"), "utf8")).toBe('{"a":0.1,"b":"x"}\n{"a":null,"b":null}\n');
  });

  test("compresses by extension and takes a given format", async () => {
    await writeTable(tableFromRows([{ a: 1 }]), at("a.tmp.gz"), { format: "csv" });
    expect(gunzipSync(readFileSync(at("a.tmp.gz"))).toString()).toBe("a\n1\n");
  });

  test("writes more rows than one data chunk holds, in order", async () => {
    const values = Float64Array.from({ length: 10_000 }, (_, i) => (i % 3 === 0 ? Number.NaN : i));
    const long = createTable([{ kind: "numeric", name: "x", values }]);
    for (const extension of ["parquet", "csv"]) {
      await writeTable(long, at(`long.${extension}`));
      expect((await readTable(at(`long.${extension}`))).columns).toEqual(long.columns);
    }
  });

  test("keeps the previous file, and leaves nothing else, when it is stopped half-way", async () => {
    mkdirSync(at("stopped"));
    for (const name of ["t.csv", "t.parquet", "t.json.gz"]) {
      const path = join(at("stopped"), name);
      writeFileSync(path, "before");
      await expect(writeTable(table, path, { signal: AbortSignal.abort() })).rejects.toMatchObject({
        code: "aborted",
      });
      expect(readFileSync(path, "utf8")).toBe("before");
    }
    expect(readdirSync(at("stopped")).sort()).toEqual(["t.csv", "t.json.gz", "t.parquet"]);
  });

  test("refuses names for Parquet that differ only in case, and keeps them in CSV", async () => {
    const alike = tableFromRows([{ Plan: 1, plan: 2 }]);
    await expect(writeTable(alike, at("alike.parquet"))).rejects.toMatchObject({
      code: "data.duplicate-column",
    });
    await writeTable(alike, at("alike.csv"));
    expect(readFileSync(at("alike.csv"), "utf8")).toBe("Plan,plan\n1,2\n");
  });

  test("refuses an unknown extension and format", async () => {
    await expect(writeTable(table, at("t.xlsx"))).rejects.toMatchObject({ code: "argument.invalid" });
    await expect(writeTable(table, at("t.csv"), { format: "xml" as "csv" })).rejects.toMatchObject({
      code: "argument.invalid",
    });
  });
});

describe("writeWhole", () => {
  test("refuses a directory, a missing folder and a device", async () => {
    mkdirSync(at("a-folder.csv"));
    const paths = [at("a-folder.csv"), at("missing/t.csv"), "/dev/null"];
    for (const path of paths) {
      await expect(writeWholeFile(path, "x"), path).rejects.toMatchObject({
        code: "data.unwritable",
        path: { file: path },
      });
    }
    expect(statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  test("passes on the writer's error and removes what it wrote", async () => {
    mkdirSync(at("failed"));
    const path = join(at("failed"), "model.json");
    const failing = writeWhole(path, async (temporary) => {
      await writeFile(temporary, "half");
      throw new RangeError("a bug");
    });
    await expect(failing).rejects.toThrow(RangeError);
    expect(readdirSync(at("failed"))).toEqual([]);
  });

  test("writes through a symbolic link and keeps the permissions of the target", async () => {
    writeFileSync(at("target.json"), "old", { mode: 0o640 });
    symlinkSync(at("target.json"), at("link.json"));
    await writeWholeFile(at("link.json"), "new");
    expect(readFileSync(at("target.json"), "utf8")).toBe("new");
    expect(statSync(at("target.json")).mode & 0o777).toBe(0o640);
    expect(existsSync(at("link.json"))).toBe(true);
  });
});
