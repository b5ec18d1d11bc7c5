import type { Arrow } from "../../formats/arrow/load.js";
import { checkTable } from "../../table/check-table.js";
import type { Table } from "../../table/table.js";
import { loadPeer } from "./load-peer.js";
import { arrowTable } from "./to-arrow.js";

/** The module `nodejs-polars`. */
export interface PolarsModule<Frame> {
  readIPC(bytes: Buffer): Frame;
}

/** A `DataFrame` of Polars for Node, as far as this package knows it; pass the module to get its own type. */
export interface PolarsFrame {
  readonly columns: readonly string[];
  readonly height: number;
}

/**
 * A table as a `DataFrame` of Polars for Node: numbers as Float64, days as Date, times as Datetime (UTC), categories as
 * Categorical, texts as String; missing is null. It is passed on as Arrow: needs `apache-arrow` too.
 * @param polars the module `nodejs-polars`. Default: the one that is installed.
 * @example (await toPolars(table, polars)).describe()
 * @throws HoldfastError for something else in the place of a table, and `dependency.missing` where Polars or Arrow is not
 * installed.
 */
export async function toPolars<Frame = PolarsFrame>(
  table: Table,
  polars?: PolarsModule<Frame>,
): Promise<Frame> {
  checkTable("toPolars", "table", table);
  const peer = await loadPeer<PolarsModule<Frame>>("toPolars", "polars", polars, "nodejs-polars", [
    "readIPC",
  ]);
  const arrow = await loadPeer<Arrow>("toPolars", "polars", undefined, "apache-arrow", ["tableToIPC"]);
  return peer.readIPC(Buffer.from(arrow.tableToIPC(arrowTable(arrow, table), "file")));
}
