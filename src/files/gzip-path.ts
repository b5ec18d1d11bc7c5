/** Whether a path asks for gzip. */
export function isGzipPath(path: string): boolean {
  return path.toLowerCase().endsWith(".gz");
}
