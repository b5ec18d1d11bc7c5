/**
 * What a table holds and what to do with it: the first thing to ask about your own file.
 *
 * `describeTable(table, { label })` gives plain data about every column (kind, missing and distinct values, distribution,
 * what was decided when it was read, what it alone says about churn), about rows that repeat, several rows of one
 * subscriber, probable leaks and roles of columns, and the next steps with the commands and calls to take them.
 * `console.log` prints it, `descriptionMarkdown` makes a page of it; `holdfast describe customers.csv` does the same on the
 * command line.
 *
 * @example
 * import { readTable } from "holdfast";
 * import { describeTable, descriptionMarkdown } from "holdfast/describe";
 *
 * const description = describeTable(await readTable("customers.csv"), { label: "churn" });
 * console.log(description);
 * console.log(descriptionMarkdown(description));
 * @packageDocumentation
 */

export { HoldfastError } from "../errors.js";
export { describeTable } from "./describe-table.js";
export { type DescriptionMarkdownOptions, descriptionMarkdown } from "./description-markdown.js";

// The types of their arguments and results.

export type { Problem, ProblemCode, ProblemPath } from "../errors.js";
export type { TrainingNote } from "../model-file/churn/training-note.js";
export type { CategoricalColumn, Column, NumericColumn, Table, TextColumn } from "../table/column.js";
export type * from "../table/grammar/types.js";
export type * from "./description.js";
