// The token that a program which others can reach wants to see: whence it comes, and how it is shown.

const KEPT = "antiphon-token";
const AT = "#token=";

/** Takes the token out of the address: it is not to stand in a picture of the screen, a history or a bookmark. */
function take() {
  if (!location.hash.startsWith(AT)) return false;
  keep(location.hash.slice(AT.length));
  history.replaceState(null, "", location.pathname);
  return true;
}

/** Keeps it until this tab is closed. */
export function keep(token) {
  sessionStorage.setItem(KEPT, token.trim());
}

function token() {
  return sessionStorage.getItem(KEPT) ?? "";
}

/** True if requests need more than their address, which links cannot give. */
export const isKept = () => token() !== "";

/** The headers of a request, with the token if there is one. */
export function headers(others = {}) {
  return isKept() ? {...others, Authorization: "Bearer " + token()} : others;
}

/** The same for a WebSocket, which a script can give no headers: the first is spoken, the second is the token. */
export function protocols() {
  return /^[A-Za-z0-9._~-]+$/.test(token()) ? ["antiphon", "token." + token()] : ["antiphon"];
}

/** True if this line of the program is about the token. */
export const isLocked = (line) => line.startsWith("token:");

take();
// The address with the token may be opened in a tab that shows the page already: then it is not loaded again.
addEventListener("hashchange", () => take() && location.reload());
