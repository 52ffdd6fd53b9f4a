// What is typed into Streamlit's own fields reaches the server. Streamlit hands a field over when
// it loses the focus; a field that lost it with the connection, or that a key was pressed beside,
// is shown and never handed over. Here each is told so again: by a focusout, after which Streamlit
// hands over what it holds, the syllable that is being composed included. Nothing is written into
// a field that somebody types in, but for letters of a picker's that come decomposed.
//
// data: {session, commits: {key: number}}; session changes with every session of the server's,
// commits names the fields whose text has arrived for good.
let keeper = null
const users = new Set()
const FIELD = ["stTextInput", "stTextArea", "stNumberInput"]
  .flatMap((kind) => [`[data-testid=${kind}] input`, `[data-testid=${kind}] textarea`])
  .join(", ")
// Fields that are worth a copy in the tab until they have arrived, by the start of their key.
const KEPT = /^(report-|edit-note$|edit-new-|edit-decision-|edit-report-|edit-copy-id$)/

const fields = () => Array.from(document.querySelectorAll(FIELD))
const isField = (element) => element instanceof Element && element.matches(FIELD)

const connected = () =>
  document.querySelector("[data-testid=stApp]")?.dataset.testConnectionState === "CONNECTED"

const keyOf = (field) =>
  Array.from(field.closest("[class*=st-key-]")?.classList ?? [])
    .find((name) => name.startsWith("st-key-"))
    ?.slice("st-key-".length) ?? ""

// ---- handing over -------------------------------------------------------------------------------

const leave = (field) => field.dispatchEvent(new FocusEvent("focusout", { bubbles: true }))

function handOver(state, chosen) {
  for (const field of chosen) {
    state.typed.delete(field)
    leave(field)
  }
}

const typedIn = (state) => fields().filter((field) => state.typed.has(field))

// After a lost connection or a new server: all that stands on the page, and the focus back.
function again(state) {
  handOver(state, fields().filter((field) => field.value !== ""))
  const { focused } = state
  if (!focused || document.activeElement !== document.body) return
  const field = fields().find((field) => keyOf(field) === focused.key && !field.disabled)
  if (!field || keyOf(field) === "") return
  field.focus({ preventScroll: true })
  if (focused.selection) field.setSelectionRange(...focused.selection)
}

function onPress(state) {
  handOver(state, typedIn(state))
}

function onKey(state, event) {
  if (event.isComposing && !event.ctrlKey && !event.metaKey) return
  const saves = (event.ctrlKey || event.metaKey) && event.code === "KeyS"
  const presses = /^(Enter| |[0-9])$/.test(event.key) && !isField(event.target)
  if (saves || presses) onPress(state)
}

function onInput(state, event) {
  if (isPicker(event.target) && !event.isComposing) compose(event.target)
  if (!isField(event.target)) return
  state.typed.add(event.target)
  remember(state, event)
  keepCopy(state, event.target)
}

function remember(state, event) {
  if (!isField(event.target)) return
  const { selectionStart, selectionEnd } = event.target
  const selection = selectionStart === null ? null : [selectionStart, selectionEnd]
  state.focused = { key: keyOf(event.target), selection }
}

function onLeave(state, event) {
  // Whoever leaves a field by themselves is not brought back; a field that is switched off is.
  if (event.isTrusted && isField(event.target) && connected()) state.focused = null
}

function onConnection(state) {
  const now = connected()
  // A server that was started anew hears of the page now, not at the first click.
  if (now && !state.connected) {
    setTimeout(() => {
      again(state)
      state.ask?.()
    }, 100)
  }
  state.connected = now
}

// ---- Korean in a picker -------------------------------------------------------------------------

// Streamlit looks among the options here, letter by letter. Hangul that comes decomposed, as names
// of files on macOS are, looks the same and would find nothing; so it is composed before Streamlit
// sees it. The options are composed on the server.
const isPicker = (element) => element instanceof HTMLInputElement && element.getAttribute("role") === "combobox"

