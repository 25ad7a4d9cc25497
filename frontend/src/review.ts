// One key decides and moves on. The next records are fetched before they are wanted, so that moving on is instant.

import { listen } from "./keys.ts";
import { post, undo } from "./correct.ts";
import { go, tell } from "./room.ts";

const ahead = new Map<string, Promise<string>>();
let stop: (() => void) | undefined;
let last = "";

export function review(host: HTMLElement): void {
  stop?.();
  prefetch(host.dataset["next"]);
  const decide = (decision: string) => (): void => void judge(host, decision);
  stop = listen({
    KeyA: decide("accepted"), KeyX: decide("rejected"), KeyU: decide("unsure"),
    KeyJ: () => move(host.dataset["next"]), KeyK: () => move(host.dataset["previous"]),
    KeyE: () => host.querySelector<HTMLButtonElement>("button[data-correct]")?.click(),
    KeyZ: () => void takeBack(host), Backspace: () => void takeBack(host),
    KeyS: () => mark(host), KeyO: () => host.querySelector<HTMLAnchorElement>("a[data-open]")?.click(),
    "Shift+Slash": () => document.querySelector<HTMLDialogElement>("#keys")?.showModal(),
  });
  host.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("button[data-decide]");
    if (button) void judge(host, button.dataset["decide"] ?? "");
    if ((event.target as Element).closest("button[data-undo]")) void takeBack(host);
  });
  bulk(host);
}

async function judge(host: HTMLElement, decision: string): Promise<void> {
  const item = host.dataset["item"];
  if (!item) return;
  const here = location.pathname + location.search;
  const note = host.querySelector<HTMLInputElement>("input[name=note]")?.value ?? "";
  const saved = post("/review/judgements", new URLSearchParams({ event: item, decision, note }));
  const next = host.dataset["next"];
  if (next) await swap(next);
  const answer = await saved;
  if ("error" in answer) {
    ahead.clear();
    await go(here);
    tell(answer.error);
    return;
  }
  last = answer.undo;
  if (!next) { ahead.clear(); await go("/review"); }
  tell(answer.message, { label: answer.undo_label, run: () => void undo(answer.undo) });
}

function move(address: string | undefined): void {
  if (address) void swap(address);
}

/** Show a record that was fetched ahead. */
async function swap(address: string): Promise<void> {
  const waiting = ahead.get(address);
  const main = document.querySelector("main")!;
  const text = waiting ? await waiting : "";
  ahead.delete(address);
  if (!text) return go(address);
  main.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
  history.pushState({ swap: true }, "", address);
  dispatchEvent(new Event("sacho:swapped"));
}

function prefetch(address: string | undefined): void {
  if (!address || ahead.has(address)) return;
  if (ahead.size > 8) ahead.clear();
  ahead.set(address, fetch(address, { headers: { "X-Sacho-Part": "main" } }).then((answer) => (answer.ok ? answer.text() : "")).catch(() => ""));
}

async function takeBack(host: HTMLElement): Promise<void> {
  const batch = last || host.dataset["last"] || "";
  if (!batch) return;
  last = "";
  ahead.clear();
  await undo(batch);
}

function mark(host: HTMLElement): void {
  const box = host.querySelector<HTMLInputElement>(".queue li[aria-current] input[type=checkbox]");
  if (box) { box.checked = !box.checked; box.dispatchEvent(new Event("change", { bubbles: true })); }
}

/** Many at once: those ticked get one decision, and one undo takes them all back. */
function bulk(host: HTMLElement): void {
  const form = host.querySelector<HTMLFormElement>("form.bulk");
  if (!form) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const body = new FormData(form, (event as SubmitEvent).submitter);
    void (async () => {
      const answer = await post(form.action, body);
      ahead.clear();
      await go("error" in answer ? location.pathname + location.search : "/review", false);
      if ("error" in answer) return tell(answer.error);
      last = answer.undo;
      tell(answer.message, { label: answer.undo_label, run: () => void undo(answer.undo) });
    })();
  });
}
