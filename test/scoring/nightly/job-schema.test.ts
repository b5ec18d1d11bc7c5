import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, expectTypeOf, test } from "vitest";
import type { z } from "zod";
import type { NightlyJob } from "../../../src/scoring/nightly/job-file.js";
import { jobSchema, schemaText } from "../../../src/scoring/nightly/job-schema.js";

const SCHEMA = fileURLToPath(new URL("../../../schemas/job.schema.json", import.meta.url));

test("schemas/job.schema.json is the schema of the code (npm run docs)", () => {
  const text = readFileSync(SCHEMA, "utf8");
  expect(JSON.parse(text)).toEqual(JSON.parse(schemaText()));
});

test("the schema is of draft 2020-12, closed, and says what every part is", () => {
  const schema = JSON.parse(schemaText()) as {
    readonly $schema: string;
    readonly additionalProperties: boolean;
    readonly required: readonly string[];
    readonly properties: Readonly<Record<string, { readonly description?: string }>>;
  };
  expect(schema.$schema).toBe("https://json-schema.org/draft/2020-12/schema");
  expect(schema.additionalProperties).toBe(false);
  expect(schema.required).toEqual(["format", "formatVersion", "model", "output"]);
  const silent = Object.entries(schema.properties).filter(([, { description }]) => description === undefined);
  expect(silent).toEqual([]);
});

test("the examples of the guide have its form", () => {
  const guide = readFileSync(
    fileURLToPath(new URL("../../../docs/scoring-jobs.md", import.meta.url)),
    "utf8",
  );
  const jobs = [...guide.matchAll(/\{\s*"(?:\$schema|format)"[\s\S]*?\n\}/g)].map(
    ([text]) => JSON.parse(text) as unknown,
  );
  for (const job of jobs) expect(jobSchema.safeParse(job).error?.issues ?? []).toEqual([]);
});

/** Without readonly, at every depth, as the schema infers it. */
type Open<Value> = Value extends readonly (infer Item)[]
  ? Open<Item>[]
  : Value extends object
    ? { -readonly [Key in keyof Value]: Open<Value[Key]> }
    : Value;

/** The names of all parts, at every depth: `"output.path"`. */
type Parts<Value> = Value extends readonly (infer Item)[]
  ? Parts<Item>
  : Value extends object
    ? { [Key in keyof Value & string]-?: Key | `${Key}.${Parts<Value[Key]>}` }[keyof Value & string]
    : never;

test("the schema and the type NightlyJob have the same parts and values", () => {
  type Schema = z.input<typeof jobSchema>;
  expectTypeOf<Parts<NightlyJob>>().toEqualTypeOf<Parts<Schema>>();
  expectTypeOf<Schema>().toExtend<NightlyJob>();
  expectTypeOf<Open<NightlyJob>>().toExtend<Schema>();
});
