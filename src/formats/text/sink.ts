import { once } from "node:events";
import { open } from "node:fs/promises";
import type { Writable } from "node:stream";
import { finished } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { beginWhole, unwritableIfSystem, writingTo } from "../../files/whole-file.js";
import type { Table } from "../../table/table.js";
import type { TableSink } from "../../table/table-sink.js";
import type { RowWriter } from "./row-writer.js";

/** Rows that are turned into text at a time. */
const PIECE_ROWS = 4096;

/** Writes a text file, gzipped if wanted, whole or not at all. */
export async function textFileSink(path: string, writer: RowWriter, isGzip: boolean): Promise<TableSink> {
  const whole = await beginWhole(path);
  // Opened before anything can fail: a stream that opens its file itself may do so after the work was abandoned.
  const file = (await open(whole.temporary, "w")).createWriteStream();
  const gzip = isGzip ? createGzip() : undefined;
  gzip?.pipe(file);
  const stream: Writable = gzip ?? file;
  const done = finished(file);
  done.catch(() => {});
  const texts = new TextStream(stream, done, writer);
  const guarded = writingTo(path);
  return {
    write: (table) => guarded(() => texts.write(table)),
    finish: () =>
      guarded(async () => {
        await texts.end();
        await done;
        await whole.commit();
      }),
    async abandon() {
      gzip?.destroy();
      file.destroy();
      await done.catch(() => {});
      await whole.abandon();
    },
  };
}

/** Writes text to a stream, such as standard output, and leaves it open. What is written can't be taken back. */
export function textStreamSink(stream: Writable, streamName: string, writer: RowWriter): TableSink {
  let fail: (error: Error) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  stream.on("error", fail);
  const texts = new TextStream(stream, failed, writer);
  return {
    async write(table) {
      try {
        await texts.write(table);
      } catch (error) {
        throw unwritableIfSystem(streamName, error);
      }
    },
    async finish() {
      try {
        await texts.flush();
      } catch (error) {
        throw unwritableIfSystem(streamName, error);
      }
    },
    async abandon() {},
  };
}

/** Writes text to a stream, and waits while the stream's buffer is full. */
class TextStream {
  private isBegun = false;

  constructor(
    private readonly stream: Writable,
    /** Fails when the stream does. */
    private readonly failure: Promise<unknown>,
    private readonly writer: RowWriter,
  ) {}

  async write(table: Table): Promise<void> {
    await this.begin();
    for (let from = 0; from < table.rowCount; from += PIECE_ROWS) {
      await this.put(this.writer.rows(table, from, Math.min(from + PIECE_ROWS, table.rowCount)));
    }
  }

  /** Ends the text and waits until the stream has taken it. */
  async flush(): Promise<void> {
    await this.begin();
    const tail = this.writer.tail();
    const written = new Promise<void>((resolve, reject) => {
      this.stream.write(tail, (error) => (error ? reject(error) : resolve()));
    });
    await Promise.race([written, this.failure.then(() => {})]);
  }

  async end(): Promise<void> {
    await this.begin();
    this.stream.end(this.writer.tail());
  }

  private async begin(): Promise<void> {
    if (this.isBegun) return;
    this.isBegun = true;
    await this.put(this.writer.head());
  }

  private async put(text: string): Promise<void> {
    if (text === "" || this.stream.write(text)) return;
    const waiting = new AbortController();
    await Promise.race([once(this.stream, "drain", { signal: waiting.signal }), this.failure]).finally(() =>
      waiting.abort(),
    );
  }
}
