import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { readFile, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { HoldfastError, optionText } from "../../errors.js";
import { unreadable } from "../../files/byte-stream.js";
import { fileIdentity } from "../../files/file-identity.js";
import { makeFolder } from "../../files/make-folder.js";
import { missingFileHint } from "../../files/missing-file.js";
import { writeWholeFile } from "../../files/whole-file.js";
import type { FileDigest } from "../../files/whole-writer.js";
import type { DrawnList } from "../list/draw-list.js";
import type { TallyJson } from "./tally.js";

/** The folder within the output for files that are not output. Query engines ignore names that begin with `_`. */
const NOTES = "_holdfast";
const MANIFEST = "manifest.json";
const JOURNAL = "parts.ndjson";

const count = z.int().min(0);
const counts = z.strictObject({ counts: z.array(count), missing: count });
const tally = z.strictObject({
  scored: count,
  rejected: count,
  probabilities: z.number(),
  tiers: z.array(count),
  bins: z.array(count),
  scores: counts,
  inputs: z.array(counts),
  unseen: z.array(z.strictObject({ column: z.string(), rows: count, examples: z.array(z.string()) })),
  // Older versions did not count them.
  inputRows: z.array(z.strictObject({ missing: count, outOfRange: count })).optional(),
});
const file = z.strictObject({ file: z.string(), bytes: count, sha256: z.string() });
const part = z.strictObject({
  input: z.strictObject({ file: z.string(), identity: z.string() }),
  output: file,
  /** Rows in: those scored and those rejected. */
  rows: count,
  scored: count,
  rejected: count,
  rejects: file.nullable(),
  tally,
});
const list = z.strictObject({
  /** A digest of the names and identities of the inputs that were ranked. */
  inputs: z.string(),
  by: z.enum(["probability", "expectedLoss"]),
  tiers: z.array(
    z.strictObject({
      tier: z.string(),
      capacity: count.nullable(),
      rows: count,
      last: z
        .strictObject({ amount: z.number(), value: z.number(), id: z.string().nullable(), place: count })
        .nullable(),
      tied: count,
    }),
  ),
});
const manifest = z.strictObject({
  format: z.literal("holdfast-scores"),
  formatVersion: z.literal(1),
  holdfast: z.string(),
  /** SHA-256 of the model's content. */
  model: z.string(),
  /** The options that the output depends on. */
  settings: z.string(),
  complete: z.boolean(),
  /** Where all parts were ranked as one list: its tiers, and their limits. */
  list: list.optional(),
  parts: z.array(part),
});

/** The files and counts of a part, by which a later run checks that it is complete. */
export type PartRecord = z.infer<typeof part> & { readonly tally: TallyJson };

/** A list, and of which inputs it is. */
export interface RecordedList extends DrawnList {
  readonly inputs: string;
}

/** How a folder of scores was made: model, options, parts. */
export type Manifest = Omit<z.infer<typeof manifest>, "list"> & { list?: RecordedList | undefined };

/** Where the notes of an output folder are. */
export function notesFolder(folder: string): string {
  return join(folder, NOTES);
}

/** Where the manifest of an output folder is. */
export function manifestPath(folder: string): string {
  return join(notesFolder(folder), MANIFEST);
}

/** Where the parts of a job are recorded until it is complete. */
export function journalPath(folder: string): string {
  return join(notesFolder(folder), JOURNAL);
}

/** The manifest of an output folder, if it has one. @throws HoldfastError `data.malformed` for a file that is not a manifest. */
export async function readManifest(folder: string): Promise<Manifest | undefined> {
  const path = manifestPath(folder);
  const text = await readIfThere(path);
  if (text === undefined) return undefined;
  try {
    const found = manifest.parse(JSON.parse(text));
    return found.complete ? found : { ...found, parts: await readJournal(folder) };
  } catch (error) {
    throw new HoldfastError({
      code: "data.malformed",
      path: { file: path },
      expected: "must be a manifest of scores",
      received: undefined,
      hint: `start again with ${optionText("overwrite", true)}; ${(error as Error).message.split("\n", 1)[0]}`,
    });
  }
}

/**
 * Writes the manifest. Until it is complete, its parts are in a journal next to it, one line each, so that the cost of
 * recording a part does not grow with their number.
 */
export async function writeManifest(folder: string, content: Manifest): Promise<void> {
  const notes = notesFolder(folder);
  await makeFolder(notes);
  const { parts, ...head } = content;
  const lines = parts.map((record) => JSON.stringify(record));
  const journal = lines.map((line) => `${line}\n`).join("");
  if (!content.complete) await writeWholeFile(journalPath(folder), journal);
  const shown = content.complete ? lines : [];
  const open = JSON.stringify(head, null, 1).slice(0, -2);
  await writeWholeFile(manifestPath(folder), `${open},\n "parts": [\n${shown.join(",\n")}\n ]\n}\n`);
  if (content.complete) await rm(journalPath(folder), { force: true });
}

/** The recorded parts. The last line is dropped: it may be incomplete, if the job was killed while writing it. */
async function readJournal(folder: string): Promise<PartRecord[]> {
  const lines = ((await readIfThere(journalPath(folder))) ?? "").split("\n");
  return lines.slice(0, -1).map((line) => part.parse(JSON.parse(line)));
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw unreadable({ file: path }, error);
  }
}

/**
 * Size and SHA-256 of a file's bytes.
 * @param name the file's name in the record. @param known both, where they are known; default: the file is read.
 */
export async function fileRecord(
  path: string,
  name: string,
  known?: FileDigest,
): Promise<z.infer<typeof file>> {
  if (known !== undefined) return { file: name, ...known };
  const hash = createHash("sha256");
  await pipeline(createReadStream(path), hash);
  const { size } = await stat(path);
  return { file: name, bytes: size, sha256: hash.digest("hex") };
}

/** Whether a file exists and its bytes are those of a record. */
export async function isAsRecorded(
  path: string,
  { file: name, ...expected }: z.infer<typeof file>,
): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() !== true || found.size !== expected.bytes) return false;
  return (await fileRecord(path, name)).sha256 === expected.sha256;
}

/** A text that changes when the file is written or replaced. @throws HoldfastError `data.unreadable` where there is no file. */
export async function identityOf(path: string): Promise<string> {
  const identity = await fileIdentity(path);
  if (identity !== undefined) return identity;
  const hint = await missingFileHint(path);
  throw new HoldfastError({
    code: "data.unreadable",
    path: { file: path },
    expected: "must exist, there is no such file",
    received: undefined,
    ...(hint === undefined ? {} : { hint }),
  });
}
