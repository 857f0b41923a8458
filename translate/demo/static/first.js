// Runs before anything is painted: which language and which light the page is in.
"use strict";
{
  const remembered = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // a browser that keeps nothing
    }
  };
  const chosen = remembered("dragoman-language");
  const wanted = chosen ?? (navigator.languages ?? [navigator.language]).find((one) => /^(ar|en)\b/i.test(one)) ?? "en";
  const language = /^ar/i.test(wanted) ? "ar" : "en";
  Object.assign(document.documentElement, { lang: language, dir: language === "ar" ? "rtl" : "ltr" });
  // Gradio speaks the browser's language: let that be the page's.
  Object.defineProperty(navigator, "language", { configurable: true, get: () => document.documentElement.lang });
  const light = remembered("dragoman-light") ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
  document.documentElement.dataset.light = light;
  // Gradio's own name for it; it reads the address, and else the system's wish.
  const dark = () => document.body?.classList.toggle("dark", document.documentElement.dataset.light === "dark");
  document.addEventListener("DOMContentLoaded", dark);
}
