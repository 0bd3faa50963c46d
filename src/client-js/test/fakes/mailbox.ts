/** Keeps what happens until somebody waits for it; a wait that is never met says what it was for. */
export class Mailbox<T> {
  private readonly items: T[] = [];
  private readonly waiting: { what: string; test: (item: T) => boolean; done: (item: T) => void }[] = [];

  get all(): readonly T[] {
    return this.items;
  }

  put(item: T): void {
    const index = this.waiting.findIndex((each) => each.test(item));
    if (index < 0) this.items.push(item);
    else this.waiting.splice(index, 1)[0]!.done(item);
  }

  /** Takes the first item that passes, now or when it comes. */
  take(what: string, test: (item: T) => boolean = () => true): Promise<T> {
    const index = this.items.findIndex(test);
    if (index >= 0) return Promise.resolve(this.items.splice(index, 1)[0]!);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`Never came: ${what}`)), 5_000);
      const done = (item: T) => {
        clearTimeout(timer);
        resolve(item);
      };
      this.waiting.push({ what, test, done });
    });
  }
}
