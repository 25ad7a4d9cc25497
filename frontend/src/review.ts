// One key decides and moves on. The next records are fetched before they are wanted, so that moving on is instant.

import { listen } from "./keys.ts";
import { post, undo } from "./correct.ts";
import { go, tell } from "./room.ts";

const ahead = new Map<string, Promise<string>>();

export function review(host: HTMLElement): void {
  prefetch(host.dataset["next"]);
  const decide = (decision: string) => (): void => void judge(host, decision);
  listen({
    KeyA: decide("accepted"), KeyX: decide("rejected"), KeyU: decide("unsure"),
    KeyJ: () => move(host.dataset["next"]), KeyK: () => move(host.dataset["previous"]),
    KeyE: () => edit(host),
    KeyZ: () => void takeBack(), Backspace: () => void takeBack(),
    KeyS: () => mark(host), KeyO: () => host.querySelector<HTMLAnchorElement>("a[data-open]")?.click(),
  }, host);
  host.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("button[data-decide]");
    if (button) void judge(host, button.dataset["decide"] ?? "");
    if ((event.target as Element).closest("button[data-undo]")) void takeBack();
  });
  bulk(host);
}

const done = new Set<string>();

async function judge(host: HTMLElement, decision: string): Promise<void> {
  const item = host.dataset["item"];
  if (!item) return;
  const here = location.pathname + location.search;
  const note = host.querySelector<HTMLInputElement>("input[name=note]")?.value ?? "";
  const saved = post("/review/judgements", new URLSearchParams({ event: item, decision, note }));
  const next = host.dataset["next"];
  done.add(item);
  if (next) await swap(next);
  const answer = await saved;
  if ("error" in answer) {
    done.delete(item);
    ahead.clear();
    await go(here);
    tell(answer.error);
    return;
  }
  if (!next) { ahead.clear(); await go(`/review${location.search}`); }
  tell(answer.message, { label: answer.undo_label, run: () => void back(answer.undo, here) });
}

/** Take an act back and show what it was about. */
async function back(batch: string, there: string): Promise<void> {
  ahead.clear();
  done.clear();
  await undo(batch, there);
}

function edit(host: HTMLElement): void {
  const offer = host.querySelector<HTMLButtonElement>("button.offer:not(.hidden)");
  const row = document.activeElement?.closest("tr")?.querySelector<HTMLButtonElement>("button[data-correct]");
  (offer ?? row ?? host.querySelector<HTMLButtonElement>("button[data-correct][data-field=actor]"))?.click();
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
  for (const item of main.querySelectorAll<HTMLElement>("[data-waits]")) if (done.has(item.dataset["waits"] ?? "")) item.remove();
  dispatchEvent(new Event("sacho:swapped"));
}

function prefetch(address: string | undefined): void {
  if (!address || ahead.has(address)) return;
  if (ahead.size > 8) ahead.clear();
  ahead.set(address, fetch(address, { headers: { "X-Sacho-Part": "main" } }).then((answer) => (answer.ok ? answer.text() : "")).catch(() => ""));
}

/** The last act that is in force, whatever it was: again and again, without limit. */
async function takeBack(): Promise<void> {
  await back("", location.pathname + location.search);
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
      await go("error" in answer ? location.pathname + location.search : `/review${location.search}`);
      if ("error" in answer) return tell(answer.error);
      tell(answer.message, { label: answer.undo_label, run: () => void back(answer.undo, location.pathname + location.search) });
    })();
  });
}

/** Where coders differ: each difference is settled by a button. */
export function settle(host: HTMLElement): void {
  host.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>("button[data-decide]");
    const item = button?.closest<HTMLElement>("[data-settles]")?.dataset["settles"];
    if (!button || !item) return;
    void (async () => {
      const answer = await post("/review/judgements", new URLSearchParams({ event: item, decision: button.dataset["decide"] ?? "" }));
      if ("error" in answer) return tell(answer.error);
      const here = location.pathname + location.search;
      await go(here, false);
      tell(answer.message, { label: answer.undo_label, run: () => void back(answer.undo, here) });
    })();
  });
}
