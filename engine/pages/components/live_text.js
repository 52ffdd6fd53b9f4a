// A text area of the app's own. The browser owns the text, caret, scroll and undo; the server is
// handed what stands in the field, the syllable that is being composed included, and sets the
// text only when it says so with another version.
//
// data: {label, file, text, version, base, copy, heard: [writer, number], pause, save: container
//        of the save button, insert: {nonce, text}, line: {nonce, number},
//        words: {offer, take, forget, locale}}
// handed over: {writer, number, file, text, version, base, save}
const installed = new WeakMap()
// Orders that were carried out, by copy: they outlive the text area.
const carriedOut = (window.simcardsOrders ??= {})

// Choices that turn the page to another view or file.
const TURNS = ".st-key-edit-view, .st-key-edit-file, .st-key-edit-into"
// The text area of a file that is written in now, by copy.
const living = (window.simcardsAreas ??= {})

const connected = () => {
  const app = document.querySelector("[data-testid=stApp]")
  return !app || app.dataset.testConnectionState === "CONNECTED"
}

const idle = () =>
  document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"

// ---- the copy in the browser, for the moments before a closed tab or a lost connection ----------

// A copy for each text area: two tabs must not write over each other's. `over` are the texts the
// server may have while these words are on their way; where it has another, they are older than it.
const copyName = (state) => `${state.data.copy}-${state.writer}`
// So many of them are told apart, or each key during a long outage would write them all.
const MOST_OVER = 50

const MULTIPLIER = 0x01000193 // FNV-1a
function hashOf(text) {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), MULTIPLIER)
  return `${text.length}-${hash >>> 0}`
}

function keepCopy(state) {
  try {
    const { version, base, over } = state
    const copy = { text: state.area.value, version, base, over, at: Date.now() }
    localStorage.setItem(copyName(state), JSON.stringify(copy))
  } catch {
    // Without room or permission there is no copy; the server is handed the text all the same.
  }
}

// What all tabs kept of this file and nobody confirmed, the newest first.
function copiesOf(state) {
  const names = (() => {
    try {
      return Object.keys(localStorage)
    } catch {
      return []
    }
  })()
  return names
    .filter((name) => name === state.data.copy || name.startsWith(`${state.data.copy}-`))
    .flatMap((name) => {
      try {
        const copy = JSON.parse(localStorage.getItem(name))
        return [{ over: [], at: Date.now(), ...copy, name }]
      } catch {
        return [] // of one that nobody can read, there is nothing to bring
      }
    })
    .filter((copy) => typeof copy.text === "string")
    .sort((one, other) => other.at - one.at)
}

function forget(copies) {
  for (const copy of copies) localStorage.removeItem(copy.name)
}

// The server has what stands here.
function dropCopy(state) {
  state.over = [hashOf(state.area.value)]
  try {
    localStorage.removeItem(copyName(state))
  } catch {
    // see keepCopy
  }
}

// ---- handing over -------------------------------------------------------------------------------

function handOver(state, save = false) {
  clearTimeout(state.timer)
  const text = state.area.value
  const wanted = save || state.unsaved
  if (text === state.handed && !wanted && state.answered) return
  if (text !== state.handed || save || state.answered) state.number += 1
  if (text !== state.handed) state.over = [...state.over, hashOf(text)].slice(-MOST_OVER)
  Object.assign(state, { handed: text, unsaved: wanted, answered: false, at: Date.now() })
  const { writer, number, version, base } = state
  const file = state.data.file
  state.set("handed", { writer, number, file, text, version, base, save: wanted })
}

// What the server has not is not called saved.
const markPending = (state) =>
  document.documentElement.toggleAttribute(
    "data-simcards-pending",
    !state.answered || state.area.value !== state.handed
  )

function onInput(state) {
  markPending(state)
  keepCopy(state)
  clearTimeout(state.timer)
  state.timer = setTimeout(() => handOver(state), state.data.pause)
}

// What was handed over while there was no connection, or to a server that is gone.
function again(state) {
  if (!connected()) return
  if (state.area.readOnly && Date.now() - state.turned > 1000 && idle()) state.area.readOnly = false
  if (!state.answered && Date.now() - state.at > 1500) handOver(state)
}

