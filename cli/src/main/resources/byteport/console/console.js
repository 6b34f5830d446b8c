// Without this script everything is there: it makes times local, copies commands, follows a run, and hears keys.
"use strict";

const two = (number) => String(number).padStart(2, "0");

function localTimes(root) {
  for (const time of root.querySelectorAll("time")) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(":");
    const today = at.toDateString() === new Date().toDateString();
    const day = [at.getFullYear(), two(at.getMonth() + 1), two(at.getDate())].join("-");
    time.textContent = time.classList.contains("day") && !today ? day + " " + clock : clock;
  }
}

function copyButtons(root) {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll(".copy")) {
    button.hidden = false;
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest(".copy");
  if (!button) return;
  await navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent);
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = "Copy"; }, 2000);
});

function show(root) {
  localTimes(root);
  copyButtons(root);
}

const pause = (millis) => new Promise((done) => { setTimeout(done, millis); });

// The stream only rings; what is new is asked of the page itself, so there is one way to draw it.
async function follow(story) {
  const note = document.getElementById("live");
  const say = (text) => { if (note.textContent !== text) note.textContent = text; };

  async function news() {
    const answer = await fetch(story.dataset.news + "?seen=" + story.dataset.seen);
    if (!answer.ok) throw new Error(answer.statusText);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const head = document.getElementById("head");
    if (!head.contains(document.activeElement)) {
      head.replaceWith(page.getElementById("head"));
      show(document.getElementById("head"));
    }
    const fresh = page.getElementById("story");
    story.dataset.seen = fresh.dataset.seen;
    for (const item of Array.from(fresh.children)) {
      show(item);
      item.classList.add("fresh");
      story.append(item);
      setTimeout(() => item.classList.remove("fresh"), 3000);
    }
    return !fresh.dataset.events;
  }

  async function listen() {
    const headers = { "Last-Event-ID": String(story.dataset.seen - 1) };
    const answer = await fetch(story.dataset.events, { headers });
    if (!answer.ok) throw new Error(answer.statusText);
    if (await news()) return true;
    say("This run goes on. New entries appear by themselves.");
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let heard = await reader.read(); !heard.done; heard = await reader.read()) {
      if (heard.value.includes("event:") && await news()) return true;
    }
    return false;
  }

  for (let ended = false; !ended;) {
    try {
      ended = await listen();
    } catch {
      say("The connection was lost; trying again. Load the page again if this stays.");
    }
    if (!ended) await pause(2000);
  }
  say("This run has ended.");
}

const rows = () => Array.from(document.querySelectorAll("main .row")).filter((row) => row.querySelector("a, button, summary"));

function step(by) {
  const all = rows();
  if (all.length === 0) return;
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.max(0, Math.min(all.length - 1, here < 0 ? (by > 0 ? 0 : all.length - 1) : here + by))];
  next.querySelector("a, button, summary").focus();
  next.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  if (event.key === "/") {
    const search = document.getElementById("search");
    if (!search) return;
    event.preventDefault();
    search.focus();
  } else if (event.key === "j") {
    step(1);
  } else if (event.key === "k") {
    step(-1);
  }
});

show(document);
const story = document.querySelector("[data-events]");
if (story) follow(story);
