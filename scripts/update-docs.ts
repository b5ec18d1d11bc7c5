/** Writes the parts of README.md that derive from lists: between `<!-- begin NAME -->` and `<!-- end NAME -->`. */
import { readFile, writeFile } from "node:fs/promises";
import { DERIVED, withDerived } from "../test/support/derived-docs.js";

const readme = new URL("../README.md", import.meta.url);
await writeFile(readme, withDerived(await readFile(readme, "utf8"), DERIVED));
