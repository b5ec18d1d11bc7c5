import { truncateSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readSpill, spillSink } from "../../../src/scoring/list/spill.js";
import { type Column, createTable, type Table } from "../../../src/table/table.js";
import { temporaryFolder } from "../../support/temporary-folder.js";
import { thrownBy } from "../../support/thrown.js";

const folder = temporaryFolder();

const text = fc.option(
  fc.oneof(fc.string(), fc.string({ unit: "binary" }), fc.constant("\ud800"), fc.constant("客")),
);
const rows = fc.array(
  fc.record({ number: fc.double(), code: fc.integer({ min: -1, max: 1 }), one: text, other: text }),
  { minLength: 0, maxLength: 30 },
);
const categories = ["a", "b"];

function tableOf(
  each: readonly { number: number; code: number; one: string | null; other: string | null }[],
): Table {
  const columns: Column[] = [
    { kind: "text", name: "one", values: each.map(({ one }) => one) },
    { kind: "numeric", name: "number", values: Float64Array.from(each, ({ number }) => number) },
    { kind: "categorical", name: "code", codes: Int32Array.from(each, ({ code }) => code), categories },
    { kind: "text", name: "other", values: each.map(({ other }) => other) },
  ];
  return createTable(columns);
}

test("tables come back as they were, to the bit, texts one by one and all at once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(rows, { maxLength: 4 }), async (batches) => {
      const path = join(folder.path, "spill");
      const sink = await spillSink(path);
      for (const batch of batches) await sink.write(tableOf(batch));
      await sink.finish();
      let b = 0;
      for await (const read of readSpill(path, tableOf([]))) {
        const batch = batches[b++];
        const expected = tableOf(batch);
        expect(createTable(read.columns(expected.columns))).toEqual(expected);
        const [one, other] = ["one", "other"].map((name) => read.textsOneByOne(name));
        expect(batch.map((_, row) => [one(row), other(row)])).toEqual(
          batch.map((row) => [row.one, row.other]),
        );
      }
      expect(b).toBe(batches.length);
    }),
  );
});

test("a spill that was cut short is an error", async () => {
  const path = join(folder.path, "cut");
  const sink = await spillSink(path);
  await sink.write(tableOf([{ number: 1, code: 0, one: "abc", other: null }]));
  await sink.finish();
  truncateSync(path, 30);
  const read = async () => {
    for await (const _ of readSpill(path, tableOf([])));
  };
  expect((await thrownBy(read)).path).toEqual({ file: path });
});
