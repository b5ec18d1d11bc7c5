/**
 * Writes the digests of test/golden/frozen.json, which must not change by one bit. Run it only for a change that says in
 * CHANGELOG.md which numbers it changes and why.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { engineDigest } from "../test/frozen/digest.js";
import { MEASUREMENTS } from "../test/frozen/measurements.js";
import { DATASETS, isThere } from "../test/support/shared-data.js";

const file = process.argv[2] ?? new URL("../test/golden/frozen.json", import.meta.url);
const before = JSON.parse(await readFile(new URL("../test/golden/frozen.json", import.meta.url), "utf8"));
const engine = engineDigest();
const folder = await mkdtemp(join(tmpdir(), "holdfast-freeze-"));
const digests: Record<string, Readonly<Record<string, string>>> = {};
for (const { name, needsSharedData, measure } of MEASUREMENTS) {
  if (needsSharedData && !isThere(DATASETS, name)) {
    // Digests that can't be measured here are kept; freeze them where the data are available.
    digests[name] = before.digests[name];
    console.log(`${name}: kept as it was`);
    continue;
  }
  digests[name] = await measure(folder);
  const changed = Object.keys(digests[name]).filter(
    (key) => digests[name][key] !== before.digests[name]?.[key],
  );
  console.log(`${name}: ${changed.length === 0 ? "nothing changed" : `changed ${changed.join(", ")}`}`);
}
await rm(folder, { recursive: true });
await writeFile(file, `${JSON.stringify({ engine, digests }, null, 2)}\n`);
