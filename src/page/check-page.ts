import { argumentProblem, count, HoldfastError, type Problem } from "../errors.js";
import type { Block, Page, PageTable } from "./page.js";

/**
 * Makes sure that the names and anchors of a page can be used as such.
 * @param name with which the names of its files begin.
 * @throws HoldfastError with all that are not allowed, and those that appear twice.
 */
export function checkPage(functionName: string, page: Page, name: string): void {
  const problem = (argument: string, expected: string, received: unknown): Problem =>
    argumentProblem(functionName, argument, expected, received);
  const ids = page.sections.flatMap(({ id, blocks }) => [id, ...blocks.flatMap(idsOf)]);
  const problems = [
    ...(/^[^/\\\p{Cc}]+$/u.test(name) && !name.startsWith(".")
      ? []
      : [problem("name", "must be the name of a file, without a folder", name)]),
    ...ids
      .filter((id) => !/^[a-z0-9-]+$/u.test(id))
      .map((id) => problem("page", "ids must be of a-z, 0-9 and -", id)),
    ...ids
      .filter((id, place) => ids.indexOf(id) !== place)
      .map((id) => problem("page", "ids must be unique", id)),
    ...page.sections
      .flatMap(({ blocks }) => blocks.flatMap(tablesOf))
      .flatMap(({ id, head, rows }) =>
        rows
          .filter((row) => row.length !== head.length)
          .slice(0, 1)
          .map((row) =>
            problem("page", `rows of table ${id} must have ${count(head.length, "cell")}`, row.length),
          ),
      ),
  ];
  if (problems.length > 0) throw new HoldfastError(problems);
}

function idsOf(block: Block): string[] {
  if (block.is === "details") return block.blocks.flatMap(idsOf);
  if (block.is === "table") return [block.table.id];
  return block.is === "pictures" ? block.pictures.map(({ id }) => id) : [];
}

function tablesOf(block: Block): PageTable[] {
  if (block.is === "details") return block.blocks.flatMap(tablesOf);
  return block.is === "table" ? [block.table] : [];
}
