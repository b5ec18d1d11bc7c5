import { count } from "../../errors.js";
import { meanAndError } from "../../math/mean-and-error.js";
import { type LongWork, Pulse } from "../../progress.js";
import { type Configuration, configurationAt, type TunableFamily } from "./configuration.js";
import type { FoldLosses, Trial, TuningProblem } from "./evaluate-configuration.js";
import type { Journal } from "./journal.js";
import { TrialWorkers } from "./trial-workers.js";

/** One of this many configurations continues to the next round. */
const HALVING = 3;
/** The least number of rows of a part. */
const LEAST_ROWS = 600;
/** Standard errors of the paired difference beyond which a configuration counts as worse, not unlucky. */
const CLEARLY_WORSE = 2;

export interface SearchOptions extends LongWork {
  readonly families: readonly TunableFamily[];
  /** Number of configurations of each family. */
  readonly configurations: number;
  readonly threads?: number | undefined;
  /** Milliseconds of `performance.now()` after which no further round starts. */
  readonly until: number;
}

/** The result of a configuration on the most rows that it was tried on. */
export interface TrialResult {
  readonly configuration: Configuration;
  /** Whether it is the family's defaults. */
  readonly isDefault: boolean;
  /** The rows of its last trial. */
  readonly rows: number;
  /** Mean cross-validated log loss on those. */
  readonly logLoss: number;
}

interface Contender {
  readonly index: number;
  readonly configuration: Configuration;
  losses: FoldLosses;
  parts: number;
}

/**
 * Successive halving (Jamieson & Talwalkar 2016) for each family: all configurations on a small part of the rows, the best
 * third on three times as many, until few see all. Those clearly worse than the best of their family are dropped at once, and
 * a single remaining one goes straight to all rows. The defaults stay to the end, for comparison.
 * @returns per family all configurations that were tried: those on all rows first, by rising log loss, then the others.
 */
export async function searchConfigurations(
  problem: TuningProblem,
  journal: Journal,
  part: string,
  options: SearchOptions,
): Promise<Map<TunableFamily, TrialResult[]>> {
  const { families, configurations, signal, until } = options;
  const rungs = rungsFor(problem, configurations);
  const contenders = new Map(
    families.map((family) => [
      family,
      Array.from({ length: configurations }, (_, index): Contender => {
        const configuration = configurationAt(family, index, problem.seed);
        return { index, configuration, losses: [], parts: rungs[0] };
      }),
    ]),
  );
  const pulse = new Pulse(options);
  const progress = new SearchProgress(pulse, families.length, configurations, rungs);
  const workers = new TrialWorkers(problem, options.threads);
  try {
    let alive = contenders;
    for (const [rung, parts] of rungs.entries()) {
      if (rung > 0 && performance.now() > until) break;
      const isLast = rung === rungs.length - 1;
      const trying = [...alive.values()].flatMap((those) => (isLast || isOpen(those) ? those : []));
      const key = ({ configuration: { family }, index }: Contender) => `${part} ${family} ${index} ${parts}`;
      const untried = trying.filter((contender) => journal.get(key(contender)) === undefined);
      progress.begin(rung, trying.length, trying.length - untried.length);
      await workers.run(
        untried.map(({ configuration }): Trial => ({ configuration, parts })),
        async (place, losses) => {
          journal.add(key(untried[place]), losses);
          progress.step(untried[place].configuration.family);
          await pulse.beat();
        },
        signal,
      );
      for (const contender of trying) {
        contender.losses = journal.get(key(contender)) as FoldLosses;
        contender.parts = parts;
      }
      alive = new Map(
        [...alive].map(([family, those]) => [family, isLast || !isOpen(those) ? those : survivorsOf(those)]),
      );
    }
    progress.finish();
  } finally {
    await workers.close();
  }
  return new Map([...contenders].map(([family, those]) => [family, resultsOf(those, problem.labels.length)]));
}

