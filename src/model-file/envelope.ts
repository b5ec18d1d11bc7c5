import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { HoldfastError, type ProblemCode } from "../errors.js";
import { writeWholeFile } from "../files/whole-file.js";
import { sha256 } from "./content-hash.js";
import { FIRST_KIND } from "./model-kind.js";
import { readModelText } from "./read-text.js";

/** `format` of every model file. */
export const FORMAT = "holdfast-model";
/**
 * The format version that is written; this one and all earlier ones are read. Version 2 holds what explanations need: the
 * training rows of leaves, the means of linear columns.
 */
export const FORMAT_VERSION = 2;

interface Envelope {
  readonly format: unknown;
  readonly formatVersion: unknown;
  /** Absent: {@link FIRST_KIND}. */
  readonly kind?: unknown;
  readonly sha256: unknown;
  readonly content: unknown;
}

/** A model as its file holds it. */
export interface StoredModel<Content = unknown> {
  /** The name of its kind. */
  readonly kind: string;
  readonly content: Content;
}

/** The text of a model file: format, version, kind unless it is the first, SHA-256 of the content's JSON, content. */
export function modelFileText({ kind, content }: StoredModel<object>): string {
  const body = JSON.stringify(content);
  const kindField = kind === FIRST_KIND ? "" : `"kind":${JSON.stringify(kind)},`;
  return `{"format":"${FORMAT}","formatVersion":${FORMAT_VERSION},${kindField}"sha256":"${sha256(body)}","content":${body}}\n`;
}

/** Writes a model file, whole or not at all; gzipped when the path ends in `.gz`. */
export async function saveModelFile(model: StoredModel<object>, path: string): Promise<void> {
  const text = modelFileText(model);
  await writeWholeFile(path, path.endsWith(".gz") ? await promisify(gzip)(text, { level: 9 }) : text);
}

/**
 * Reads a model file down to its content, which is not validated yet.
 * @throws HoldfastError when it can't be read, is not JSON or not a model, has a newer format, or was changed after it
 * was saved.
 */
export async function readModelFile(path: string): Promise<StoredModel> {
  const text = await readModelText(path);
  const envelope = parse(text, path);
  const { format, formatVersion, kind = FIRST_KIND, sha256: expected, content } = envelope;
  if (format !== FORMAT) fail(path, "model.invalid", `must be a model file ("format": "${FORMAT}")`, format);
  if (typeof formatVersion !== "number" || !Number.isInteger(formatVersion) || formatVersion < 1) {
    fail(path, "model.invalid", "must have a format version", formatVersion);
  }
  if (formatVersion > FORMAT_VERSION) {
    const hint = "update holdfast: npm install holdfast@latest";
    fail(path, "model.newer", `must have a format version up to ${FORMAT_VERSION}`, formatVersion, hint);
  }
  const found = sha256(textOf(content, path));
  if (found !== expected) {
    const hint = "the file was edited or damaged after it was saved; take the original";
    fail(path, "model.edited", `must have a content of SHA-256 ${String(expected)}`, found, hint);
  }
  if (typeof kind !== "string") fail(path, "model.invalid", "must have a kind that is a name", kind);
  return { kind, content };
}

function parse(text: string, path: string): Envelope {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof RangeError) tooDeep(path);
    const isCutShort = text.startsWith(`{"format":"${FORMAT}"`);
    const hint = isCutShort
      ? "it starts like a model but does not end like one: it was cut short or damaged"
      : undefined;
    fail(path, "model.not-json", `must be JSON: ${(error as Error).message.slice(0, 80)}`, undefined, hint);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    fail(path, "model.invalid", "must be a JSON object", value);
  }
  return value as Envelope;
}

function textOf(content: unknown, path: string): string {
  try {
    return JSON.stringify(content) ?? "";
  } catch (error) {
    if (error instanceof RangeError) tooDeep(path);
    throw error;
  }
}

/** What is nested so deeply that the stack overflows. */
function tooDeep(path: string): never {
  return fail(path, "model.invalid", "must not be nested so deeply", undefined);
}

function fail(path: string, code: ProblemCode, expected: string, received: unknown, hint?: string): never {
  throw new HoldfastError({
    code,
    path: { file: path },
    expected,
    received,
    ...(hint === undefined ? {} : { hint }),
  });
}
