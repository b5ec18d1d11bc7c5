import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { csv, tsv } from "../../../src/formats/delimited/index.js";
import { rowsOf } from "../../../src/table/rows.js";
import { chunksOf } from "../read-chunks-helpers.js";
import { delimitedFiles } from "./read-helpers.js";

const { folder, read, failure } = delimitedFiles();

const ROWS = [
  { id: 1, note: "a,b" },
  { id: 2, note: "c" },
];

describe("Excel's line that names the delimiter", () => {
  test.each([
    ["sep=;", "sep=;\nid;note\n1;a,b\n2;c\n"],
    ["quoted", '"sep=;"\nid;note\n1;a,b\n2;c\n'],
    ["in capitals", "SEP=;\nid;note\n1;a,b\n2;c\n"],
    ["with a byte order mark", "\ufeffsep=;\r\nid;note\r\n1;a,b\r\n2;c\r\n"],
    ["filled up with delimiters", "sep=;;;\nid;note\n1;a,b\n2;c\n"],
    ["with blank lines around it", "\n\nsep=;\n\nid;note\n1;a,b\n2;c\n"],
    ["lone CR", "sep=;\rid;note\r1;a,b\r2;c\r"],
    ["a delimiter that is not looked for", "sep=^\nid^note\n1^a,b\n2^c\n"],
    ["a tab", "sep=\t\nid\tnote\n1\ta,b\n2\tc\n"],
    ["another than the most frequent in the header", "sep=;\nid;note;,,,\n1;a,b\n2;c;\n"],
  ])("%s sets it and is no header", async (_, content) => {
    const expected = content.includes(",,,") ? ROWS.map((row) => ({ ...row, ",,,": null })) : ROWS;
    const file = content.includes(",,,") ? content.replace("1;a,b", "1;a,b;") : content;
    expect(rowsOf(await read(file))).toEqual(expected);
  });

  test("through every way, in pieces of any size", async () => {
    const content = "sep=;\nid;note\n1;a,b\n2;c\n";
    const path = folder.file("ways.csv", content);
    const place = { function: "test", file: path };
    expect((await chunksOf(path)).flatMap((chunk) => rowsOf(chunk))).toEqual(ROWS);
    expect(await csv.files.columnNames(path, place, {})).toEqual(["id", "note"]);
    expect(rowsOf(await read(gzipSync(content), {}, ".csv.gz"))).toEqual(ROWS);
    const needed = [{ name: "id", kind: "numeric", why: "the test needs it" }] as const;
    for (const size of [1, 2, 5, 100]) {
      const pieces = Array.from({ length: Math.ceil(content.length / size) }, (_, i) =>
        Buffer.from(content.slice(i * size, (i + 1) * size)),
      );
      const source = await csv.streams.rows(Readable.from(pieces), place, {});
      for await (const { table } of source.batches(needed, {})) {
        expect(rowsOf(table)).toEqual([{ id: 1 }, { id: 2 }]);
      }
    }
  });

  test("counts as a line, and wins over the tab of TSV", async () => {
    const path = folder.file("semicolons.tsv", "sep=;\nid;note\n1;a,b\n2;c\n");
    expect(await tsv.files.columnNames(path, { function: "test", file: path }, {})).toEqual(["id", "note"]);
    const error = await failure("sep=;\nid;note\n1;x\n2;y;z\n");
    expect(error.path.line).toBe(4);
  });

  test("gives way to the delimiter that the caller names, and is no header then either", async () => {
    expect(rowsOf(await read("sep=;\nid,note\n1,a\n", { delimiter: "," }))).toEqual([{ id: 1, note: "a" }]);
  });

  test("is a header where it names no delimiter", async () => {
    expect(rowsOf(await read("sep=ab\n1\n"))).toEqual([{ "sep=ab": 1 }]);
    expect(rowsOf(await read("separator,b\n1,2\n"))).toEqual([{ separator: 1, b: 2 }]);
  });

  test("alone is an empty file", async () => {
    expect((await failure("sep=;\n")).code).toBe("data.empty");
    expect((await failure("sep=;")).code).toBe("data.empty");
  });
});
