// Conveniences only: every page works without this file by its buttons and links.
"use strict";

// Long work: fetch this page again each second and put its new state in place; when the work ends, show the whole page.
function followProgress(section) {
  const ask = async () => {
    const answer = await fetch(window.location.href, { headers: { "X-Progress": section.id } }).catch(() => null);
    if (!answer || !answer.ok) return window.setTimeout(ask, 5000);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(section.id);
    if (!fresh || !fresh.hasAttribute("data-progress")) return window.location.reload();
    section.replaceChildren(...fresh.childNodes);
    return window.setTimeout(ask, 1000);
  };
  window.setTimeout(ask, 1000);
}

// Drafts: what could not be sent waits on this device, under the person it belongs to, and is sent when the line is back.
const THIS_PAGE = `${Date.now()}-${Math.random()}`;
const RETRY_MS = 4000;
const WAITING = `implement-waiting:${document.body.dataset.person || ""}`;

function readWaiting() {
  try {
    return JSON.parse(window.localStorage.getItem(WAITING) || "[]");
  } catch (_error) {
    return [];
  }
}

function keepWaiting(drafts) {
  if (drafts.length) window.localStorage.setItem(WAITING, JSON.stringify(drafts));
  else window.localStorage.removeItem(WAITING);
}

// The newest draft of an answer replaces the one before; each note of a finding is kept for itself.
function keepDraft(draft) {
  const isOther = (other) => (draft.once || other.once ? other.key !== draft.key : other.url !== draft.url);
  keepWaiting([...readWaiting().filter(isOther), draft]);
}

function dropDraft(draft) {
  keepWaiting(readWaiting().filter((other) => other.key !== draft.key));
}

function readDraft(form) {
  const pairs = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const key = window.crypto.randomUUID ? window.crypto.randomUUID() : `${Date.now()}-${Math.random()}`;
  const keyed = [...pairs.filter(([name]) => name !== "idempotency_key"), ["idempotency_key", key]];
  return { url: form.dataset.autosave, key, pairs: keyed, language: document.documentElement.lang, page: THIS_PAGE };
}

// A number is read in the language of the page it was typed on, whatever page or browser sends it later.
function sendDraft(draft, keepalive = false) {
  const token = document.querySelector("input[name=csrf_token]");
  const body = new URLSearchParams(draft.pairs);
  if (token) body.set("csrf_token", token.value);
  const headers = { "X-Autosave": "1", Accept: "application/json", "Accept-Language": draft.language };
  return fetch(draft.url, { method: "POST", body, keepalive, headers });
}

// What was saved has a new version; the next draft is made from it.
async function takeVersion(form, answer) {
  const kept = await answer.json().catch(() => ({}));
  if (kept.version !== undefined && form.elements.version) form.elements.version.value = kept.version;
  if (kept.found) showFound(form, kept.found);
}

// What follows from an answer stands beside it as soon as the answer is kept.
function showFound(form, found) {
  const place = form.closest(".question") && form.closest(".question").querySelector("[data-found]");
  if (!place) return;
  place.hidden = !found.length;
  place.querySelector("ul").replaceChildren(...found.map((one) => {
    const line = document.createElement("li");
    const way = line.appendChild(document.createElement("a"));
    way.href = one.url;
    way.textContent = one.text;
    return line;
  }));
}

// The next page may have been written before this answer was kept: it gets the draft as well, and the same text again
// changes nothing.
let isLeaving = false;
window.addEventListener("beforeunload", () => {
  isLeaving = true;
  window.setTimeout(() => { isLeaving = false; }, 10000);
});

// Returns whether the draft reached the server; one that did not is tried again while the page is open.
async function saveDraft(form, say) {
  const draft = readDraft(form);
  say("saving");
  keepDraft(draft);
  const answer = await sendDraft(draft).catch(() => null);
  if (!answer || answer.status >= 500) {
    say("offline");
    return false;
  }
  if (!isLeaving) dropDraft(draft);
  if (answer.ok) {
    await takeVersion(form, answer);
    say("kept");
  } else say(answer.status === 409 ? "conflict" : "refused");
  return true;
}

