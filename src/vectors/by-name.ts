/** Columns and levels by the code units of their names: an order that does not depend on the table's. */
export function byName<Named extends { readonly name: string }>(columns: readonly Named[]): Named[] {
  return [...columns].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Names by their code units. */
export function inOrder(names: readonly string[]): string[] {
  return [...names].sort();
}
