// Collects what a page must not do: talk to another host, log an error or a warning, fail a request.

export class Complaints {
  #found = [];
  #allowed = [];

  /** Watches every page of a context; `origin` is the only one that it may talk to. */
  watch(context, origin) {
    const add = (text) => this.#found.push(text);
    context.on('request', (request) => {
      if (new URL(request.url()).origin !== origin) add(`request to another host: ${request.url()}`);
    });
    context.on('requestfailed', (request) => {
      const { errorText } = request.failure() ?? {};
      // The page itself ends a fetch or a stream that it no longer needs, and the browser what a page that is left still loads.
      const { pathname } = new URL(request.url());
      if (errorText === 'net::ERR_ABORTED' && (pathname.startsWith('/api/v1/') || pathname === '/favicon.svg')) return;
      add(`request failed: ${request.url()} ${errorText}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 400) add(`status ${response.status()}: ${response.url()}`);
    });
    context.on('console', (message) => {
      // Chromium says so of a page that takes more than some seconds to start, as a busy machine makes it. Whether the preload is
      // used at all is a test of the first response.
      if (/was preloaded using link preload but not used within a few seconds/.test(message.text())) return;
      if (['error', 'warning'].includes(message.type())) add(`console ${message.type()}: ${message.text()}`);
    });
    context.on('weberror', (error) => add(`exception: ${error.error()}`));
    context.on('page', (page) => {
      page.on('websocket', (socket) => add(`websocket: ${socket.url()}`));
      page.on('crash', () => add('the page crashed'));
    });
    return this;
  }

  /** From now on, and for what was found already: this is as it must be here. */
  allow(pattern) {
    this.#allowed.push(pattern);
  }

  get list() {
    return this.#found.filter((text) => !this.#allowed.some((pattern) => pattern.test(text)));
  }
}
