// A text area of the app's own. The browser owns the text, caret, scroll and undo; the server is
// handed what stands in the field, the syllable that is being composed included, and sets the
// text only when it says so with another version.
//
// data: {label, file, text, version, base, copy, heard: [writer, number], pause, save: container
//        of the save button, insert: {nonce, text}, line: {nonce, number}}
// handed over: {writer, number, file, text, version, base, save}
const installed = new WeakMap()
// Orders that were carried out, by copy: they outlive the text area.
const carriedOut = (window.simcardsOrders ??= {})

const connected = () => {
  const app = document.querySelector("[data-testid=stApp]")
  return !app || app.dataset.testConnectionState === "CONNECTED"
}

// ---- the copy in the browser, for the moments before a closed tab or a lost connection ----------

function keepCopy(state) {
  try {
    const { version, base } = state
    localStorage.setItem(state.data.copy, JSON.stringify({ text: state.area.value, version, base }))
  } catch {
    // Without room or permission there is no copy; the server is handed the text all the same.
  }
}

function copyOf(state) {
  try {
    return JSON.parse(localStorage.getItem(state.data.copy))
  } catch {
    return null
  }
}

function dropCopy(state) {
  try {
    const copy = copyOf(state)
    // Another tab's words are that tab's.
    if (copy && copy.text === state.area.value) localStorage.removeItem(state.data.copy)
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
  if (!state.answered && Date.now() - state.at > 1500) handOver(state)
}

// ---- taking what the server says ----------------------------------------------------------------

function take(state, data) {
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
  state.area.value = data.text
  state.area.setSelectionRange(0, 0)
  const copy = copyOf(state)
  if (!copy || copy.text === data.text) return
  state.area.value = copy.text
  state.base = copy.base
  handOver(state)
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

function insert(area, text) {
  area.focus()
  const before = area.value.slice(0, area.selectionStart)
  const gap = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n"
  // execCommand keeps the browser's own undo; it is the only way that does.
  if (!document.execCommand("insertText", false, gap + text)) {
    area.setRangeText(gap + text, area.selectionStart, area.selectionEnd, "end")
    area.dispatchEvent(new Event("input", { bubbles: true }))
  }
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
  parentElement.append(label)
  const writer = Math.random().toString(36).slice(2)
  return { label, area, writer, number: 0, answered: true, unsaved: false, at: 0, timer: 0 }
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
    document.documentElement.removeAttribute("data-simcards-pending")
    state.label.remove()
    installed.delete(parentElement)
  }
}
