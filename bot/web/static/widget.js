// In the frame of another site's page no cookie is sent: who asks is told by a token that this tab alone keeps.
const asking = document.getElementById("ask");
const answers = document.getElementById("exchanges");
const gate = document.getElementById("gate");
const NAME = "danvan-widget";

function kept() {
  try {
    return sessionStorage.getItem(NAME);
  } catch {
    return null; // a browser that keeps nothing in frames: the conversation ends with the page
  }
}

function keep(token) {
  asking.dataset.token = token;
  try {
    sessionStorage.setItem(NAME, token);
  } catch {
    // as above
  }
}

async function begin() {
  const response = await fetch(asking.dataset.conversation, { headers: { "x-danvan-widget": asking.dataset.token } });
  const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
  const state = parsed.getElementById("state");
  if (!state) return;
  gate.hidden = state.dataset.open === "1";
  asking.hidden = !gate.hidden;
  asking.elements.form.value = state.dataset.form;
  answers.replaceChildren(...state.children);
  answers.lastElementChild?.scrollIntoView({ block: "start" });
}

gate.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = new URLSearchParams({ code: gate.elements.code.value });
  const headers = { "x-danvan-widget": asking.dataset.token };
  const response = await fetch(gate.action, { method: "POST", body, headers });
  if (response.ok) {
    keep((await response.json()).token);
    await begin();
  } else {
    gate.querySelector("[role=alert]").hidden = false;
  }
});

new MutationObserver(() => {
  for (const link of answers.querySelectorAll("a[href]:not([target])")) {
    link.target = "_blank";
    link.rel = "noopener";
  }
}).observe(answers, { childList: true, subtree: true });

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") parent.postMessage("danvan-close", "*");
});

keep(kept() || asking.dataset.token);
begin();