function fillIn(form, pairs) {
  const written = pairs.filter(([name]) => name !== "csrf_token" && name !== "idempotency_key");
  [...form.elements].filter((field) => field.type === "radio" || field.type === "checkbox").forEach((field) => {
    field.checked = written.some(([name, value]) => name === field.name && value === field.value);
  });
  [...form.elements].filter((field) => field.name && field.type !== "radio" && field.type !== "checkbox").forEach((field) => {
    const pair = written.find(([name]) => name === field.name);
    if (pair) field.value = pair[1];
  });
}

// A draft that still waits comes back into its form. Where somebody else saved meanwhile it keeps its old version:
// sending it shows both texts.
function putBack(form, say) {
  const draft = readWaiting().find((waiting) => waiting.url === form.dataset.autosave);
  if (!draft) return;
  fillIn(form, draft.pairs);
  if (draft.refused) {
    dropDraft(draft);
    say("restored");
  }
}

function autosave(form) {
  const line = form.querySelector("[data-saved]");
  const say = (state) => line && (line.textContent = line.dataset[state]);
  let timer = 0;
  let queue = Promise.resolve();
  const stop = () => {
    window.clearTimeout(timer);
    timer = 0;
  };
  const later = (pause) => {
    stop();
    timer = window.setTimeout(() => {
      timer = 0;
      queue = queue.then(() => saveDraft(form, say)).then((sent) => sent || timer || later(RETRY_MS));
    }, pause);
  };
  window.addEventListener("online", () => timer && later(0));
  form.addEventListener("input", () => {
    form.dataset.touched = "1";
    later(1200);
  });
  form.addEventListener("change", () => later(50));
  form.addEventListener("submit", () => {
    stop();
    readWaiting().filter((draft) => draft.url === form.dataset.autosave).forEach(dropDraft);
  });
  // Who leaves in the middle of a word loses nothing: it is kept here, sent at once, and sent again by the next page.
  window.addEventListener("pagehide", () => {
    if (!timer) return;
    stop();
    const draft = readDraft(form);
    keepDraft(draft);
    sendDraft(draft, true).catch(() => null);
  });
  form.putBack = () => form.dataset.touched || putBack(form, say);
}

// A finding noted during the talk is sent beside the page; without a line it waits on this device and is tried again.
function noteAtOnce(form) {
  const line = form.querySelector("[data-saved]");
  const say = (state) => { line.textContent = line.dataset[state]; };
  const send = async (draft) => {
    const answer = await sendDraft(draft).catch(() => null);
    if (!answer || answer.status >= 500) {
      say("offline");
      return window.setTimeout(() => send(draft), RETRY_MS);
    }
    dropDraft(draft);
    if (!answer.ok) fillIn(form, draft.pairs);
    return say(answer.ok ? "kept" : "refused");
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const draft = { ...readDraft(form), url: form.getAttribute("action"), once: true };
    keepDraft(draft);
    form.reset();
    say("saving");
    send(draft);
  });
}

