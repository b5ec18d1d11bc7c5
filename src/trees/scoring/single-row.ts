import * as scoringKernel from "../../kernel/generated/scoring.js";
import { instantiate, moduleOf } from "../../kernel/instantiate.js";
import { AddressBook, KernelMemory } from "../../kernel/memory.js";
import { allSteps, type Steps } from "../../steps.js";
import type { Tree } from "../tree.js";
import { type EntryList, ForestScorer, type MaskTables } from "./forest-scorer.js";
import { ImageWriter } from "./plane-image.js";
import { isRefusal, MEMORY_HINT } from "./plane-scorer.js";
import { LEAF, MOST_SLOTS, RANK_BITS, RankWalker } from "./rank-walker.js";
import type { RowScorer } from "./row-scorer.js";

/** Entries between two states: passing over all masks costs little there. */
const STRIDE = 128;
/** States that are copied at a step. */
const STATES_AT_ONCE = 64;

/**
 * The same scorer in WebAssembly, to the same bits; undefined for one that has no such form, and where WebAssembly
 * is unavailable.
 */
export function inWebAssembly(scorer: RowScorer, trees: readonly Tree[]): RowScorer | undefined {
  return allSteps(inWebAssemblySteps(scorer, trees));
}

/** As {@link inWebAssembly}, a table or a part of it at a step. */
export function* inWebAssemblySteps(scorer: RowScorer, trees: readonly Tree[]): Steps<RowScorer | undefined> {
  try {
    if (scorer instanceof ForestScorer) {
      const { tables } = yield* ForestScorer.steps(scorer.tables.baseMargin, trees, STRIDE);
      return yield* maskKernel(tables);
    }
    return scorer instanceof RankWalker ? yield* rankKernel(scorer) : undefined;
  } catch (error) {
    if (isRefusal(error)) return undefined;
    throw error;
  }
}

/** A kernel's function over its own tables. */
class KernelScorer implements RowScorer {
  constructor(
    private readonly call: () => number,
    private readonly numbers: Float64Array,
    /** Where the row goes, in numbers. */
    private readonly at: number,
    /** How many of its first numbers are asked for. */
    private readonly width: number,
  ) {}

  marginAt(rows: Float64Array, from: number): number {
    const { numbers, at, width } = this;
    for (let f = 0; f < width; f++) numbers[at + f] = rows[from + f];
    return this.call();
  }
}

/** Tables as they are written by {@link ImageWriter}, and the function that reads them. */
function* kernelScorer(
  name: "marginByMasks" | "marginByRanks",
  features: readonly number[],
  lay: (image: ImageWriter, row: number) => Steps<readonly number[]>,
): Steps<KernelScorer> {
  const width = features.reduce((most, feature) => Math.max(most, feature + 1), 0);
  const book = new AddressBook();
  const row = book.take(width * 8);
  const writer = new ImageWriter(book);
  const args = yield* lay(writer, row);
  const { image, imageAddress, memoryBytes } = writer.finish();
  const memory = new KernelMemory(memoryBytes, false, MEMORY_HINT);
  memory.bytes.set(image, imageAddress);
  const kernel = instantiate(moduleOf(scoringKernel, false), memory.memory)[name] as (
    ...args: readonly number[]
  ) => number;
  // Spelt out: spreading an array makes a new one for every call. A function with one parameter fewer ignores the last.
  const [a, b, c, d, e, f, g, h, i, j, k = 0] = args;
  const call = () => kernel(a, b, c, d, e, f, g, h, i, j, k);
  return new KernelScorer(call, memory.numbers, row / 8, width);
}

