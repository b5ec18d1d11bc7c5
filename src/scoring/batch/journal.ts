import { type FileHandle, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { flushFolder } from "../../files/whole-file.js";
import { writingTo } from "../../files/write-faults.js";
import { journalPath, type PartRecord } from "./manifest.js";

/** Records that wait to be written together, at most. */
const MOST_WAITING = 128;
/** How long a record waits, in milliseconds, while further parts are done. */
const LONGEST_WAIT = 250;

/**
 * Records the parts that are done. Small parts share one flush of the disk: a part whose record was not written when the job is
 * killed is done again, to the same bytes.
 */
export class Journal {
  private waiting: string[] = [];
  private readonly folders = new Set<string>();
  private handle: FileHandle | undefined;
  private lastWritten = Number.NEGATIVE_INFINITY;

  constructor(private readonly folder: string) {}

  /** Adds the record of a part, whose file is written and flushed. */
  async add(record: PartRecord): Promise<void> {
    this.waiting.push(`${JSON.stringify(record)}\n`);
    this.folders.add(dirname(join(this.folder, record.output.file)));
    const isDue = performance.now() - this.lastWritten >= LONGEST_WAIT;
    if (isDue || this.waiting.length >= MOST_WAITING) await this.write();
  }

  /** Writes what waits. The records are on the disk when this resolves, and so are the names of the parts. */
  async write(): Promise<void> {
    if (this.waiting.length === 0) return;
    const path = journalPath(this.folder);
    await writingTo(path)(async () => {
      for (const folder of this.folders) await flushFolder(folder);
      this.handle ??= await open(path, "a");
      await this.handle.writeFile(this.waiting.join(""));
      await this.handle.datasync();
    });
    this.waiting = [];
    this.folders.clear();
    this.lastWritten = performance.now();
  }

  async close(): Promise<void> {
    const { handle } = this;
    this.handle = undefined;
    await handle?.close();
  }
}
