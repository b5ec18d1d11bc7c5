import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { DuckDBFiller } from "../../database/duckdb/filler.js";
import {
  type DuckDBSession,
  firstLine,
  openDuckDB,
  quoteIdentifier,
  quoteLiteral,
} from "../../database/duckdb/session.js";
import { HoldfastError } from "../../errors.js";
import { beginWhole, type WholeFile, type WholeFileOptions } from "../../files/whole-file.js";
import { unwritableIfSystem, writingTo } from "../../files/write-faults.js";
import type { ColumnSchema } from "../../table/chunk-column.js";
import type { Table } from "../../table/table.js";
import type { TableSink } from "../../table/table-sink.js";
import { hasTimesOfDay, storedDate } from "./dates.js";

/** Rows that are kept in memory before they are written to a part on the disk. */
const SPOOL_ROWS = 1 << 20;

/**
 * Writes tables one after the other into a Parquet file (Zstandard), which is written whole or not at all: numbers as
 * DOUBLE, dates as DATE or TIMESTAMP (as `writeTable` does), categories and text as VARCHAR, missing as NULL. Every
 * million rows go into a part next to the target; the parts are joined at the end, so that memory does not grow with the
 * file. The same rows give the same bytes.
 */
export async function parquetSink(
  path: string,
  columns: readonly ColumnSchema[],
  options?: WholeFileOptions,
): Promise<TableSink> {
  const whole = await beginWhole(path, options);
  const session = await openDuckDB();
  // One thread: the ends of row groups must not depend on which thread was first.
  await session.connection.run("SET threads = 1");
  return new ParquetSink(path, whole, session, columns, await session.connectAgain());
}

class ParquetSink implements TableSink {
  private filler: DuckDBFiller | undefined;
  private parts = 0;
  /** The part that is being written while the next one is filled. */
  private copying: Promise<void> = Promise.resolve();
  /** Indices of the date columns in which any value has a time of day. */
  private readonly timed = new Set<number>();

  constructor(
    private readonly path: string,
    private readonly whole: WholeFile,
    private readonly session: DuckDBSession,
    private readonly columns: readonly ColumnSchema[],
    /** Writes files while the first connection takes rows. */
    private readonly copier: DuckDBConnection,
  ) {}

  async write(table: Table): Promise<void> {
    const filler = await this.current();
    filler.append(table);
    table.columns.forEach((column, c) => {
      if (!this.timed.has(c) && hasTimesOfDay(column)) this.timed.add(c);
    });
    if (filler.rowCount < SPOOL_ROWS) return;
    await writingTo(this.path)(() => mkdir(this.partsFolder, { recursive: true }));
    await this.putAside(filler);
  }

  async finish(): Promise<void> {
    const filler = await this.current();
    await this.copying;
    if (this.parts === 0) await this.copy(filler, this.whole.temporary, (c, cell) => this.stored(c, cell));
    else {
      if (filler.rowCount > 0) await this.putAside(filler);
      await this.copying;
      await this.join();
    }
    this.close();
    await rm(this.partsFolder, { recursive: true, force: true });
    await this.whole.commit();
  }

  async abandon(): Promise<void> {
    await this.copying.catch(() => {});
    try {
      this.close();
    } catch {
      // It was closed before.
    }
    await rm(this.partsFolder, { recursive: true, force: true });
    await this.whole.abandon();
  }

  private get partsFolder(): string {
    return `${this.whole.temporary}-parts`;
  }

  private async current(): Promise<DuckDBFiller> {
    this.filler ??= await DuckDBFiller.create(this.session, `rows_${this.parts}`, this.columns);
    return this.filler;
  }

  private async putAside(filler: DuckDBFiller): Promise<void> {
    await this.copying;
    this.filler = undefined;
    this.copying = this.copy(filler, this.partFile(this.parts++));
    // The error is thrown where `copying` is awaited.
    this.copying.catch(() => {});
  }

  private partFile(part: number): string {
    return join(this.partsFolder, `${part}.parquet`);
  }

  /** @param stored SQL for a column's cells as they are in the file; in parts, dates are still numbers. */
  private async copy(
    filler: DuckDBFiller,
    file: string,
    stored: (column: number, cell: string) => string = (_, cell) => cell,
  ): Promise<void> {
    filler.close();
    const select = this.columns.map(
      ({ name }, c) => `${stored(c, filler.expressionOf(c))} AS ${quoteIdentifier(name)}`,
    );
    await this.run(
      `COPY (SELECT ${select.join(", ")} FROM ${filler.relation}) TO ${quoteLiteral(file)} ${FORMAT}`,
    );
    await this.run(`DROP TABLE ${filler.relation}`);
  }

  private async join(): Promise<void> {
    const files = Array.from({ length: this.parts }, (_, part) => quoteLiteral(this.partFile(part)));
    const source = `read_parquet([${files.join(", ")}], hive_partitioning = false)`;
    const select = this.columns.map(({ name }, c) => {
      const cell = quoteIdentifier(name);
      return `${this.stored(c, cell)} AS ${cell}`;
    });
    await this.run(
      `COPY (SELECT ${select.join(", ")} FROM ${source}) TO ${quoteLiteral(this.whole.temporary)} ${FORMAT}`,
    );
  }

  private stored(column: number, cell: string): string {
    return this.columns[column].isDate === true ? storedDate(cell, this.timed.has(column)) : cell;
  }

  private async run(sql: string): Promise<void> {
    try {
      await this.copier.run(sql);
    } catch (error) {
      const fault = unwritableIfSystem(this.path, error);
      if (fault instanceof HoldfastError) throw fault;
      throw new HoldfastError({
        code: "data.unwritable",
        path: { file: this.path },
        expected: "must be writable as Parquet",
        received: undefined,
        hint: firstLine(error),
      });
    }
  }

  private close(): void {
    this.copier.closeSync();
    this.session.close();
  }
}

const FORMAT = "(FORMAT parquet, COMPRESSION zstd)";
