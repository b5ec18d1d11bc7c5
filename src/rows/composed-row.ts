/** A row whose names are composed (Unicode NFC), as those of tables are; undefined where they are already. */
export function composedRow(
  row: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | undefined {
  const names = Object.keys(row);
  if (names.every((name) => name.normalize("NFC") === name)) return undefined;
  return Object.fromEntries(names.map((name) => [name.normalize("NFC"), row[name]]));
}
