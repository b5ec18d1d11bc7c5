/** The name of a column without surrounding white space and composed (Unicode NFC), whoever writes it. */
export function columnName(written: string): string {
  return written.trim().normalize("NFC");
}
