/**
 * Writes what derives from elsewhere in the pages for readers: tables of lists, between `<!-- begin NAME -->` and
 * `<!-- end NAME -->`, and what the examples print. Names of pages as arguments; default: all, and the schema of job files.
 */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { schemaText } from "../src/scoring/nightly/job-schema.js";
import { runPage, withOutputs } from "../test/pages/page.js";
import { withDerived } from "../test/support/derived-docs.js";

const pages = process.argv.slice(2);
if (pages.length === 0) {
  await writeFile("schemas/job.schema.json", schemaText());
  pages.push(
    "README.md",
    join("datasets", "README.md"),
    ...(await readdir("docs")).map((name) => join("docs", name)),
  );
}
for (const page of pages) {
  const text = withDerived(await readFile(page, "utf8"));
  const folder = await mkdtemp(join(tmpdir(), "holdfast-page-"));
  await writeFile(page, withOutputs(text, await runPage(text, folder)));
  await rm(folder, { recursive: true });
  console.log(page);
}
