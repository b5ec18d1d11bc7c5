import { counted, whole } from "../printing/numbers.js";
import type { Printed } from "../printing/print-as-text.js";
import { printable } from "../printing/printable.js";
import type { RichPart } from "../printing/rich-output.js";
import { textTable } from "../printing/text-table.js";
import type { NextStep, TableDescription } from "./description.js";
import { headLines, sectionsOf } from "./description-sections.js";

/** How `console.log` shows a description. */
export const PRINTED_DESCRIPTION: Printed<TableDescription> = {
  lines: (description) => descriptionLines(description, "call"),
  short: ({ rows, columns }) => `TableDescription ${whole(rows)} × ${columns.length}`,
  parts: (description) => [
    titleOf(description),
    {
      head: ["", ""],
      rows: headLines(description).map(([heading, text]) => [heading, text]),
      isRight: [false, false],
    },
    ...sectionsOf(description).flatMap(({ heading, table, items = [] }): RichPart[] => [
      table === undefined ? heading : { caption: heading, ...table },
      ...items,
    ]),
    ...description.next.map((step, at) => stepLines(step, at + 1, "call").join(" ")),
  ],
};

/** Headings are as wide as the longest, and two blanks. */
const HEADING_WIDTH = 10;

/** A description for a terminal. @param surface whether next steps are commands or calls. */
export function descriptionLines(description: TableDescription, surface: "command" | "call"): string[] {
  return [
    titleOf(description),
    ...headLines(description).map(([heading, text]) => `${heading.padEnd(HEADING_WIDTH)}${printable(text)}`),
    ...sectionsOf(description).flatMap(({ heading, table, items = [] }) => [
      "",
      heading,
      ...(table === undefined ? [] : textTable(table.head, table.rows).split("\n")),
      ...items.map((item) => `- ${printable(item)}`),
    ]),
    "",
    "Next",
    ...description.next.flatMap((step, at) => stepLines(step, at + 1, surface)),
  ];
}

function titleOf({ source, rows, columns }: TableDescription): string {
  const title = source ?? `${counted(rows, "row")} × ${counted(columns.length, "column")}`;
  return `Description of ${printable(title)}`;
}

function stepLines(step: NextStep, number: number, surface: "command" | "call"): string[] {
  const how = step[surface] ?? step.call;
  return [`${number}. ${printable(step.what)}`, ...(how === null ? [] : [`   ${printable(how)}`])];
}
