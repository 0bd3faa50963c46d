/** What a worker does when its page goes and comes. @internal */
export interface PageGuest {
  /** The page goes, perhaps for good; nothing can be waited for. */
  vanish(): void;
  /** It was only hidden. */
  reappear(): void;
}

/** Tells a worker when its page is closed, left, or shown again from the browser's cache. Answers what ends it. @internal */
export function watchPage(page: EventTarget | null, guest: PageGuest): () => void {
  const gone = () => guest.vanish();
  const back = (event: Event) => {
    if ((event as PageTransitionEvent).persisted) guest.reappear();
  };
  page?.addEventListener("pagehide", gone);
  page?.addEventListener("pageshow", back);
  return () => {
    page?.removeEventListener("pagehide", gone);
    page?.removeEventListener("pageshow", back);
  };
}
