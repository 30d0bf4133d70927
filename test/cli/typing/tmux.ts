/** A real terminal with a screen and a scrollback, by tmux: what a person would see, and type. */
import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect } from "vitest";

const LIMIT_MS = 30_000;

export class Terminal {
  readonly #socket: string;

  constructor(folder: string, columns: number, rows: number, command: string) {
    this.#socket = path.join(folder, "tmux");
    const size = ["-x", String(columns), "-y", String(rows)];
    this.#tmux("-f", "/dev/null", "new-session", "-d", ...size, `cd ${folder}; ${command}`);
  }

  #tmux(...args: readonly string[]): string {
    return execFileSync("tmux", ["-S", this.#socket, ...args], { encoding: "utf8" });
  }

  /** Keys by their names, letters as they are. */
  press(...keys: readonly string[]): void {
    this.#tmux("send-keys", ...keys);
  }

  type(text: string): void {
    this.#tmux("send-keys", "-l", text);
  }

  paste(text: string): void {
    execFileSync("tmux", ["-S", this.#socket, "load-buffer", "-"], { input: text });
    this.#tmux("paste-buffer", "-p");
  }

  resize(columns: number, rows: number): void {
    this.#tmux("resize-window", "-x", String(columns), "-y", String(rows));
  }

  screen(): string {
    return this.#tmux("capture-pane", "-p");
  }

  scrollback(): string {
    return this.#tmux("capture-pane", "-p", "-S", "-");
  }

  /** What runs in it: the name of its program. */
  program(): string {
    return this.#tmux("display-message", "-p", "#{pane_current_command}").trim();
  }

  /** Whether the terminal itself shows what is typed; a shell at its prompt does that for it. */
  isEchoing(): boolean {
    const tty = this.#tmux("display-message", "-p", "#{pane_tty}").trim();
    return /(^| )echo( |;|$)/m.test(execFileSync("stty", ["-F", tty, "-a"], { encoding: "utf8" }));
  }

  async shows(text: string | RegExp): Promise<string> {
    const begun = Date.now();
    for (;;) {
      const screen = this.screen();
      const flat = screen.replace(/\s+/g, " ");
      if (typeof text === "string" ? flat.includes(text) : text.test(screen)) return screen;
      if (Date.now() - begun > LIMIT_MS) expect(flat).toMatch(text);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
  }

  end(): void {
    try {
      this.#tmux("kill-server");
    } catch {
      // It had ended by itself.
    }
  }
}
