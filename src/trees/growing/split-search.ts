import type { KernelMemory } from "../../kernel/memory.js";
import {
  BIN_BYTES,
  COLUMN_HISTOGRAM_BYTES,
  FEATURE_RECORD_BYTES,
  type HeadLayout,
  layoutHead,
} from "../../kernel/shard-layout.js";
import type { BinnedData } from "../binning/binned-data.js";
import type { Constraints } from "./constraints.js";
import type { Scales } from "./scales.js";
import type { GrowingSettings } from "./settings.js";

/** Sums over the rows of a node, and the value a leaf there would have before the learning rate. */
export interface NodeSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
  readonly value: number;
}

/** Sums over the rows of each bin of a feature. */
export interface BinSums {
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
  readonly rows: Float64Array;
}

/** Limits of a node's value that monotone splits above it have set. */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/** A division of a node's rows by the bins of one feature. */
export interface FoundSplit {
  readonly gain: number;
  readonly feature: number;
  /** Numeric features: the last bin that goes left; −1 for categories. */
  readonly lastLeftBin: number;
  /** 1 for every bin that goes left. */
  readonly goesLeft: Uint8Array;
  /** Whether more rows go left than right. */
  readonly majorityLeft: boolean;
  readonly left: NodeSums;
  readonly right: NodeSums;
}

/** Offsets in the kernel's result: numbers, then one byte per bin. */
const RESULT = { gain: 0, feature: 1, lastLeftBin: 2, left: 3, right: 7, node: 11, goesLeftBytes: 120 };
/** Places of the settings that change, as the kernel reads them; see assembly/split.ts. */
const SETTING = { noise: 7, gradientUnit: 8, lower: 12, upper: 13 };

const SLOTS_AT_A_TIME = 8;

/** Histograms of a tree's nodes in the first shard's memory, and the search for the best split of one. */
export class SplitSearch {
  private readonly head: HeadLayout;
  private readonly memory: KernelMemory;
  private readonly free: number[] = [];
  private slotCount = 0;
  private scales: Pick<Scales, "gradientScale" | "hessianScale" | "countBits"> = {
    gradientScale: 1,
    hessianScale: 1,
    countBits: 0,
  };
  private readonly slotBytes: number;

  constructor(
    private readonly data: BinnedData,
    settings: GrowingSettings,
    private readonly constraints: Constraints,
  ) {
    const { features, columnCount, shards, totalBins } = data;
    this.head = layoutHead(shards[0].layout.end, features.length, columnCount);
    this.memory = shards[0].memory;
    this.slotBytes = totalBins * BIN_BYTES;
    this.memory.reserve(this.head.histograms);
    this.writeFeatures();
    this.memory.numbers.set(
      [
        settings.l1,
        settings.l2,
        settings.minChildWeight,
        settings.minChildRows,
        settings.categoricalSmoothing,
        settings.categoricalL2,
        settings.minCategoryGroupRows,
        1,
        0,
        0,
        0,
        constraints.hasMonotone ? 1 : 0,
        Number.NEGATIVE_INFINITY,
        Number.POSITIVE_INFINITY,
      ],
      this.head.settings / 8,
    );
  }

  /** Must be called before the first search, and whenever the scales change. */
  setScales(scales: Scales): void {
    this.scales = scales;
    const { gradientScale, hessianScale, countBits } = scales;
    const at = this.head.settings / 8 + SETTING.gradientUnit;
    this.memory.numbers.set([1 / gradientScale, 1 / hessianScale, countBits], at);
  }

  /** What a category's G²/H comes to by chance; scales the charge on splits of many categories. */
  setNoise(noise: number): void {
    this.memory.numbers[this.head.settings / 8 + SETTING.noise] = noise;
  }

  /** Adds up the column histograms of all shards; the histogram's slot. */
  collect(): number {
    const { team, shards, features, columnCount } = this.data;
    const slot = this.free.pop() ?? this.newSlot();
    const to = this.addressOf(slot);
    team.call("clear", [to, this.slotBytes]);
    shards.forEach(({ layout, memory }, k) => {
      let from = layout.columnHistogram;
      if (k > 0) {
        const bytes = memory.bytes.subarray(from, from + columnCount * COLUMN_HISTOGRAM_BYTES);
        from = this.head.visitor;
        this.memory.bytes.set(bytes, from);
      }
      team.call("addHistogram", [from, this.head.features, features.length, to]);
    });
    return slot;
  }

