import { argumentProblem, HoldfastError } from "../../errors.js";

/**
 * The package that frames are made with: the one that the caller passed, or the one that is installed.
 * @param has the members that are used of it.
 * @throws HoldfastError `dependency.missing` where it is not installed, `argument.invalid` for something else in its place.
 */
export async function loadPeer<Peer extends object>(
  functionName: string,
  argument: string,
  given: unknown,
  name: string,
  has: readonly (keyof Peer & string)[],
): Promise<Peer> {
  if (given === undefined) return membersOf<Peer>(await imported(functionName, name), has) as Peer;
  const found =
    typeof given === "object" || typeof given === "function" ? membersOf<Peer>(given, has) : undefined;
  if (found !== undefined) return found;
  const expected = `must be the module ${name}, left out for the one that is installed`;
  throw new HoldfastError(argumentProblem(functionName, argument, expected, given));
}

/** A module has its members itself, or as those of its default export. */
function membersOf<Peer extends object>(
  module: unknown,
  has: readonly (keyof Peer & string)[],
): Peer | undefined {
  const inside = (module as { readonly default?: unknown } | null)?.default;
  for (const candidate of [module, inside]) {
    const members = candidate as Readonly<Record<string, unknown>> | null | undefined;
    if (members !== null && members !== undefined && has.every((name) => members[name] !== undefined))
      return members as unknown as Peer;
  }
  return undefined;
}

async function imported(functionName: string, name: string): Promise<unknown> {
  try {
    return await import(name);
  } catch (error) {
    const reason = error instanceof Error ? `; ${error.message.split("\n", 1)[0]}` : "";
    throw new HoldfastError({
      code: "dependency.missing",
      path: { function: functionName },
      expected: `must have ${name} installed, or be given it as the second argument`,
      received: undefined,
      hint: `npm install ${name}${reason}`,
    });
  }
}