/** How many parts the rows are divided into, round by round; the last is 1. */
function rungsFor({ labels }: TuningProblem, configurations: number): number[] {
  const churners = labels.reduce((sum, label) => sum + label, 0);
  const scarce = Math.min(churners, labels.length - churners);
  const rungs = [1];
  for (;;) {
    const parts = rungs[0] * HALVING;
    const isEnough = labels.length / parts >= LEAST_ROWS && scarce / parts >= 60 && parts <= 255;
    // No more rounds than are needed to get down to one.
    if (!isEnough || HALVING ** rungs.length > configurations) return rungs;
    rungs.unshift(parts);
  }
}

/** Whether there is still something to decide before all rows are seen. */
function isOpen(contenders: readonly Contender[]): boolean {
  return contenders.filter(({ index }) => index > 0).length > 1;
}

/** The best third, except those clearly worse than the best; and the defaults. */
function survivorsOf(contenders: readonly Contender[]): Contender[] {
  const ranked = byLoss(contenders);
  const [best] = ranked;
  const kept = ranked
    .slice(0, Math.ceil(ranked.length / HALVING))
    .filter((contender) => contender === best || !isClearlyWorse(contender.losses, best.losses));
  const defaults = contenders.find(({ index }) => index === 0);
  return defaults === undefined || kept.includes(defaults) ? kept : [...kept, defaults];
}

function byLoss(contenders: readonly Contender[]): Contender[] {
  return contenders.toSorted(
    (a, b) =>
      a.parts - b.parts || meanAndError(a.losses).mean - meanAndError(b.losses).mean || a.index - b.index,
  );
}

function isClearlyWorse(losses: FoldLosses, best: FoldLosses): boolean {
  const { mean, error } = meanAndError(losses.map((loss, fold) => loss - best[fold]));
  return mean > CLEARLY_WORSE * error;
}

function resultsOf(contenders: readonly Contender[], rowCount: number): TrialResult[] {
  return byLoss(contenders).map(({ configuration, index, parts, losses }) => ({
    configuration,
    isDefault: index === 0,
    rows: Math.round(rowCount / parts),
    logLoss: meanAndError(losses).mean,
  }));
}

/** Progress in rows tried, relative to the number without early dropping. */
class SearchProgress {
  private readonly starts: readonly number[];
  private readonly total: number;
  private done = 0;
  private end = 0;
  private each = 0;
  private detail = "";

  constructor(
    private readonly pulse: Pulse,
    families: number,
    configurations: number,
    private readonly rungs: readonly number[],
  ) {
    let count = configurations;
    const sizes = rungs.map((parts) => {
      const size = (families * count * rungs[0]) / parts;
      count = Math.ceil(count / HALVING) + 1;
      return size;
    });
    this.starts = sizes.map((_, rung) => sizes.slice(0, rung).reduce((sum, size) => sum + size, 0));
    this.total = sizes.reduce((sum, size) => sum + size, 0);
  }

  begin(rung: number, trials: number, known: number): void {
    this.end = this.starts[rung + 1] ?? this.total;
    this.each = trials === 0 ? 0 : (this.end - this.starts[rung]) / trials;
    this.done = this.starts[rung] + known * this.each;
    const part = this.rungs[rung] === 1 ? "all rows" : `1/${this.rungs[rung]} of the rows`;
    this.detail = `round ${rung + 1} of ${this.rungs.length}, ${count(trials, "configuration")} on ${part}`;
    this.report();
  }

  step(family: string): void {
    this.done = Math.min(this.end, this.done + this.each);
    this.report(`, ${family}`);
  }

  finish(): void {
    this.done = this.total;
    this.report();
  }

  private report(more = ""): void {
    const { done, total, detail } = this;
    this.pulse.report({
      phase: "tuning",
      done: Math.round(done),
      total: Math.round(total),
      detail: detail + more,
    });
  }
}