// ---- taking what the server says ----------------------------------------------------------------

function take(state, data) {
  state.area.readOnly = false
  const [writer, number] = data.heard ?? ["", 0]
  if (writer === state.writer && number >= state.number) {
    Object.assign(state, { answered: true, unsaved: false })
  }
  const current = state.answered && state.area.value === state.handed
  if (data.version === state.version) {
    if (current) dropCopy(state)
    state.base = data.base
    return
  }
  if (!current) {
    // Newer words stand here; they keep the revision they were made from, and are handed over.
    state.version = data.version
    state.answered = false
    handOver(state)
    return
  }
  Object.assign(state, { version: data.version, base: data.base })
  if (state.area.value !== data.text) setText(state, data.text)
  dropCopy(state)
}

function setText(state, text) {
  const { selectionStart, selectionEnd, scrollTop } = state.area
  state.area.value = state.handed = text
  state.area.setSelectionRange(selectionStart, selectionEnd)
  state.area.scrollTop = scrollTop
}

function begin(state, data) {
  Object.assign(state, { version: data.version, base: data.base, handed: data.text })
  state.over = [hashOf(data.text)]
  state.area.value = data.text
  state.area.setSelectionRange(0, 0)
  const before = living[data.copy]
  living[data.copy] = state
  if (before?.area.isConnected) return follow(state, before)
  const copies = copiesOf(state)
  forget(copies.filter((copy) => copy.text === data.text))
  const left = copies.filter((copy) => copy.text !== data.text)
  const newest = left.find((copy) => copy.over.includes(state.over[0]))
  if (!newest) return offer(state, left)
  forget([newest])
  bring(state, newest)
  offer(state, left.filter((copy) => copy !== newest))
}

// The page turns to another view of the same file: for a moment the text area that was there stands
// beside its successor. The words, the focus and the caret go on here, and no key is left behind.
function follow(state, before) {
  const { area } = before
  const focused = document.activeElement === area
  const { selectionStart, selectionEnd, scrollTop } = area
  before.stop()
  before.before = null
  Object.assign(state, { before, over: before.over, unsaved: before.unsaved })
  const { value: text } = area
  if (text !== state.handed || state.unsaved) bring(state, { text, base: before.base })
  area.readOnly = true
  if (!focused) return
  state.area.focus({ preventScroll: true })
  state.area.setSelectionRange(selectionStart, selectionEnd)
  state.area.scrollTop = scrollTop
}

// The successor may go first; then the words go on where they came from.
function leave(state) {
  const { before, data } = state
  if (living[data.copy] !== state) return
  delete living[data.copy]
  if (!before?.area.isConnected) return
  living[data.copy] = before
  before.stop = listen(before)
  before.area.readOnly = false
  const { value: text } = state.area
  if (before.area.value !== text) bring(before, { text, base: state.base })
}

function bring(state, copy) {
  state.area.value = copy.text
  state.base = copy.base
  keepCopy(state)
  handOver(state)
}

// ---- words that are older than what the server has: offered, never put in its place -------------

function offer(state, copies) {
  state.bar.replaceChildren()
  const [copy] = copies
  if (!copy) return
  const { words } = state.data
  const said = document.createElement("span")
  said.textContent = words.offer.replace("{time}", new Date(copy.at).toLocaleString(words.locale))
  const rest = copies.slice(1)
  const button = (label, act) => {
    const made = document.createElement("button")
    made.type = "button"
    made.textContent = label
    made.addEventListener("click", () => {
      act()
      forget([copy])
      offer(state, rest)
    })
    return made
  }
  const take = button(words.take, () => putIn(state, copy))
  state.bar.append(said, take, button(words.forget, () => state.area.focus()))
}

// Undo brings back what stood there.
function putIn(state, copy) {
  state.base = copy.base
  state.area.focus()
  state.area.select()
  insertText(state.area, copy.text)
}

// ---- saving, inserting, jumping -----------------------------------------------------------------

const saveButton = (state, target) =>
  target instanceof Element ? target.closest(`.st-key-${state.data.save} button`) : null

function onKey(state, event) {
  if (!(event.ctrlKey || event.metaKey) || event.code !== "KeyS") return
  event.preventDefault()
  event.stopPropagation()
  handOver(state, true)
}

