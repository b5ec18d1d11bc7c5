import { closeSync, openSync, readFileSync, readSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import type { Feature, Vectors } from "../../../src/vectors/vectors.js";
import type { EngineChunk } from "./data.js";

/** What `data.json` says of the columns beside it: float64 for numbers, int32 for codes, uint8 for labels. */
interface EngineMeta {
  readonly trainingRows: number;
  /** They follow the training rows in every file. */
  readonly testRows: number;
  readonly features: readonly FeatureFile[];
}

interface FeatureFile {
  readonly name: string;
  readonly kind: Feature["kind"];
  readonly file: string;
  /** Empty for numbers. */
  readonly levels: readonly string[];
}

export interface EngineRows {
  readonly vectors: Vectors;
  readonly labels: Uint8Array;
}

const META = "data.json";
const LABELS = "labels.u8";

/** Writes chunks as one binary file per column, which Python reads as well. */
export function writeEngineFiles(
  folder: string,
  chunks: Iterable<EngineChunk>,
  rows: Pick<EngineMeta, "trainingRows" | "testRows">,
): void {
  let features: FeatureFile[] = [];
  const handles: number[] = [];
  try {
    for (const { vectors, labels } of chunks) {
      if (handles.length === 0) {
        features = vectors.features.map(featureFile);
        handles.push(
          ...[...features.map(({ file }) => file), LABELS].map((n) => openSync(join(folder, n), "w")),
        );
      }
      vectors.features.forEach((feature, f) => {
        writeSync(handles[f], feature.kind === "numeric" ? feature.values : feature.codes);
      });
      writeSync(handles[features.length], labels);
    }
  } finally {
    for (const handle of handles) closeSync(handle);
  }
  const meta: EngineMeta = { ...rows, features };
  writeFileSync(join(folder, META), JSON.stringify(meta));
}

/** Reads the training or the test rows, each column straight into its array. */
export function readEngineFiles(folder: string, part: "training" | "test"): EngineRows {
  const { trainingRows, testRows, features } = JSON.parse(
    readFileSync(join(folder, META), "utf8"),
  ) as EngineMeta;
  const rowCount = part === "training" ? trainingRows : testRows;
  const from = part === "training" ? 0 : trainingRows;
  const fill = <Values extends Float64Array | Int32Array | Uint8Array>(
    file: string,
    values: Values,
  ): Values => {
    const bytes = new Uint8Array(values.buffer);
    const handle = openSync(join(folder, file), "r");
    let done = 0;
    while (done < bytes.length) {
      const read = readSync(handle, bytes, done, bytes.length - done, from * values.BYTES_PER_ELEMENT + done);
      if (read === 0) throw new Error(`${file} ends early`);
      done += read;
    }
    closeSync(handle);
    return values;
  };
  return {
    vectors: {
      rowCount,
      features: features.map(
        ({ name, kind, file, levels }): Feature =>
          kind === "numeric"
            ? { kind, name, values: fill(file, new Float64Array(rowCount)) }
            : { kind, name, codes: fill(file, new Int32Array(rowCount)), levels },
      ),
    },
    labels: fill(LABELS, new Uint8Array(rowCount)),
  };
}

function featureFile(feature: Feature, index: number): FeatureFile {
  const { kind, name } = feature;
  if (kind === "numeric") return { name, kind, file: `${index}.f64`, levels: [] };
  return { name, kind, file: `${index}.i32`, levels: feature.levels };
}
