import { InvalidArgumentError } from "commander";
import { invalidArgument } from "../../errors.js";

/** A parser for an option that takes a whole number ≥ 0. */
export function wholeNumber(option: string): (text: string) => number {
  return (text) =>
    /^\d+$/.test(text)
      ? Number(text)
      : invalidArgument("holdfast", option, "must be a whole number ≥ 0", text);
}

/** A parser for an option that takes a share, such as 0.5 or 50%. */
export function share(option: string): (text: string) => number {
  return (text) => {
    const number = Number(text.replace(/%$/u, "")) / (text.endsWith("%") ? 100 : 1);
    return /^[\d.]+%?$/u.test(text) && number >= 0 && number <= 1
      ? number
      : invalidArgument("holdfast", option, "must be a share from 0 to 1, or of 0% to 100%", text);
  };
}

/** A parser for an option that takes one or more of some names, with commas between. */
export function namesOf<Name extends string>(known: readonly Name[]): (text: string) => Name[] {
  return (text) =>
    text.split(",").map((each) => {
      const name = known.find((candidate) => candidate === each.trim());
      if (name === undefined)
        throw new InvalidArgumentError(`It must be one or more of ${known.join(", ")}.`);
      return name;
    });
}

/** A parser for an option that is given once for each of several names. */
export function collect(name: string, all: readonly string[] = []): string[] {
  return [...all, name];
}