function compose(field) {
  const { value } = field
  const composed = value.normalize("NFC")
  if (composed === value) return false
  const caret = value.slice(0, field.selectionEnd).normalize("NFC").length
  write(field, composed)
  field.setSelectionRange(caret, caret)
  return true
}

// What an input method leaves is heard by Streamlit already.
function onComposed(event) {
  if (isPicker(event.target) && compose(event.target)) told(event.target)
}

// React looks away when the value is set on the element itself.
function write(field, text) {
  const kind = field.tagName === "TEXTAREA" ? HTMLTextAreaElement : HTMLInputElement
  Object.getOwnPropertyDescriptor(kind.prototype, "value").set.call(field, text)
}

const told = (field) => field.dispatchEvent(new Event("input", { bubbles: true }))

// ---- a copy in the tab, for a reload ------------------------------------------------------------

// A note and a decision belong to the card; the other keys say what they belong to.
const copyName = (key) => {
  const card = key.startsWith("edit-new-") ? "" : new URLSearchParams(location.search).get("card")
  return `simcards-field ${card ?? ""} ${key}`
}

function keepCopy(state, field) {
  const key = keyOf(field)
  if (!KEPT.test(key)) return
  try {
    const copy = { from: state.seen.get(field) ?? "", text: field.value }
    sessionStorage.setItem(copyName(key), JSON.stringify(copy))
  } catch {
    // Without room or permission there is no copy.
  }
}

// A field that is on the page as it was before somebody typed into it gets the words back.
function restore(state, field) {
  if (state.seen.has(field) || !KEPT.test(keyOf(field))) return
  state.seen.set(field, field.value)
  let copy = null
  try {
    copy = JSON.parse(sessionStorage.getItem(copyName(keyOf(field))))
  } catch {
    return
  }
  if (!copy || copy.text === field.value || copy.from !== field.value) return
  write(field, copy.text)
  told(field)
  setTimeout(() => leave(field), 0)
}

function forgetCommitted(state, commits) {
  for (const [key, number] of Object.entries(commits)) {
    if (state.commits[key] === number) continue
    state.commits[key] = number
    try {
      sessionStorage.removeItem(copyName(key))
    } catch {
      // see keepCopy
    }
  }
}

function look(state) {
  if (state.looking) return
  state.looking = setTimeout(() => {
    state.looking = 0
    for (const field of fields()) restore(state, field)
    onConnection(state)
  }, 60)
}

// ---- the component ------------------------------------------------------------------------------

function install() {
  const state = { typed: new WeakSet(), seen: new WeakMap(), commits: {}, focused: null }
  state.connected = true
  // On the window: before whatever else the page does with a key or a click.
  const heard = {
    input: (event) => onInput(state, event),
    compositionend: onComposed,
    focusin: (event) => {
      // Before the first key, however fast it comes.
      if (isField(event.target)) restore(state, event.target)
      remember(state, event)
    },
    select: (event) => remember(state, event),
    focusout: (event) => onLeave(state, event),
    pointerdown: () => onPress(state),
    keydown: (event) => onKey(state, event),
  }
  for (const [name, act] of Object.entries(heard)) window.addEventListener(name, act, true)
  const observer = new MutationObserver(() => look(state))
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    attributeFilter: ["data-test-connection-state"],
  })
  state.stop = () => {
    observer.disconnect()
    clearTimeout(state.looking)
    for (const [name, act] of Object.entries(heard)) window.removeEventListener(name, act, true)
  }
  look(state)
  return state
}

// One keeper for the document, however many parts of the page name what has arrived.
export default function (component) {
  const { data, parentElement, setTriggerValue } = component
  keeper ??= install()
  users.add(parentElement)
  const state = keeper
  if (data.session !== null) state.ask = () => setTriggerValue("again", Date.now())
  if (data.session !== null && state.session !== data.session) {
    if (state.session !== undefined) state.commits = {}
    state.session = data.session
    document.documentElement.dataset.simcardsSession = data.session
    setTimeout(() => again(state), 0)
  }
  forgetCommitted(state, data.commits)
  return () => {
    users.delete(parentElement)
    if (users.size > 0) return
    keeper.stop()
    keeper = null
  }
}
