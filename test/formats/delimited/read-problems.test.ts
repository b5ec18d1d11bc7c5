import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { HoldfastError } from "../../../src/errors.js";
import { readTable } from "../../../src/formats/read-table.js";
import { delimitedFiles } from "./read-helpers.js";

const { folder, read, failure } = delimitedFiles();

describe("bad files", () => {
  test("every ragged line is reported, with its line and number of fields", async () => {
    const error = await failure('a,b,c\n1,2,3\n1,2\n"x\ny",2,3\n1,2,3,4\n5\n');
    expect(error.problems.map(({ code, path, received }) => [code, path.line, received])).toEqual([
      ["data.malformed", 3, 2],
      ["data.malformed", 6, 4],
      ["data.malformed", 7, 1],
    ]);
    expect(error.message).toContain("must have 3 fields like the header");
  });

  test("cells of other lines are reported together with ragged lines, by their rows", async () => {
    const error = await failure("a,b\n1,2\n1\nx,2\n", { columns: { a: "numeric" } });
    expect(error.problems.map(({ path }) => path.line ?? path.row)).toEqual([3, 3]);
  });

  test("ragged lines beyond the limit of an error are counted", async () => {
    expect((await failure(`a,b\n${"1\n".repeat(500)}`)).problemCount).toBe(500);
  });

  test("an unclosed quote is reported where it opens", async () => {
    const error = await failure(`a,b\n1,x\n2,"open\n${"3,z\n".repeat(300_000)}`);
    expect([error.code, error.path.line, error.expected]).toEqual([
      "data.malformed",
      3,
      "must close the quote that opens here",
    ]);
    expect((await failure('"a,b\n1,2\n')).path.line).toBe(1);
  });

  test("text after a closing quote is reported", async () => {
    const error = await failure('a,b\n1,x\n"2"3,y\n4,z\n');
    expect([error.code, error.path.line]).toEqual(["data.malformed", 3]);
  });

  test.each([
    ["0 bytes", ""],
    ["a byte order mark only", "\ufeff"],
    ["blank lines only", "\n \r\n\n"],
    ["a header only", "a,b\n"],
    ["a header without line end", "a,b"],
    ["a header of one column and blank lines", "a\n\n\n"],
  ])("a file of %s is empty", async (_, content) => {
    expect((await failure(content)).code).toBe("data.empty");
  });

  test("all repeated names are reported", async () => {
    const error = await failure("\ufeffa,b, a ,,b\n1,2,3,4,5\n");
    expect(error.problems.map(({ code, path }) => [code, path.column])).toEqual([
      ["data.duplicate-column", "a"],
      ["data.duplicate-column", "b"],
    ]);
  });

  test("names that differ only in case are different", async () => {
    expect((await read("Churn,churn\n1,2\n")).columns.map((column) => column.name)).toEqual([
      "Churn",
      "churn",
    ]);
  });

  test("a broken gzip is malformed", async () => {
    const gzip = gzipSync(`a,b\n${"1,2\n".repeat(1000)}`);
    expect((await failure(gzip.subarray(0, gzip.length - 20), {}, ".csv.gz")).code).toBe("data.malformed");
    expect((await failure("a,b\n1,2\n", {}, ".csv.gz")).code).toBe("data.malformed");
    gzip[gzip.length - 6] ^= 0xff;
    expect((await failure(gzip, {}, ".csv.gz")).code).toBe("data.malformed");
  });

  test("a directory, a missing file and an unknown extension are distinguished", async () => {
    const codeOf = (path: string) =>
      readTable(path).then(
        () => "read",
        (error: HoldfastError) => [error.code, error.expected],
      );
    expect(await codeOf(folder.path)).toEqual(["data.unreadable", "must be a file, it is a directory"]);
    expect(await codeOf(`${folder.path}/nothing.csv`)).toEqual([
      "data.unreadable",
      "must exist, there is no such file",
    ]);
    expect(await codeOf(folder.file("book.xlsx", "x"))).toEqual([
      "argument.invalid",
      expect.stringContaining(".csv"),
    ]);
  });
});
