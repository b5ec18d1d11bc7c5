import { expect, test } from "vitest";
import { unzipped } from "../../src/datasets/unzip.js";

/** Of Python's zipfile: "read me.txt" stored, "data/rows.csv" deflated ("a,b" and 40 times "1,2"), and a comment. */
const ARCHIVE = Buffer.from(
  "UEsDBBQAAAAAAAAAIVyGphA2BQAAAAUAAAALAAAAcmVhZCBtZS50eHRoZWxsb1BLAwQUAAAACAAAACFcISFMswsAAACkAAAADQAAAGRhdGEvcm93cy5jc3ZL1EniMtQxGtQYAFBLAQIUAxQAAAAAAAAAIVyGphA2BQAAAAUAAAALAAAAAAAAAAAAAACAAQAAAAByZWFkIG1lLnR4dFBLAQIUAxQAAAAIAAAAIVwhIUyzCwAAAKQAAAANAAAAAAAAAAAAAACAAS4AAABkYXRhL3Jvd3MuY3N2UEsFBgAAAAACAAIAdAAAAGQAAAAJAGEgY29tbWVudA==",
  "base64",
);
const ROWS = `a,b\n${"1,2\n".repeat(40)}`;

test("a file of an archive of Python's zipfile, stored or deflated", () => {
  expect(unzipped(ARCHIVE, "read me.txt").toString()).toBe("hello");
  expect(unzipped(ARCHIVE, "data/rows.csv").toString()).toBe(ROWS);
});

test("a file that is not there, and what is", () => {
  expect(() => unzipped(ARCHIVE, "rows.csv")).toThrow("it holds read me.txt, data/rows.csv, and no rows.csv");
});

test("what is no archive, or is cut short", () => {
  expect(() => unzipped(Buffer.from("<html>Sign in</html>"), "rows.csv")).toThrow("it is no zip archive");
  expect(() => unzipped(ARCHIVE.subarray(0, 150), "rows.csv")).toThrow("it is no zip archive");
  const larger = Buffer.from(ARCHIVE);
  const entry = larger.lastIndexOf("PK\u0001\u0002");
  larger.writeUInt32LE(ROWS.length + 1, entry + 24);
  expect(() => unzipped(larger, "data/rows.csv")).toThrow(/unpacks to 164 bytes instead of 165/u);
  larger.writeUInt32LE(ROWS.length - 1, entry + 24);
  expect(() => unzipped(larger, "data/rows.csv")).toThrow();
});
