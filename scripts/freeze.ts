/**
 * Freezes what must not change by one bit, test/golden/frozen.json: to be run on purpose only, by a change that says in
 * CHANGELOG.md which numbers it changes and why.
 */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineDigest } from "../test/frozen/digest.js";
import { MEASUREMENTS } from "../test/frozen/measurements.js";

const folder = await mkdtemp(join(tmpdir(), "holdfast-freeze-"));
const digests: Record<string, Readonly<Record<string, string>>> = {};
for (const { name, measure } of MEASUREMENTS) {
  console.log(name);
  digests[name] = await measure(folder);
}
await rm(folder, { recursive: true });
const text = `${JSON.stringify({ engine: engineDigest(), digests }, null, 2)}\n`;
await writeFile(process.argv[2] ?? new URL("../test/golden/frozen.json", import.meta.url), text);
