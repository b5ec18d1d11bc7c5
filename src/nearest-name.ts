/** Longer lists of names are cut in messages. */
const SHOWN_NAMES = 20;

/**
 * The name that was probably meant: one that differs only in case, blanks, dashes and underscores; else the one with the
 * fewest typing errors, at most one in three characters; else the shortest one that contains it or is contained in it.
 * Of equally near ones the first. Characters are code points, so that Chinese names are compared as people read them.
 */
export function nearestName(name: string, names: readonly string[]): string | undefined {
  const wanted = simplified(name);
  if (wanted === "") return undefined;
  const same = names.find((each) => simplified(each) === wanted);
  return same ?? nearestByEdits(wanted, names) ?? nearestByPart(wanted, names);
}

/** `did you mean "tenure"?`, as the hint of an error; undefined where no name is near. */
export function didYouMean(name: string, names: readonly string[]): string | undefined {
  const nearest = nearestName(name, names);
  return nearest === undefined ? undefined : `did you mean ${JSON.stringify(nearest)}?`;
}

/** `tenure, plan, region`; of long lists the first 20 and how many more there are. */
export function listOfNames(names: readonly string[]): string {
  const rest = names.length - SHOWN_NAMES;
  return rest > 0 ? `${names.slice(0, SHOWN_NAMES).join(", ")} and ${rest} more` : names.join(", ");
}

function simplified(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/gu, "");
}

function nearestByEdits(wanted: string, names: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let fewest = Math.max(1, Math.floor([...wanted].length / 3)) + 1;
  for (const name of names) {
    const edits = editDistance([...wanted], [...simplified(name)]);
    // A name of one or two characters is another name when one of them differs.
    if (edits < fewest && edits < [...simplified(name)].length / 2) {
      fewest = edits;
      nearest = name;
    }
  }
  return nearest;
}

function nearestByPart(wanted: string, names: readonly string[]): string | undefined {
  if ([...wanted].length < 2) return undefined;
  const related = names.filter((name) => {
    const other = simplified(name);
    return other.includes(wanted) || ([...other].length > 1 && wanted.includes(other));
  });
  const shortest = Math.min(...related.map((name) => name.length));
  return related.find((name) => name.length === shortest);
}

/** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment; Damerau 1964). */
function editDistance(a: readonly string[], b: readonly string[]): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(replaced, last[j] + 1, row[j - 1] + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], before[j - 2] + 1);
      }
    }
    before = last;
    last = row;
  }
  return last[b.length];
}
