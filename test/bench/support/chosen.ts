/** What `--only` names of a list, all of it without. @throws Error with the list for a name that is not in it. */
export function chosenOf<Name extends string>(
  bench: string,
  names: readonly Name[],
  only: string | undefined,
): readonly Name[] {
  if (only === undefined) return names;
  const wanted = only.split(",").map((name) => name.trim());
  const unknown = wanted.filter((name) => !names.some((known) => known === name));
  if (unknown.length > 0)
    throw new Error(`${bench}: --only takes ${names.join(", ")}; received ${unknown.join(", ")}`);
  return names.filter((name) => wanted.includes(name));
}
