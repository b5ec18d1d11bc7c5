import type { GivenCells } from "../../table/given/given-cells.js";
import { shortestOf } from "../../table/given/shortest-float.js";
import type { FrameKind } from "../frame-kind.js";

/** Columns as arrays or typed arrays: `{ tenure: [3, 14], plan: ["a", "b"] }`. A `Float64Array` is not copied. */
export const columnArrays: FrameKind = {
  name: "columns as arrays",
  recognizes: (source) => isPlain(source) && Object.values(source).every(isArray),
  read(source) {
    const entries = Object.entries(source) as [string, ArrayLike<unknown>][];
    return {
      names: entries.map(([name]) => name),
      lengths: entries.map(([, cells]) => cells.length),
      cellsOf: (column) => cellsOfArray(entries[column][1]),
    };
  },
};

/** Floats of 32 bits are the shortest decimals that mean them, as everywhere: 0.1, and not 0.10000000149011612. */
export function cellsOfArray(cells: ArrayLike<unknown>): GivenCells {
  if (cells instanceof Float64Array) return { holds: "numbers", numbers: cells };
  if (!(cells instanceof Float32Array)) return { holds: "cells", cells };
  const numbers = Float64Array.from(cells, shortestOf);
  return { holds: "numbers", numbers };
}

function isArray(value: unknown): boolean {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isPlain(source: object): boolean {
  const prototype = Object.getPrototypeOf(source);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