// The text goes with the click, whatever the server heard before; the caret stays where it is.
function onSave(state, event) {
  if (!saveButton(state, event.target)) return
  event.preventDefault()
  if (event.type === "mousedown") return
  event.stopPropagation()
  const note = document.querySelector(".st-key-edit-note input")
  if (document.activeElement === note) note.blur()
  handOver(state, true)
}

// Another view or file was asked for: this text area is about to go, and takes no more keys.
function onTurn(state, event) {
  const asked = event.target instanceof Element && event.target.closest("[role=radio]")
  if (!asked || asked.ariaChecked === "true" || !asked.closest(TURNS)) return
  handOver(state)
  // Until it is gone, or stays after all; see `again`.
  Object.assign(state, { turned: Date.now() })
  state.area.readOnly = true
}

function insert(area, text) {
  area.focus()
  const before = area.value.slice(0, area.selectionStart)
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n"
  insertText(area, gap + text)
}

// execCommand keeps the browser's own undo; it is the only way that does.
function insertText(area, text) {
  if (document.execCommand("insertText", false, text)) return
  area.setRangeText(text, area.selectionStart, area.selectionEnd, "end")
  area.dispatchEvent(new Event("input", { bubbles: true }))
}

function jump(area, number) {
  const lines = area.value.split("\n")
  const at = Math.min(Math.max(number, 1), lines.length) - 1
  const start = lines.slice(0, at).join("\n").length + (at > 0 ? 1 : 0)
  area.focus()
  area.setSelectionRange(start, start + lines[at].length)
  // The line in the middle of the area, as well as wrapped lines allow.
  area.scrollTop = (area.scrollHeight * at) / lines.length - area.clientHeight / 2
}

function once(state, name, act) {
  const order = state.data[name]
  const done = (carriedOut[state.data.copy] ??= {})
  const before = done[name] ?? 0
  done[name] = order.nonce
  if (order.nonce !== 0 && order.nonce !== before) setTimeout(() => act(state.area, order), 0)
}

// ---- the component ------------------------------------------------------------------------------

function listen(state) {
  const { area } = state
  const heard = [
    [area, "input", () => onInput(state)],
    [area, "blur", () => handOver(state)],
    [document, "keydown", (event) => onKey(state, event)],
    [document, "mousedown", (event) => onSave(state, event)],
    [document, "click", (event) => onSave(state, event)],
    [document, "click", (event) => onTurn(state, event)],
    [window, "pagehide", () => handOver(state)],
    [document, "visibilitychange", () => handOver(state)],
  ]
  for (const [target, name, act] of heard) target.addEventListener(name, act, true)
  const every = setInterval(() => again(state), 500)
  return () => {
    clearInterval(every)
    clearTimeout(state.timer)
    for (const [target, name, act] of heard) target.removeEventListener(name, act, true)
  }
}

function build(parentElement) {
  const label = document.createElement("label")
  const area = document.createElement("textarea")
  area.spellcheck = false
  label.className = "simcards-writing"
  label.append(document.createElement("span"), area)
  const bar = document.createElement("div")
  bar.className = "simcards-offer"
  bar.setAttribute("role", "status")
  parentElement.append(bar, label)
  const writer = Math.random().toString(36).slice(2)
  const state = { label, area, bar, writer, number: 0, answered: true, unsaved: false }
  return Object.assign(state, { at: 0, timer: 0, turned: 0, before: null })
}

export default function (component) {
  const { data, parentElement, setStateValue } = component
  let state = installed.get(parentElement)
  const fresh = !state
  if (fresh) {
    state = build(parentElement)
    state.stop = listen(state)
    installed.set(parentElement, state)
  }
  Object.assign(state, { data, set: setStateValue })
  state.label.firstChild.textContent = data.label
  if (fresh) begin(state, data)
  else take(state, data)
  markPending(state)
  once(state, "insert", (area, order) => insert(area, order.text))
  once(state, "line", (area, order) => jump(area, order.number))
  return () => {
    state.stop()
    leave(state)
    document.documentElement.removeAttribute("data-simcards-pending")
    state.bar.remove()
    state.label.remove()
    installed.delete(parentElement)
  }
}
