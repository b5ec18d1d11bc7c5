import { createHash, type Hash } from "node:crypto";
import { closeSync, fsync, openSync, write, writeSync } from "node:fs";
import { promisify } from "node:util";
import { beginWhole, type WholeFile, type WholeFileOptions } from "./whole-file.js";
import { unwritableIfSystem } from "./write-faults.js";

/** Size and SHA-256 of a file that was written. */
export interface FileDigest {
  readonly bytes: number;
  readonly sha256: string;
}

/** How a {@link WholeWriter} writes. */
export interface WholeWriterOptions extends WholeFileOptions {
  /** Whether `digest` is asked for. Default false. */
  readonly isHashed?: boolean | undefined;
}

/** Bytes that are gathered before they are written. */
const PIECE_BYTES = 1 << 16;

const flush = promisify(fsync);
const writeSome = promisify(write);

/**
 * Writes a file piece by piece, whole or not at all, see `writeWhole`. A small file is opened, written and renamed in this
 * thread, because asking another one costs several times as much; only flushing it to the disk is waited for.
 * @throws HoldfastError `data.unwritable` in all of its methods but `abandon`, which never throws.
 */
export class WholeWriter {
  private gathered: Uint8Array[] = [];
  private gatheredBytes = 0;
  private bytes = 0;
  private readonly hash: Hash | undefined;
  /** The piece that is being written while the next one is gathered. */
  private writing: Promise<void> | undefined;
  private descriptor: number | undefined;

  private constructor(
    private readonly path: string,
    private readonly whole: WholeFile,
    isHashed: boolean,
  ) {
    this.hash = isHashed ? createHash("sha256") : undefined;
    this.descriptor = openSync(whole.temporary, "w");
  }

  static async open(path: string, options: WholeWriterOptions = {}): Promise<WholeWriter> {
    const { shownAs = path, isHashed = false } = options;
    const whole = await beginWhole(path, options);
    try {
      return new WholeWriter(shownAs, whole, isHashed);
    } catch (error) {
      throw unwritableIfSystem(shownAs, error);
    }
  }

  /** Waits while the piece before is being written. Bytes must not be changed afterwards. */
  async write(content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    this.gathered.push(bytes);
    this.gatheredBytes += bytes.length;
    if (this.gatheredBytes < PIECE_BYTES) return;
    const piece = this.take();
    await this.written();
    this.writing = this.writeAll(piece);
    // The error is thrown where `writing` is awaited.
    this.writing.catch(() => {});
  }

  /** Completes the file. */
  async finish(): Promise<void> {
    const last = this.take();
    await this.written();
    const descriptor = this.open;
    try {
      for (let at = 0; at < last.length; ) at += writeSync(descriptor, last, at);
      await flush(descriptor);
      this.close();
    } catch (error) {
      throw unwritableIfSystem(this.path, error);
    }
    await this.whole.commit(true);
  }

  /** What was written, once it is finished; undefined unless `isHashed` is set. */
  digest(): FileDigest | undefined {
    return this.hash && { bytes: this.bytes, sha256: this.hash.digest("hex") };
  }

  async abandon(): Promise<void> {
    await this.writing?.catch(() => {});
    try {
      this.close();
    } catch {
      // What made the work fail is reported.
    }
    await this.whole.abandon();
  }

  /** What was gathered. */
  private take(): Uint8Array {
    const piece = this.gathered.length === 1 ? this.gathered[0] : Buffer.concat(this.gathered);
    this.gathered = [];
    this.gatheredBytes = 0;
    this.hash?.update(piece);
    this.bytes += piece.length;
    return piece;
  }

  private async writeAll(piece: Uint8Array): Promise<void> {
    for (let at = 0; at < piece.length; )
      at += (await writeSome(this.open, piece, at, piece.length - at, null)).bytesWritten;
  }

  private async written(): Promise<void> {
    try {
      await this.writing;
    } catch (error) {
      throw unwritableIfSystem(this.path, error);
    }
  }

  private get open(): number {
    if (this.descriptor === undefined) throw new Error(`${this.path} is closed`);
    return this.descriptor;
  }

  private close(): void {
    const { descriptor } = this;
    this.descriptor = undefined;
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
