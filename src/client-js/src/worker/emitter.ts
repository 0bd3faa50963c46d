type Listener<Event> = (event: Event) => void;

/** Calls listeners by the name of an event. @internal */
export class Emitter<Events extends object> {
  private readonly listeners = new Map<keyof Events, Set<Listener<never>>>();

  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): void {
    let all = this.listeners.get(name);
    if (all === undefined) this.listeners.set(name, (all = new Set()));
    all.add(listener as Listener<never>);
  }

  off<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): void {
    const all = this.listeners.get(name);
    all?.delete(listener as Listener<never>);
    if (all?.size === 0) this.listeners.delete(name);
  }

  /** Whether anybody listens: asked before an event is made. */
  has(name: keyof Events): boolean {
    return this.listeners.has(name);
  }

  /** A listener that throws is told on the console; it harms nobody else. */
  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    const all = this.listeners.get(name);
    if (all === undefined) return;
    for (const listener of all) {
      try {
        (listener as Listener<Events[Name]>)(event);
      } catch (error) {
        console.error(`worcr: a listener of "${String(name)}" threw.`, error);
      }
    }
  }
}
