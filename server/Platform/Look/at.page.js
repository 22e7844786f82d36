// The address of a page that came as the answer to a form. Runs before the page is drawn: nobody may send a form of this page to the address of the one before.
history.replaceState(null, "", document.querySelector("meta[name=bi-at]").content);
