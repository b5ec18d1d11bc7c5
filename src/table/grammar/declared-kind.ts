/** What a column can be declared as: a kind of column, or a numeric one that holds dates. */
export type DeclaredKind = "numeric" | "categorical" | "text" | "date";

export const DECLARED_KINDS: readonly DeclaredKind[] = ["numeric", "categorical", "text", "date"];
