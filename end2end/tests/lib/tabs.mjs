// Controls a tab's streams and visibility in a test.

/** Runs in a page before its own scripts: counts EventSources and fakes the tab's visibility. */
export function instrument() {
  const Original = window.EventSource;
  window.streams = [];
  window.EventSource = class extends Original {
    constructor(...args) {
      super(...args);
      window.streams.push(this);
    }
  };
  let hidden = false;
  Object.defineProperty(document, 'hidden', { get: () => hidden });
  Object.defineProperty(document, 'visibilityState', { get: () => (hidden ? 'hidden' : 'visible') });
  window.setHidden = (value) => {
    hidden = value;
    document.dispatchEvent(new Event('visibilitychange'));
  };
}

/** The open or connecting streams. */
export const streams = (page) => page.evaluate(() => window.streams.filter(({ readyState }) => readyState !== EventSource.CLOSED).length);

export const hide = (page) => page.evaluate(() => window.setHidden(true));

/** Shows the tab; resolves to the ms until the selector matched and a stream was open, or to null after `most` ms. */
export const show = (page, selector, most) =>
  page.evaluate(([selector, most]) => {
    const begin = performance.now();
    window.setHidden(false);
    return new Promise((resolve) => {
      const look = () => {
        const took = performance.now() - begin;
        const open = window.streams.some(({ readyState }) => readyState === EventSource.OPEN);
        if (open && document.querySelector(selector)) resolve(took);
        else if (took > most) resolve(null);
        else setTimeout(look, 5);
      };
      look();
    });
  }, [selector, most]);
