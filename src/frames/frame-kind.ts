import type { GivenColumns } from "../table/given/given-cells.js";
import type { Table } from "../table/table.js";
import type { TableFromOptions } from "./options.js";

/** The complete description of a kind of frame. A frame is known by its members, so that its package is no dependency. */
export interface FrameKind {
  /** Its name in messages. */
  readonly name: string;
  recognizes(source: object): boolean;
  /**
   * What it holds: columns, or a whole table.
   * @throws HoldfastError for a frame that can't be read.
   */
  read(frame: object, options: TableFromOptions): GivenColumns | Table | Promise<GivenColumns | Table>;
}

/** Whether something has methods of these names: that of a proxy too, which need not say what it has. */
export function hasMethods(source: object, ...names: readonly string[]): boolean {
  const members = source as Readonly<Record<string, unknown>>;
  return names.every((name) => typeof members[name] === "function");
}
