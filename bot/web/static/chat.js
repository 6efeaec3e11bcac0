// Asks without leaving the page and shows each answer as soon as it is there; without a script the forms do the same.
const log = document.getElementById("exchanges");
const form = document.getElementById("ask");
const box = document.getElementById("question");

function headers() {
  const token = form.dataset.token; // in the widget, where no cookie is sent
  return token ? { "x-danvan-part": "1", "x-danvan-widget": token } : { "x-danvan-part": "1" };
}

function once() {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
}

function placeholder(question) {
  const article = document.createElement("article");
  article.className = "exchange";
  const asked = document.createElement("p");
  asked.className = "asked";
  asked.textContent = question;
  const answer = document.createElement("div");
  answer.className = "answer";
  const waiting = document.createElement("p");
  waiting.className = "waiting";
  waiting.textContent = form.dataset.waiting;
  answer.append(waiting);
  article.append(asked, answer);
  return article;
}

async function ask(question, name) {
  document.getElementById("examples")?.remove();
  const waiting = placeholder(question);
  log.append(waiting);
  waiting.scrollIntoView({ block: "start" });
  const body = new URLSearchParams({ question, once: name, form: form.elements.form.value });
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: headers() });
    const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
    const article = parsed.querySelector("article.exchange");
    if (!response.ok || !article) {
      throw new Error(parsed.querySelector("main p")?.textContent || form.dataset.failed);
    }
    waiting.replaceWith(article);
    article.scrollIntoView({ block: "start" });
  } catch (error) {
    const said = error instanceof TypeError ? form.dataset.failed : error.message;
    const notice = waiting.querySelector(".answer");
    notice.textContent = said + " ";
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = "↻";
    again.setAttribute("aria-label", question);
    again.addEventListener("click", () => { waiting.remove(); ask(question, name); });
    notice.append(again);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const question = box.value.trim();
  if (!question) return;
  box.value = "";
  box.focus();
  ask(question, once());
});

box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

document.getElementById("examples")?.addEventListener("submit", (event) => {
  event.preventDefault();
  ask(event.submitter.value, once());
});

log.addEventListener("submit", async (event) => {
  const rating = event.target.closest("form[data-part]");
  if (!rating) return;
  event.preventDefault();
  const body = new URLSearchParams(new FormData(rating, event.submitter));
  const response = await fetch(rating.action, { method: "POST", body, headers: headers() });
  const text = (await response.text()).trim();
  if (!response.ok) return;
  for (const button of rating.querySelectorAll("button")) {
    button.setAttribute("aria-pressed", String(button === event.submitter));
  }
  rating.querySelector("[role=status]").textContent = text;
});

if (log.lastElementChild && !location.hash) log.lastElementChild.scrollIntoView({ block: "start" });
