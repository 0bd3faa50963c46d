/** From where to where. */
export interface PostcardOptions {
  reports: string;
  token: () => string | Promise<string>;
}

/** Browsers take 64 KiB in all of what is to outlive a page. */
const MOST_CHARACTERS = 60_000;

/** Reports that outlive the page which sends them: nobody reads the answer. @internal */
export class Postcard {
  private known = "";

  constructor(private readonly options: PostcardOptions) {}

  /** A token, for a connection; it is remembered, because a page that goes cannot wait for another one. */
  async token(): Promise<string> {
    this.known = await this.options.token();
    return this.known;
  }

  /** Sends as many reports as a browser takes. */
  send(reports: string[]): void {
    let length = 0;
    const fitting = reports.filter((report) => (length += report.length + 1) < MOST_CHARACTERS);
    if (fitting.length === 0) return;
    const headers: Record<string, string> = { "content-type": "application/json" };
    if (this.known !== "") headers["authorization"] = `Bearer ${this.known}`;
    fetch(this.options.reports, { method: "POST", keepalive: true, headers, body: `{"reports":[${fitting.join(",")}]}` }).catch(() => {});
  }
}
