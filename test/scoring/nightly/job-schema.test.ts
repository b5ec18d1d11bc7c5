import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
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
