import { type Problem, Problems } from "../errors.js";
import { didYouMean } from "../nearest-name.js";

/** What a problem says beside its argument: the row from 1, and a hint. */
interface Details {
  readonly row?: number;
  readonly hint?: string | undefined;
}

/** Collects what is wrong with the arguments of a function. */
export class ArgumentCheck {
  private readonly problems = new Problems();

  constructor(private readonly functionName: string) {}

  add(argument: string, expected: string, received: unknown, { row, hint }: Details = {}): void {
    const path = { function: this.functionName, argument, ...(row === undefined ? {} : { row }) };
    const problem: Problem = { code: "argument.invalid", path, expected, received };
    this.problems.add(hint === undefined ? problem : { ...problem, hint });
  }

  whole(argument: string, value: number, minimum: number, maximum: number): void {
    if (Number.isInteger(value) && value >= minimum && value <= maximum) return;
    this.add(argument, `must be a whole number from ${minimum} to ${maximum}`, value);
  }

  share(argument: string, value: number): void {
    if (typeof value === "number" && value >= 0 && value <= 1) return;
    this.add(argument, "must be a share from 0 to 1", value);
  }

  trueOrFalse(argument: string, value: boolean): void {
    if (typeof value !== "boolean") this.add(argument, "must be true or false", value);
  }

  /** A list of at least one of some names. */
  names(argument: string, list: readonly string[], known: readonly string[]): void {
    if (!Array.isArray(list) || list.length === 0) {
      const what = argument.slice(argument.lastIndexOf(".") + 1);
      this.add(argument, `must be a list of ${what}: ${known.join(", ")}`, list);
      return;
    }
    for (const name of list) this.name(argument, name, known);
  }

  name(argument: string, name: string, known: readonly string[]): void {
    if (known.includes(name)) return;
    const hint = typeof name === "string" ? didYouMean(name, known) : undefined;
    this.add(argument, `must be ${known.join(", ")}`, name, { hint });
  }

  /** @throws HoldfastError with all that was added. */
  throwIfAny(): void {
    this.problems.throwIfAny();
  }
}
