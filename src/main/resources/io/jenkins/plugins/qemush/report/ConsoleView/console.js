// Shows a console log of any size: a window of lines that grows where one scrolls and shrinks at the other end. Text
// comes as text and is never parsed as markup. Asks for what is new only while the machine runs and somebody looks.
(function () {
  "use strict";

  const PAGE = 500;
  const MOST_SHOWN = 4000;
  const NEAR = 400;
  const FAST_MILLIS = 1000;
  const SLOW_MILLIS = 5000;

  class Viewer {
    constructor(root) {
      this.root = root;
      this.box = root.querySelector(".qemush-console__lines");
      this.state = root.querySelector(".qemush-console__state");
      this.count = root.querySelector(".qemush-console__count");
      this.input = root.querySelector("input[type=search]");
      this.matches = [];
      this.match = -1;
      this.pause = FAST_MILLIS;
      this.atEnd = false;
      this.live = true;
      this.busy = Promise.resolve();
      this.rest = document.createElement("div");
      this.rest.className = "qemush-console__line qemush-console__line--rest";
      this.listen();
      this.do(() => this.open(this.lineInHash()));
      this.follow();
    }

    listen() {
      const on = (selector, event, work) => this.root.querySelector(selector).addEventListener(event, work);
      on("form", "submit", (event) => {
        event.preventDefault();
        this.do(() => this.search());
      });
      on(".qemush-console__next", "click", () => this.do(() => this.showMatch(1)));
      on(".qemush-console__previous", "click", () => this.do(() => this.showMatch(-1)));
      on(".qemush-console__first", "click", () => this.do(() => this.open(1)));
      on(".qemush-console__last", "click", () => this.do(() => this.open(0)));
      this.box.addEventListener("scroll", () => this.scrolled(), { passive: true });
      window.addEventListener("hashchange", () => this.do(() => this.open(this.lineInHash())));
    }

    // One thing after the other: two answers never mix.
    do(work) {
      this.busy = this.busy.then(work).catch((error) => this.tell(String(error.message || error)));
      return this.busy;
    }

    async ask(question, parameters) {
      const url = this.root.dataset.url + question + "?" + new URLSearchParams(parameters);
      const answer = await fetch(url, { cache: "no-store" });
      if (!answer.ok) {
        throw new Error(answer.status + " " + answer.statusText);
      }
      const page = await answer.json();
      if (page.error) {
        throw new Error(page.error);
      }
      return page;
    }

    lineInHash() {
      const found = /^#L([0-9]{1,12})$/.exec(window.location.hash);
      return found ? Number(found[1]) : 0;
    }

    // 0 stands for the end.
    async open(line) {
      const shown = line > 0 && this.find(line);
      if (!shown) {
        const page =
          line > 0
            ? await this.ask("lines", { from: Math.max(1, line - PAGE / 2), count: PAGE })
            : await this.ask("end", { count: PAGE });
        this.box.replaceChildren();
        this.append(page);
      }
      if (line > 0) {
        this.mark(line);
      } else {
        this.box.scrollTop = this.box.scrollHeight;
      }
    }

    find(line) {
      return this.box.querySelector("[data-line='" + line + "']");
    }

    mark(line) {
      this.box.querySelectorAll(".qemush-console__line--current").forEach((old) => {
        old.classList.remove("qemush-console__line--current");
      });
      const element = this.find(line);
      if (element) {
        element.classList.add("qemush-console__line--current");
        element.scrollIntoView({ block: "center" });
      }
    }

    append(page) {
      this.box.append(...page.lines.map((line) => this.render(line)));
      this.rest.replaceChildren(...this.spans(page.rest));
      this.box.append(this.rest);
      this.after = { offset: page.offset, line: page.line };
      this.atEnd = page.end;
      this.live = page.live;
      this.showState();
      this.shrink(true);
    }

    async more() {
      const bottom = this.isAtBottom();
      const page = await this.ask("after", this.after);
      this.append(page);
      if (bottom && this.root.dataset.follow !== "false") {
        this.box.scrollTop = this.box.scrollHeight;
      }
      return page.lines.length > 0;
    }

    async before() {
      const first = Number(this.box.firstElementChild?.dataset.line || 1);
      if (first <= 1) {
        return;
      }
      const from = Math.max(1, first - PAGE);
      const page = await this.ask("lines", { from, count: first - from });
      const height = this.box.scrollHeight;
      this.box.prepend(...page.lines.map((line) => this.render(line)));
      this.box.scrollTop += this.box.scrollHeight - height;
      this.shrink(false);
    }

    // Where the window was cut at its end, the end is to be asked for again.
    shrink(atBegin) {
      while (this.box.childElementCount > MOST_SHOWN) {
        if (atBegin) {
          const height = this.box.scrollHeight;
          this.box.firstElementChild.remove();
          this.box.scrollTop -= height - this.box.scrollHeight;
        } else {
          this.rest.remove();
          this.box.lastElementChild.remove();
          this.cut = true;
        }
      }
    }

    isAtBottom() {
      return this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < 40;
    }

    scrolled() {
      if (this.scrolling) {
        return;
      }
      const up = this.box.scrollTop < NEAR;
      const down = this.box.scrollHeight - this.box.scrollTop - this.box.clientHeight < NEAR;
      const work = up ? () => this.before() : down && this.cut ? () => this.rejoin() : null;
      const next = work || (down && !this.atEnd ? () => this.more() : null);
      if (next) {
        this.scrolling = true;
        this.do(next).finally(() => {
          this.scrolling = false;
        });
      }
    }

    async rejoin() {
      const last = Number(this.box.lastElementChild?.dataset.line || 0);
      const page = await this.ask("lines", { from: last + 1, count: PAGE });
      this.cut = false;
      this.append(page);
    }

    render(line) {
      const element = document.createElement("div");
      element.className = "qemush-console__line";
      element.dataset.line = line.n;
      const number = document.createElement("a");
      number.className = "qemush-console__number";
      number.href = "#L" + line.n;
      number.textContent = line.n;
      const text = document.createElement("span");
      text.className = "qemush-console__text";
      text.append(...this.spans(line.s));
      element.append(number, text);
      if (line.v) {
        element.classList.add("qemush-console__line--verdict");
        const verdict = document.createElement("strong");
        verdict.className = "qemush-console__verdict";
        verdict.textContent = line.v;
        text.append(verdict);
      }
      return element;
    }

    spans(spans) {
      return spans.map(([text, styles]) => {
        const span = document.createElement("span");
        span.textContent = text;
        span.className = styles
          .split(" ")
          .filter((style) => /^[a-z-]+$/.test(style))
          .map((style) => "qemush-ansi-" + style)
          .join(" ");
        return span;
      });
    }

    tell(text) {
      this.state.textContent = text;
    }

    showState() {
      const empty = this.box.childElementCount <= 1 && this.rest.childElementCount === 0;
      this.tell(this.live ? this.root.dataset.live : empty ? this.root.dataset.empty : "");
    }

    async search() {
      const q = this.input.value.trim();
      if (q === "") {
        return;
      }
      const page = await this.ask("search", { q });
      this.matches = page.lines.map((line) => line.n);
      this.most = page.end ? "" : "+";
      this.match = -1;
      await this.showMatch(1);
    }

    async showMatch(step) {
      const total = this.matches.length;
      if (total === 0) {
        this.count.textContent = this.root.dataset.none;
        return;
      }
      this.match = (this.match + step + total) % total;
      this.count.textContent = this.match + 1 + " " + this.root.dataset.found + " " + total + this.most;
      await this.open(this.matches[this.match]);
    }

    follow() {
      setTimeout(() => {
        if (!document.contains(this.root)) {
          return;
        }
        const wanted = !document.hidden && this.live && this.atEnd && !this.cut;
        const asked = wanted ? this.do(() => this.more().then((came) => this.pace(came))) : Promise.resolve();
        asked.finally(() => {
          if (this.live) {
            this.follow();
          }
        });
      }, this.pause);
    }

    pace(came) {
      this.pause = came ? FAST_MILLIS : Math.min(SLOW_MILLIS, this.pause * 1.5);
    }
  }

  Behaviour.specify(".qemush-console", "qemush-console", 0, (element) => new Viewer(element));
})();
