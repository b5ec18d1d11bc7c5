import { appendFileSync, existsSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { HoldfastError } from "../../errors.js";
import type { FoldLosses } from "./evaluate-configuration.js";

const FORMAT = "holdfast-tuning";

/** Losses found so far, kept in a file as they are found, so that a tuning that was stopped goes on where it was. */
export class Journal {
  private readonly found = new Map<string, FoldLosses>();

  /**
   * @param file one JSON value a line, the first says of which tuning; undefined: nothing is kept.
   * @param tuning everything that losses depend on, as one text.
   * @throws HoldfastError when the file belongs to another tuning, or can't be read or written.
   */
  constructor(
    private readonly file: string | undefined,
    tuning: string,
  ) {
    if (file === undefined) return;
    const head = JSON.stringify({ format: FORMAT, tuning });
    try {
      if (existsSync(file) && readFileSync(file, "utf8") !== "") this.read(file, head);
      else writeFileSync(file, `${head}\n`);
    } catch (error) {
      if (error instanceof HoldfastError) throw error;
      const received = (error as Error).message;
      throw new HoldfastError({
        code: "data.unwritable",
        path: { file },
        expected: "must be a file to write to",
        received,
      });
    }
  }

  get(key: string): FoldLosses | undefined {
    return this.found.get(key);
  }

  add(key: string, losses: FoldLosses): void {
    this.found.set(key, losses);
    if (this.file !== undefined) appendFileSync(this.file, `${JSON.stringify([key, losses])}\n`);
  }

  private read(file: string, head: string): void {
    const text = readFileSync(file, "utf8");
    // What stands behind the last line end was being written when the tuning stopped.
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
    for (const line of lines) {
      const [key, losses] = JSON.parse(line) as [string, FoldLosses];
      this.found.set(key, losses);
    }
  }
}
