import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { HoldfastError } from "../errors.js";
import type { ColumnSchema } from "./chunk-column.js";
import { type DuckDBSession, firstLine, openDuckDB, quoteIdentifier, quoteLiteral } from "./duckdb.js";
import { DuckDBFiller } from "./duckdb-filler.js";
import type { Table } from "./table.js";
import type { TableSink } from "./table-sink.js";
import { beginWhole, type WholeFile } from "./whole-file.js";

/** Rows that are kept in memory before they are put aside on the disk. */
const SPOOL_ROWS = 500_000;

/**
 * A Parquet file (Zstandard) that comes to be whole or not at all, from tables one after the other: numbers as DOUBLE,
 * categories and text as VARCHAR, missing as NULL. Rows beyond half a million are put aside beside the target and
 * joined at the end, so that memory does not grow with the file. The same rows make the same bytes.
 */
export async function parquetSink(path: string, columns: readonly ColumnSchema[]): Promise<TableSink> {
  const whole = await beginWhole(path);
  const session = await openDuckDB();
  return new ParquetSink(path, whole, session, columns);
}

class ParquetSink implements TableSink {
  private filler: DuckDBFiller | undefined;
  private parts = 0;

  constructor(
    private readonly path: string,
    private readonly whole: WholeFile,
    private readonly session: DuckDBSession,
    private readonly columns: readonly ColumnSchema[],
  ) {}

  async write(table: Table): Promise<void> {
    this.filler ??= await this.begin();
    this.filler.append(table);
    if (this.filler.rowCount < SPOOL_ROWS) return;
    await mkdir(this.partsFolder, { recursive: true });
    await this.copy(join(this.partsFolder, `${this.parts++}.parquet`));
    this.filler = undefined;
  }

  async finish(): Promise<void> {
    if (this.parts === 0) {
      this.filler ??= await this.begin();
      await this.copy(this.whole.temporary);
    } else {
      if (this.filler !== undefined) await this.copy(join(this.partsFolder, `${this.parts++}.parquet`));
      await this.join();
    }
    this.session.close();
    await rm(this.partsFolder, { recursive: true, force: true });
    await this.whole.commit();
  }

  async abandon(): Promise<void> {
    try {
      this.session.close();
    } catch {
      // It was closed before.
    }
    await rm(this.partsFolder, { recursive: true, force: true });
    await this.whole.abandon();
  }

  private get partsFolder(): string {
    return `${this.whole.temporary}-parts`;
  }

  private async begin(): Promise<DuckDBFiller> {
    // One thread: where row groups end must not depend on which thread was first.
    await this.session.connection.run("SET threads = 1");
    return DuckDBFiller.create(this.session, "rows_to_write", this.columns);
  }

  private async copy(file: string): Promise<void> {
    this.filler?.close();
    const select = this.columns.map(
      ({ name }, c) => `${this.filler?.expressionOf(c)} AS ${quoteIdentifier(name)}`,
    );
    await this.run(
      `COPY (SELECT ${select.join(", ")} FROM rows_to_write) TO ${quoteLiteral(file)} ${FORMAT}`,
    );
    await this.session.connection.run("DROP TABLE rows_to_write");
  }

  private async join(): Promise<void> {
    const files = Array.from({ length: this.parts }, (_, part) =>
      quoteLiteral(join(this.partsFolder, `${part}.parquet`)),
    );
    const source = `read_parquet([${files.join(", ")}], hive_partitioning = false)`;
    await this.run(`COPY (SELECT * FROM ${source}) TO ${quoteLiteral(this.whole.temporary)} ${FORMAT}`);
  }

  private async run(sql: string): Promise<void> {
    try {
      await this.session.connection.run(sql);
    } catch (error) {
      throw new HoldfastError({
        code: "data.unwritable",
        path: { file: this.path },
        expected: "must be writable as Parquet",
        received: undefined,
        hint: firstLine(error),
      });
    }
  }
}

const FORMAT = "(FORMAT parquet, COMPRESSION zstd)";
