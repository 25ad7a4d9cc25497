// Keys by physical position (`event.code`): with a Korean input method on, J arrives as ㅓ, or as "Process", or its
// keydown is swallowed and only the keyup reaches the page.

export type KeyMap = Record<string, (event: KeyboardEvent) => void>;

/** What a key event must have for a decision; a plain object, so that it can be tested without a browser. */
export interface Press {
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  isComposing: boolean;
  inField: boolean;
}

/** Whether a press may act at all: not in a field, not while a syllable is composed, not with a modifier. */
export function counts(press: Press): boolean {
  return press.code !== "" && !press.inField && !press.isComposing && !press.ctrlKey && !press.metaKey && !press.altKey;
}

/**
 * Remembers which keys went down, to tell a swallowed keydown from a key pressed before (in a field, on the page before).
 * `down` and `up` say whether to act.
 */
export class Fallback {
  #down = new Set<string>();
  #quietUntil: number;

  constructor(now: number, quiet = 500) {
    this.#quietUntil = now + quiet;
  }

  down(press: Press): boolean {
    if (press.code) this.#down.add(press.code);
    return counts(press);
  }

  up(press: Press, now: number): boolean {
    const seen = this.#down.delete(press.code);
    return !seen && now >= this.#quietUntil && counts(press);
  }
}

const active: { keys: KeyMap; host: Element | undefined }[] = [];
let started = false;

/** Listen to keys, as long as `host` is on the page. A later map wins over an earlier one. */
export function listen(keys: KeyMap, host?: Element): void {
  start();
  for (let i = active.length - 1; i >= 0; i -= 1) if (active[i]!.host?.isConnected === false) active.splice(i, 1);
  active.push({ keys, host });
}

function start(): void {
  if (started) return;
  started = true;
  const fallback = new Fallback(performance.now());
  document.addEventListener("keydown", (event) => {
    if (fallback.down(pressOf(event)) && !event.repeat) act(event);
  });
  document.addEventListener("keyup", (event) => {
    if (fallback.up(pressOf(event), performance.now())) act(event);
  });
}

function act(event: KeyboardEvent): void {
  const name = event.shiftKey ? `Shift+${event.code}` : event.code;
  for (const { keys, host } of [...active].reverse()) {
    const run = host?.isConnected === false ? undefined : keys[name];
    if (run) {
      event.preventDefault();
      run(event);
      return;
    }
  }
}

function pressOf(event: KeyboardEvent): Press {
  const target = event.target as HTMLElement | null;
  const inField = !!target && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || !!document.querySelector("dialog[open]:modal"));
  return {
    code: event.code, ctrlKey: event.ctrlKey, metaKey: event.metaKey, altKey: event.altKey, isComposing: event.isComposing, inField,
  };
}
