import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { DATASETS, isThere } from "../support/shared-data.js";
import { temporaryFolder } from "../support/temporary-folder.js";
import { engineDigest } from "./digest.js";
import { MEASUREMENTS } from "./measurements.js";

/*
 * test/golden/frozen.json holds SHA-256 digests of tables, snapshots, model files, predictions and evaluations. A change
 * that is not meant to change numbers changes none of them; one that changes a number on purpose runs `npm run freeze`
 * and says in CHANGELOG.md which one and why.
 */
interface Frozen {
  /** Of the JavaScript engine that the digests were taken on. */
  readonly engine: string;
  readonly digests: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const frozen = JSON.parse(readFileSync(new URL("../golden/frozen.json", import.meta.url), "utf8")) as Frozen;

const isSameEngine = engineDigest() === frozen.engine;
if (!isSameEngine)
  process.stderr.write(
    "frozen digests skipped: this JavaScript engine rounds exponentials and logarithms differently\n",
  );

describe.skipIf(!isSameEngine)("frozen to the last bit", () => {
  const folder = temporaryFolder();

  for (const { name, needsSharedData, measure } of MEASUREMENTS) {
    const isMissing = needsSharedData && !isThere(DATASETS, `frozen digests of ${name}`);
    test.skipIf(isMissing)(
      `${name}: tables, snapshots, models, predictions, evaluations`,
      async () => {
        expect(await measure(folder.path)).toEqual(frozen.digests[name]);
      },
      600_000,
    );
  }
});