  /** Turns a parent's histogram into that of one child, given the other's. */
  subtract(parent: number, child: number): void {
    this.data.team.call("subtractHistogram", [
      this.addressOf(parent),
      this.addressOf(child),
      this.data.totalBins,
    ]);
  }

  release(slot: number): void {
    this.free.push(slot);
  }

  /** The best split of the node with this histogram; `allowed`: one byte a feature. */
  find(slot: number, allowed: Uint8Array, bounds: Bounds): { split: FoundSplit | undefined; sums: NodeSums } {
    const { head, memory } = this;
    memory.bytes.set(allowed, head.allowed);
    const settings = head.settings / 8;
    memory.numbers[settings + SETTING.lower] = bounds.lower;
    memory.numbers[settings + SETTING.upper] = bounds.upper;
    this.data.team.call("findSplit", [
      this.addressOf(slot),
      head.features,
      this.data.features.length,
      head.allowed,
      head.settings,
      head.result,
      head.scratch,
    ]);
    const { numbers } = memory;
    const at = head.result / 8;
    const sums = sumsAt(numbers, at + RESULT.node);
    const gain = numbers[at + RESULT.gain];
    if (gain === 0) return { split: undefined, sums };
    const feature = numbers[at + RESULT.feature];
    const bins = head.result + RESULT.goesLeftBytes;
    const left = sumsAt(numbers, at + RESULT.left);
    const split: FoundSplit = {
      gain,
      feature,
      lastLeftBin: numbers[at + RESULT.lastLeftBin],
      goesLeft: memory.bytes.slice(bins, bins + this.data.features[feature].binCount),
      majorityLeft: 2 * left.rows > sums.rows,
      left,
      right: sumsAt(numbers, at + RESULT.right),
    };
    return { split, sums };
  }

  /** The sums of every bin of a feature in a node. */
  binsOf(slot: number, feature: number): BinSums {
    const { binCount, start } = this.data.features[feature];
    const { words } = this.memory;
    const gradients = new Float64Array(binCount);
    const hessians = new Float64Array(binCount);
    const rows = new Float64Array(binCount);
    const { gradientScale, hessianScale, countBits } = this.scales;
    const countUnit = 2 ** countBits;
    for (let b = 0, at = (this.addressOf(slot) + start * BIN_BYTES) / 4; b < binCount; b++, at += 4) {
      // Two whole numbers of 64 bits: gradients, and hessians · 2^countBits + rows.
      gradients[b] = (words[at + 1] * 2 ** 32 + (words[at] >>> 0)) / gradientScale;
      rows[b] = (words[at + 2] >>> 0) % countUnit;
      const high = words[at + 3] * (2 ** 32 / countUnit);
      hessians[b] = (high + Math.floor((words[at + 2] >>> 0) / countUnit)) / hessianScale;
    }
    return { gradients, hessians, rows };
  }

  private newSlot(): number {
    const slot = this.slotCount++;
    // With room for some more: growing memory takes milliseconds.
    if (slot % SLOTS_AT_A_TIME === 0) this.memory.reserve(this.addressOf(slot + SLOTS_AT_A_TIME));
    return slot;
  }

  private addressOf(slot: number): number {
    return this.head.histograms + slot * this.slotBytes;
  }

  private writeFeatures(): void {
    const { words } = this.memory;
    this.data.features.forEach((feature, f) => {
      const record = [
        feature.column,
        feature.divisor,
        feature.binCount,
        feature.start,
        feature.columnBins,
        feature.kind === "categorical" ? 1 : 0,
        this.constraints.monotone[f],
        feature.missingBin < 0 ? 0 : 1,
      ];
      words.set(record, (this.head.features + f * FEATURE_RECORD_BYTES) / 4);
    });
  }
}

function sumsAt(numbers: Float64Array, at: number): NodeSums {
  return { gradient: numbers[at], hessian: numbers[at + 1], rows: numbers[at + 2], value: numbers[at + 3] };
}
