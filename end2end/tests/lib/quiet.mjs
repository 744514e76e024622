// Collects forbidden actions of a page: requests to another host, logged errors or warnings, failed requests.

export class Complaints {
  #found = [];
  #allowed = [];

  /** Watches every page of a context; `origin` is the only allowed host. */
  watch(context, origin) {
    const add = (text) => this.#found.push(text);
    context.on('request', (request) => {
      if (new URL(request.url()).origin !== origin) add(`request to another host: ${request.url()}`);
    });
    context.on('requestfailed', (request) => {
      const { errorText } = request.failure() ?? {};
      // The page itself ends fetches and streams that it no longer needs, and the browser ends those of a page that is left.
      const { pathname } = new URL(request.url());
      if (errorText === 'net::ERR_ABORTED' && (pathname.startsWith('/api/v1/') || pathname === '/favicon.svg')) return;
      add(`request failed: ${request.url()} ${errorText}`);
    });
    context.on('response', (response) => {
      if (response.status() >= 400) add(`status ${response.status()}: ${response.url()}`);
    });
    context.on('console', (message) => {
      // Chromium logs this for a page that takes more than some seconds to start, as on a busy machine. A test of the first response
      // checks that the preload is used.
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

  /** Allows these messages from now on, also those already found. */
  allow(pattern) {
    this.#allowed.push(pattern);
  }

  get list() {
    return this.#found.filter((text) => !this.#allowed.some((pattern) => pattern.test(text)));
  }
}
