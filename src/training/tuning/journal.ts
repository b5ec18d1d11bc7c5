import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { HoldfastError } from "../../errors.js";
import type { FoldLosses } from "./evaluate-configuration.js";

const FORMAT = "holdfast-tuning";

/** The losses so far, written to a file as they are computed, so that a stopped tuning continues where it was. */
export class Journal {
  private readonly found = new Map<string, FoldLosses>();

  /**
   * @param file one JSON value per line, the first identifies the tuning; undefined: nothing is kept.
   * @param tuning everything that losses depend on, as one text.
   * @throws HoldfastError when the file belongs to another tuning, a line of it is damaged, or it can't be read or written.
   */
  constructor(
    private readonly file: string | undefined,
    tuning: string,
  ) {
    if (file === undefined) return;
    const head = JSON.stringify({ format: FORMAT, tuning });
    this.onFile(file, () => {
      if (existsSync(file) && readFileSync(file, "utf8") !== "") this.read(file, head);
      else writeFileSync(file, `${head}\n`);
    });
  }

  get(key: string): FoldLosses | undefined {
    return this.found.get(key);
  }

  add(key: string, losses: FoldLosses): void {
    this.found.set(key, losses);
    const { file } = this;
    if (file === undefined) return;
    this.onFile(file, () => appendFileSync(file, `${JSON.stringify([key, losses])}\n`));
  }

  private read(file: string, head: string): void {
    const text = readFileSync(file, "utf8");
    // Text after the last line end was being written when the tuning stopped.
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    const [first, ...lines] = whole.split("\n").slice(0, -1);
    if (first !== head) {
      throw new HoldfastError({
        code: "argument.invalid",
        path: { function: "tune", argument: "journal", file },
        expected: "must be a new file, or the journal of the same tuning",
        received: (first ?? text).slice(0, 80),
        hint: "other data, options or seed: name another file, or delete this one",
      });
    }
    if (whole.length < text.length) truncateSync(file, Buffer.byteLength(whole));
    lines.forEach((line, i) => {
      const [key, losses] = entryOf(line) ?? malformed(file, i + 2, line);
      this.found.set(key, losses);
    });
  }

  private onFile(file: string, act: () => void): void {
    try {
      act();
    } catch (error) {
      if (error instanceof HoldfastError) throw error;
      const received = (error as Error).message;
      const expected = "must be a file to write to";
      throw new HoldfastError({ code: "data.unwritable", path: { file }, expected, received });
    }
  }
}

function entryOf(line: string): [string, FoldLosses] | undefined {
  try {
    const [key, losses] = JSON.parse(line);
    const isEntry = typeof key === "string" && Array.isArray(losses) && losses.every(Number.isFinite);
    return isEntry ? [key, losses] : undefined;
  } catch {
    return undefined;
  }
}

function malformed(file: string, line: number, received: string): never {
  const expected = "must be a key and the losses of the folds";
  throw new HoldfastError({
    code: "data.malformed",
    path: { file, line },
    expected,
    received: received.slice(0, 80),
  });
}
