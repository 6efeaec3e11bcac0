// Shows how far a reindex is, and the page anew once it is over; without a script the page reloads itself.
const bar = document.getElementById("progress");

async function look() {
  try {
    const stage = await (await fetch(bar.dataset.address)).json();
    if (!stage.running) {
      location.reload();
      return;
    }
    if (stage.all) {
      bar.max = stage.all;
      bar.value = stage.done;
    }
  } catch {
    // the program may be restarting; the next look will tell
  }
  setTimeout(look, 700);
}

if (bar) setTimeout(look, 700);
