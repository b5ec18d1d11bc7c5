import { checkOptions, type OptionNames } from "../arguments.js";
import { invalidArgument } from "../errors.js";
import { printable } from "../printing/printable.js";
import { markdownTable } from "../printing/text-table.js";
import type { TableDescription } from "./description.js";
import { headLines, sectionsOf } from "./description-sections.js";

/** Options of {@link descriptionMarkdown}. */
export interface DescriptionMarkdownOptions {
  /** The heading. Default: what the table was read from. */
  readonly title?: string | undefined;
}

const MARKDOWN_OPTIONS: OptionNames<DescriptionMarkdownOptions> = { title: "optional" };

/**
 * A description of a table as Markdown, its tables aligned so that it is readable in a terminal too.
 * @param description of `describeTable`.
 * @param options `title`: the heading; default: what the table was read from.
 * @example await writeFile("customers.md", descriptionMarkdown(describeTable(table, { label: "churn" })))
 * @throws HoldfastError for something else in the place of a description, and unknown options.
 */
export function descriptionMarkdown(
  description: TableDescription,
  options: DescriptionMarkdownOptions = {},
): string {
  checkDescription(description);
  checkOptions("descriptionMarkdown", options, MARKDOWN_OPTIONS);
  const { title = description.source ?? "Table" } = options;
  const sections = [
    `# ${printable(title)}`,
    headLines(description)
      .map(([heading, text]) => `- ${heading}: ${printable(text)}`)
      .join("\n"),
    ...sectionsOf(description).flatMap(({ heading, table, items = [] }) => [
      `## ${heading}`,
      table === undefined ? items.map((item) => `- ${printable(item)}`).join("\n") : markdownTable(table),
    ]),
    "## Next",
    description.next
      .map(({ what, command, call }, at) => {
        const how = command ?? call;
        return `${at + 1}. ${printable(what)}${how === null ? "" : `\n\n   \`${printable(how)}\``}`;
      })
      .join("\n"),
  ];
  return `${sections.join("\n\n")}\n`;
}

function checkDescription(description: unknown): void {
  const { columns, next } = (description ?? {}) as { readonly columns?: unknown; readonly next?: unknown };
  if (Array.isArray(columns) && Array.isArray(next)) return;
  const hint = Array.isArray(columns)
    ? "describe it first: describeTable(table)"
    : "describeTable(table) gives one";
  invalidArgument(
    "descriptionMarkdown",
    "description",
    "must be a TableDescription",
    Array.isArray(columns) ? undefined : description,
    hint,
  );
}
