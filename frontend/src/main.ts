// Starts the islands that a page has. Without script every page can still be read.

import { correct } from "./correct.ts";
import { listen } from "./keys.ts";
import { map } from "./map.ts";
import { network } from "./network.ts";
import { drop, job } from "./paste.ts";
import { report } from "./report.ts";
import { review, settle } from "./review.ts";
import { onSwap, startRoom } from "./room.ts";
import { timeline } from "./timeline.ts";

const ISLANDS: Record<string, (host: HTMLElement) => void | Promise<void>> = { timeline, network, map, report, review, settle, correct, drop, job };

async function boot(root: ParentNode): Promise<void> {
  const waiting: Promise<void>[] = [];
  for (const host of root.querySelectorAll<HTMLElement>("[data-island]")) {
    for (const name of (host.dataset["island"] ?? "").split(" ")) {
      const made = ISLANDS[name]?.(host);
      if (made) waiting.push(made);
    }
  }
  await Promise.all(waiting);
  document.documentElement.dataset["ready"] = "yes";
}

function closing(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as Element;
    if (target.closest("button[data-close]")) target.closest("dialog")?.close();
    for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(target)) menu.removeAttribute("open");
    const row = target.closest<HTMLElement>("tr[data-href]");
    if (row && !target.closest("a, button, input, summary") && !getSelection()?.toString()) location.assign(row.dataset["href"] ?? "");
    const copy = target.closest<HTMLElement>("button[data-copy]");
    if (copy) void navigator.clipboard.writeText(copy.dataset["copy"] ?? "").then(() => { copy.textContent = copy.dataset["done"] ?? "✓"; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const menu of document.querySelectorAll("details.menu[open]")) menu.removeAttribute("open");
  });
}

onSwap((root) => void boot(root));
addEventListener("sacho:swapped", () => void boot(document.querySelector("main")!));
startRoom();
closing();
listen({
  Slash: () => document.querySelector<HTMLInputElement>("#find")?.focus(),
  "Shift+Slash": () => document.querySelector<HTMLDialogElement>("#keys")?.showModal(),
});
void boot(document);
