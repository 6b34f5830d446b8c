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

function follow(story) {
  const note = document.getElementById("live");
  const stream = new EventSource(story.dataset.live + "?seen=" + story.dataset.seen);
  const say = (text) => { if (note) note.textContent = text; };
  stream.addEventListener("open", () => say("This run goes on. New entries appear by themselves."));
  stream.addEventListener("error", () => say("The connection was lost; trying again. Load the page again if this stays."));
  stream.addEventListener("story", (event) => {
    const before = story.lastElementChild;
    story.insertAdjacentHTML("beforeend", event.data);
    for (let item = before ? before.nextElementSibling : story.firstElementChild; item; item = item.nextElementSibling) {
      show(item);
      item.classList.add("fresh");
      setTimeout(() => item.classList.remove("fresh"), 3000);
    }
  });
  stream.addEventListener("head", (event) => {
    const head = document.getElementById("head");
    if (head.contains(document.activeElement)) return;
    head.innerHTML = event.data;
    show(head);
  });
  stream.addEventListener("end", () => {
    stream.close();
    say("This run has ended.");
  });
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
const story = document.querySelector("[data-live]");
if (story) follow(story);
