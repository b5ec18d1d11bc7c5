import { createHash, type Hash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
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

/**
 * Writes a file piece by piece, whole or not at all, see `writeWhole`.
 * @throws HoldfastError `data.unwritable` in all of its methods but `abandon`, which never throws.
 */
export class WholeWriter {
  private gathered: Uint8Array[] = [];
  private gatheredBytes = 0;
  private bytes = 0;
  private readonly hash: Hash | undefined;
  /** The piece that is being written while the next one is gathered. */
  private writing: Promise<unknown> = Promise.resolve();
  private handle: FileHandle | undefined;

  private constructor(
    private readonly path: string,
    private readonly whole: WholeFile,
    handle: FileHandle,
    isHashed: boolean,
  ) {
    this.handle = handle;
    this.hash = isHashed ? createHash("sha256") : undefined;
  }

  static async open(path: string, options: WholeWriterOptions = {}): Promise<WholeWriter> {
    const whole = await beginWhole(path, options);
    try {
      return new WholeWriter(path, whole, await open(whole.temporary, "w"), options.isHashed === true);
    } catch (error) {
      throw unwritableIfSystem(path, error);
    }
  }

  /** Waits while the piece before is being written. Bytes must not be changed afterwards. */
  async write(content: string | Uint8Array): Promise<void> {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    this.gathered.push(bytes);
    this.gatheredBytes += bytes.length;
    if (this.gatheredBytes >= PIECE_BYTES) await this.writePiece();
  }

  /** Completes the file. */
  async finish(): Promise<void> {
    await this.writePiece();
    await this.written();
    const { handle } = this;
    this.handle = undefined;
    await this.whole.commit(handle);
  }

  /** What was written, once it is finished; undefined unless `isHashed` is set. */
  digest(): FileDigest | undefined {
    return this.hash && { bytes: this.bytes, sha256: this.hash.digest("hex") };
  }

  async abandon(): Promise<void> {
    await this.writing.catch(() => {});
    await this.handle?.close().catch(() => {});
    this.handle = undefined;
    await this.whole.abandon();
  }

  private async writePiece(): Promise<void> {
    const { gathered, handle } = this;
    const piece = gathered.length === 1 ? gathered[0] : Buffer.concat(gathered);
    this.gathered = [];
    this.gatheredBytes = 0;
    await this.written();
    if (piece.length === 0 || handle === undefined) return;
    this.writing = handle.writeFile(piece);
    // The error is thrown where `writing` is awaited.
    this.writing.catch(() => {});
    this.hash?.update(piece);
    this.bytes += piece.length;
  }

  private async written(): Promise<void> {
    try {
      await this.writing;
    } catch (error) {
      throw unwritableIfSystem(this.path, error);
    }
  }
}
