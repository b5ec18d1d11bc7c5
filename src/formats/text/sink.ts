import { once } from "node:events";
import type { Writable } from "node:stream";
import { createGzip } from "node:zlib";
import { WholeWriter } from "../../files/whole-writer.js";
import { unwritableIfSystem } from "../../files/write-faults.js";
import type { Table } from "../../table/table.js";
import type { TableSink } from "../../table/table-sink.js";
import type { FileSinkOptions } from "../format.js";
import type { RowWriter } from "./row-writer.js";

/** Rows that are turned into text at a time. */
const PIECE_ROWS = 4096;

/** Writes a text file, gzipped if wanted, whole or not at all. */
export async function textFileSink(
  path: string,
  writer: RowWriter,
  isGzip: boolean,
  { isPart }: FileSinkOptions = {},
): Promise<TableSink> {
  const file = await WholeWriter.open(path, { leavesFolder: isPart, isHashed: isPart });
  const gzip = isGzip ? new GzipInto(file) : undefined;
  const to = gzip ?? file;
  let isBegun = false;
  const begin = async () => {
    if (!isBegun) await to.write(writer.head());
    isBegun = true;
  };
  return {
    async write(table) {
      await begin();
      for (let from = 0; from < table.rowCount; from += PIECE_ROWS) {
        await to.write(writer.rows(table, from, Math.min(from + PIECE_ROWS, table.rowCount)));
      }
    },
    async finish() {
      await begin();
      await to.write(writer.tail());
      await gzip?.end();
      await file.finish();
    },
    digest: () => file.digest(),
    async abandon() {
      gzip?.abandon();
      await file.abandon();
    },
  };
}

/** Compresses what is written on its way into a file. */
class GzipInto {
  private readonly gzip = createGzip();
  private readonly done: Promise<void>;

  constructor(file: WholeWriter) {
    const copy = async () => {
      for await (const bytes of this.gzip) await file.write(bytes as Buffer);
    };
    this.done = copy();
    this.done.catch(() => {});
  }

  async write(text: string): Promise<void> {
    if (text === "" || this.gzip.write(text)) return;
    const waiting = new AbortController();
    await Promise.race([once(this.gzip, "drain", { signal: waiting.signal }), this.done]).finally(() =>
      waiting.abort(),
    );
  }

  async end(): Promise<void> {
    this.gzip.end();
    await this.done;
  }

  abandon(): void {
    this.gzip.destroy();
  }
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
