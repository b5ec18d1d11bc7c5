// Looks for the words of .ci/private-words.txt in tracked files, prints where they are and what to write instead, and
// fails when there are any. Run by `npm run check:words`.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../", import.meta.url));
const SEARCHED =
  "src test docs README.md CONTRIBUTING.md ARCHITECTURE.md datasets/README.md examples notebooks scripts".split(
    " ",
  );
/** Data, and what is generated: their words are not written by hand. */
const SKIPPED = /^(src\/kernel\/generated|test\/golden)\/|\.(json|ndjson|csv|tsv|parquet|arrow|gz|png)$/;

const rules = readFileSync(`${root}.ci/private-words.txt`, "utf8")
  .split("\n")
  .filter((line) => line.trim() !== "" && !line.startsWith("#"))
  .map((line) => {
    const [pattern, advice] = line.split("=>").map((part) => part.trim());
    // Where a sentence continues on the next line, comment marks may be between two words.
    const words = pattern.replaceAll(" ", "[\\s*/#>]+");
    return { expression: new RegExp(`(?<![\\p{L}\\p{N}_])(?:${words})(?![\\p{L}\\p{N}_])`, "giu"), advice };
  });

const files = execFileSync("git", ["ls-files", "-z", "--", ...SEARCHED], { cwd: root, encoding: "utf8" })
  .split("\0")
  .filter((file) => file !== "" && !SKIPPED.test(file) && existsSync(`${root}${file}`));

let found = 0;
for (const file of files) {
  const text = readFileSync(`${root}${file}`, "utf8");
  const hits = rules.flatMap(({ expression, advice }) =>
    [...text.matchAll(expression)].map(({ index, 0: words }) => ({ index, words, advice })),
  );
  let end = 0;
  for (const { index, words, advice } of hits.sort((a, b) => a.index - b.index)) {
    if (index < end) continue; // part of the previous hit
    end = index + words.length;
    const line = text.slice(0, index).split("\n").length;
    console.error(`${file}:${line}: ${words.replaceAll(/[\s*/#>]+/g, " ")} → ${advice}`);
    found++;
  }
}
if (found > 0) {
  console.error(`${found === 1 ? "1 word" : `${found} words`} of .ci/private-words.txt`);
  process.exitCode = 1;
}
