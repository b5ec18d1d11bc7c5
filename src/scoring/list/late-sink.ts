import type { TableSink } from "../../table/table-sink.js";

/** A sink that is opened when the first table comes, or at the end. */
export function lateSink(open: () => Promise<TableSink>): TableSink {
  let opened: TableSink | undefined;
  const sink = async (): Promise<TableSink> => {
    opened ??= await open();
    return opened;
  };
  return {
    write: async (table) => (await sink()).write(table),
    finish: async () => (await sink()).finish(),
    abandon: async () => opened?.abandon(),
  };
}
