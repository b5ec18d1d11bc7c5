// Compares the numbers of tests that docs/reliability.md states, such as "149 in `test/model-file/`", with the report of
// a run of all tests: as many or more must be there, and none of them fail. Those that need a server may be skipped.
import { readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const [report] = process.argv.slice(2);
const { testResults } = JSON.parse(readFileSync(report, "utf8"));
const page = readFileSync(join(ROOT, "docs/reliability.md"), "utf8");

/** Tests in a file, or in the files of a folder, that did not fail. */
function passedIn(path) {
  return testResults
    .filter(({ name }) => relative(ROOT, name).startsWith(path))
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status !== "failed").length;
}

const stated = [...page.matchAll(/([\d,]+) in `(test\/[^`]+)`/gu)];
const wrong = stated.flatMap(([, number, path]) => {
  const passed = passedIn(path);
  return passed >= Number(number.replaceAll(",", "")) ? [] : [`${path}: ${number} stated, ${passed} passed`];
});
if (stated.length === 0) wrong.push("docs/reliability.md states no number of tests");
for (const line of wrong) console.error(line);
process.exitCode = wrong.length === 0 ? 0 : 1;
