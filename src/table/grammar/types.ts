/** The types of how cells are read, as entry points export them. */
export type { CellFormat } from "./cell-format.js";
export type { ColumnDeclaration, DeclaredColumn, DeclaredKind } from "./column-plan.js";
export type { ColumnReading, ReadingNote, ReadingNoteKind } from "./column-reading.js";