function maskKernel(tables: MaskTables): Steps<KernelScorer> {
  const { features, entryTree, entryMask, entryThreshold, leafStart, leafValues, states, statesOf, stride } =
    tables;
  return kernelScorer(
    "marginByMasks",
    features.map(({ feature }) => feature),
    function* (image, row) {
      const treeCount = leafStart.length;
      const maskBytes = Math.ceil((treeCount * 4) / 16) * 16;
      const masks = image.put(new Uint8Array(maskBytes));
      const entries = image.put(
        Int32Array.from({ length: 2 * entryTree.length }, (_, word) => {
          const entry = word >> 1;
          return (word & 1) === 0 ? masks + 4 * entryTree[entry] : entryMask[entry];
        }),
      );
      const thresholds = image.put(entryThreshold);
      yield;
      // States one after the other, each as long as all masks.
      const stateCount = treeCount === 0 ? 0 : states.length / treeCount;
      const padded = new Int32Array((stateCount * maskBytes) / 4);
      for (let s = 0; s < stateCount; s++) {
        padded.set(states.subarray(s * treeCount, (s + 1) * treeCount), (s * maskBytes) / 4);
        if (s % STATES_AT_ONCE === 0) yield;
      }
      const stateAddress = image.put(padded);
      const listWords = ({ from, to }: EntryList) => [from, to, stateAddress + statesOf[from] * maskBytes, 0];
      const records = features.flatMap(({ feature, numbers, codes, missing }) => {
        const lists = image.put(
          Int32Array.from((numbers === undefined ? codes : [numbers]).flatMap(listWords)),
        );
        const missingList = image.put(Int32Array.from(listWords(missing)));
        return [feature * 8, numbers === undefined ? codes.length : -1, lists, missingList];
      });
      const featureAddress = image.put(Int32Array.from(records));
      const values = image.put(leafValues);
      const leafStarts = image.put(leafStart.map((start) => values + 8 * start));
      return [
        featureAddress,
        features.length,
        row,
        entries,
        thresholds,
        masks,
        maskBytes,
        stride,
        leafStarts,
        treeCount,
        tables.baseMargin,
      ];
    },
  );
}

function* rankKernel({
  words,
  roots,
  leafValues,
  sets,
  slots,
  baseMargin,
}: RankWalker): Steps<KernelScorer | undefined> {
  const leafSlots = Math.ceil((leafValues.length + 1) / 2 ** RANK_BITS);
  if (slots.length + leafSlots > MOST_SLOTS) return undefined;
  return yield* kernelScorer(
    "marginByRanks",
    slots.map(({ feature }) => feature),
    function* (image, row) {
      // Those of leaves stay below every rank.
      const ranks = image.put(new Int32Array(slots.length + leafSlots).fill(-1));
      const nodes = image.put(words);
      yield;
      image.replace(nodes, addressed(words, nodes, slots.length));
      yield;
      const records = slots.flatMap(({ feature, cuts, missingRank }) => [
        feature * 8,
        cuts === undefined ? -1 : cuts.length,
        cuts === undefined ? 0 : image.put(cuts),
        missingRank,
      ]);
      const slotAddress = image.put(Int32Array.from(records));
      const rootAddress = image.put(roots.map((root) => nodes + 8 * root));
      // At least one word: nodes of numbers read it too, and ignore it.
      const setAddress = image.put(sets.length === 0 ? new Int32Array(1) : sets);
      const leaves = image.put(leafValues);
      return [
        slotAddress,
        slots.length,
        row,
        ranks,
        rootAddress,
        roots.length,
        setAddress,
        slots.length,
        leaves,
        baseMargin,
      ];
    },
  );
}

/** Nodes with addresses for numbers of children, and leaves that lead to themselves. */
function addressed(words: Int32Array, nodes: number, firstLeafSlot: number): Int32Array {
  const result = new Int32Array(words.length);
  for (let at = 0; at < words.length; at += 2) {
    if (words[at] === LEAF) {
      const leaf = words[at + 1];
      const slot = firstLeafSlot + (leaf >>> RANK_BITS);
      result[at] = (slot << (RANK_BITS + 1)) | (leaf & (2 ** RANK_BITS - 1));
      result[at + 1] = nodes + 4 * at;
    } else {
      result[at] = words[at];
      result[at + 1] = nodes + 8 * words[at + 1];
    }
  }
  return result;
}
