// The tabs Check, Summary and Batch in the browser: reports follow the page's light, and a batch is found again after the
// page was loaded anew.
"use strict";
{
  const KEY = "dragoman-batch";
  const kept = (work) => {
    try {
      return work(localStorage);
    } catch {
      return null; // a browser that keeps nothing: the batch is lost with the page
    }
  };
  let known = "";

  // A summary that is on the page follows its settings, once they rest.
  let resting = 0;
  dragoman.summariseAgain = () => {
    clearTimeout(resting);
    resting = setTimeout(() => {
      if (document.querySelector("#summary-report iframe")) document.getElementById("summary-go")?.click();
    }, 400);
  };

  // A report in its frame knows only what the system wishes: it is told whether the page is light or dark.
  const tell = (frame) => frame.contentWindow?.postMessage({ light: document.documentElement.dataset.light }, "*");
  document.addEventListener("load", (event) => {
    if (event.target.matches?.("iframe.report")) tell(event.target);
  }, true);
  new MutationObserver(() => document.querySelectorAll("iframe.report").forEach(tell))
    .observe(document.documentElement, { attributeFilter: ["data-light"] });

  // The batch that the page shows, and the one that an earlier page showed.
  dragoman.batch = () => document.querySelector("[data-batch]")?.dataset.batch ?? "";
  dragoman.remembered = () => kept((store) => store.getItem(KEY)) ?? "";

  document.addEventListener("dragoman:changed", () => {
    const batch = dragoman.batch();
    if (batch && batch !== known) {
      if (batch !== dragoman.remembered()) dragoman.forget("batch"); // the files are the batch's now
      kept((store) => store.setItem(KEY, batch));
    } else if ((!batch && known) || document.querySelector("[data-batch-gone]")) {
      kept((store) => store.removeItem(KEY));
    }
    known = batch;
  });
}
