/** Failed logins of an address within a minute, after which further ones are answered 429. */
const MOST_FAILURES = 20;
const WINDOW_MS = 60_000;
/** Addresses that are remembered; the oldest are forgotten first. */
const MOST_ADDRESSES = 10_000;

interface Failures {
  readonly since: number;
  count: number;
}

/**
 * Counts failed logins by address. Callers with a known token are never refused: behind a proxy many of them may share an address
 * with one that has an old token.
 */
export class FailedLogins {
  private readonly byAddress = new Map<string, Failures>();

  constructor(private readonly now: () => number = Date.now) {}

  /** Notes a failure. @returns seconds until the next one is compared again, 0 as long as there were few. */
  add(address: string): number {
    const now = this.now();
    let failures = this.byAddress.get(address);
    if (failures === undefined || now - failures.since >= WINDOW_MS) {
      failures = { since: now, count: 0 };
      this.byAddress.delete(address);
      this.byAddress.set(address, failures);
      if (this.byAddress.size > MOST_ADDRESSES) this.forgetOldest();
    }
    failures.count++;
    return failures.count <= MOST_FAILURES ? 0 : Math.ceil((failures.since + WINDOW_MS - now) / 1000);
  }

  private forgetOldest(): void {
    for (const address of this.byAddress.keys()) {
      this.byAddress.delete(address);
      return;
    }
  }
}