// The interview by keyboard: a figure chooses a level or an option, Ctrl+Enter goes to the next question, with Shift back.
function listenToKeys(question) {
  question.addEventListener("keydown", (event) => {
    if (event.ctrlKey && event.key === "Enter") {
      event.preventDefault();
      const all = [...document.querySelectorAll(".question")];
      const next = all[all.indexOf(question) + (event.shiftKey ? -1 : 1)] || document.querySelector("main .actions:last-of-type");
      const way = next && next.querySelector("input:not([type=hidden]), textarea, a, button");
      if (way) way.focus();
      return;
    }
    if (!/^[0-9]$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return;
    if (!event.target.matches("input[type=radio], input[type=checkbox]")) return;
    const choices = [...question.querySelectorAll("fieldset > .choice input")];
    const chosen = choices.find((choice) => choice.value === event.key) || choices[Number(event.key) - 1];
    if (!chosen) return;
    event.preventDefault();
    chosen.focus();
    chosen.click();
  });
}

async function sendWaiting() {
  let elsewhere = false;
  for (const draft of readWaiting().filter((waiting) => !waiting.refused && waiting.page !== THIS_PAGE)) {
    const answer = await sendDraft(draft).catch(() => null);
    if (!answer || answer.status >= 500) return;
    if (!answer.ok) {
      keepDraft({ ...draft, refused: true });
      continue;
    }
    dropDraft(draft);
    const form = [...document.querySelectorAll("form[data-autosave]")].find((one) => one.dataset.autosave === draft.url);
    if (form) {
      await takeVersion(form, answer);
      form.querySelector("[data-saved]").textContent = form.querySelector("[data-saved]").dataset.kept;
    } else elsewhere = true;
  }
  return elsewhere;
}

// Listings: a chosen filter is sent at once.
function filterAtOnce(form) {
  form.querySelectorAll("select").forEach((choice) => choice.addEventListener("change", () => form.requestSubmit()));
}

// Uploads: say how large the chosen file is, and when it is too large before it travels.
function showFileSize(input) {
  const line = document.getElementById(input.dataset.size);
  const limit = Number(input.dataset.limit || 0);
  const words = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  input.addEventListener("change", () => {
    const sizes = [...input.files].map((file) => `${file.name}: ${words.format(file.size / 1e6)} MB`);
    const tooLarge = limit && [...input.files].some((file) => file.size > limit);
    line.textContent = sizes.join(", ") + (tooLarge ? ` – ${line.dataset.tooLarge}` : "");
    input.setCustomValidity(tooLarge ? line.dataset.tooLarge : "");
  });
}

// Menus close when the reader goes elsewhere.
function closeElsewhere(menu) {
  document.addEventListener("click", (event) => menu.contains(event.target) || menu.removeAttribute("open"));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.removeAttribute("open");
    menu.querySelector("summary").focus();
  });
}

// A row of ways that is wider than the screen shows the one we are on; the page itself stays at its top.
function showWhereWeAre(row) {
  const here = row.querySelector("[aria-current]");
  if (here) row.scrollLeft += here.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - here.offsetWidth) / 2;
}

// The clock of a meeting: how long is left of its minutes; without script the page says from when until when.
function runClock(clock) {
  const ends = new Date(clock.dataset.ends).getTime();
  const show = () => {
    const seconds = Math.round((ends - Date.now()) / 1000);
    const [minutes, rest] = [Math.floor(Math.abs(seconds) / 60), Math.abs(seconds) % 60];
    const said = seconds >= 0 ? clock.dataset.left : clock.dataset.over;
    clock.querySelector("[data-time]").textContent = said.replace("{time}", `${minutes}:${String(rest).padStart(2, "0")}`);
    clock.querySelector("progress").value = Math.max(0, seconds);
    clock.classList.toggle("is-over", seconds < 0);
  };
  show();
  window.setInterval(show, 1000);
}

// A form is sent once, however often its button is pressed.
function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "1";
    window.setTimeout(() => delete form.dataset.sent, 8000);
    return undefined;
  });
}

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-progress]").forEach(followProgress);
  document.querySelectorAll("form[data-autosave]").forEach(autosave);
  document.querySelectorAll("form[data-note]").forEach(noteAtOnce);
  document.querySelectorAll(".question").forEach(listenToKeys);
  document.querySelectorAll("form[data-filter]").forEach(filterAtOnce);
  document.querySelectorAll("input[data-size]").forEach(showFileSize);
  document.querySelectorAll("details.menu").forEach(closeElsewhere);
  document.querySelectorAll("form[method=post]").forEach(sendOnce);
  document.querySelectorAll("[data-clock]").forEach(runClock);
  document.querySelectorAll(".steps, .rail, .second-row").forEach(showWhereWeAre);
  const wrong = document.querySelector("[data-focus]");
  if (wrong) wrong.focus();
  // What another page left behind may count on this one: show it anew, but never under the hands of somebody at work.
  let atWork = document.querySelector("form[data-autosave]") !== null;
  ["pointerdown", "keydown"].forEach((sign) => document.addEventListener(sign, () => { atWork = true; }, { once: true }));
  const bringBack = async () => {
    document.querySelectorAll("form[data-autosave]").forEach((form) => form.putBack());
    if ((await sendWaiting()) && !atWork) window.location.reload();
  };
  // On a busy machine a browser shows a page what the page before it kept only after a while: it is asked thrice.
  let rounds = bringBack();
  [1000, 4000].forEach((pause) => window.setTimeout(() => { rounds = rounds.then(bringBack); }, pause));
});
window.addEventListener("online", sendWaiting);
