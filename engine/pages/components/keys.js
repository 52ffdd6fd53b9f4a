// Keyboard for the study page. A key presses a button that is on the page: the nth button, radio
// or checkbox inside the container whose Streamlit key is given. So the keyboard and the mouse
// take one way, and whatever guards the one guards the other.
//
// data: {presentation, text, slider, pick: [container, ...], sure: container|null,
//        press: {key: container}, rate: container|null}
const installed = new WeakMap()

const isText = (element) =>
  element instanceof HTMLElement &&
  (element.isContentEditable ||
    element.tagName === "TEXTAREA" ||
    element.tagName === "SELECT" ||
    (element.tagName === "INPUT" && !["radio", "checkbox", "button"].includes(element.type)))

const inside = (key) => document.querySelector(`.st-key-${key}`)

const controls = (key) =>
  Array.from(
    inside(key)?.querySelectorAll(
      'button:not([disabled]), input[type="radio"], input[type="checkbox"]'
    ) ?? []
  )

const slider = (data) =>
  data.slider ? inside(data.slider)?.querySelector('[role="slider"]') ?? null : null

const pressNth = (key, nth) => {
  const control = controls(key)[nth]
  if (!control) return false
  control.click()
  return true
}

const dialogOpen = () =>
  document.querySelector('[role="dialog"], [data-testid="stPopoverBody"]') !== null

function setStage(state, stage) {
  state.stage = stage
  const bar = state.data.sure ? inside(state.data.sure) : null
  if (bar) bar.toggleAttribute("data-armed", stage === "sure")
}

function onKey(state, event) {
  const { data } = state
  if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return
  // While a Korean syllable is being composed every key belongs to the input method.
  if (event.isComposing || event.keyCode === 229 || dialogOpen()) return
  const target = event.composedPath()[0]
  const field = data.text ? inside(data.text)?.querySelector("input") : null
  if (isText(target)) {
    if (target === field && event.key === "Enter") {
      event.preventDefault()
      event.stopPropagation()
      target.blur() // hands the text to Streamlit
      setStage(state, "sure")
    }
    return
  }
  const onControl =
    target instanceof HTMLElement && target.closest("button, a, summary") !== null
  if (onControl && (event.key === "Enter" || event.key === " ")) return
  if (handle(state, event.key, event.code, field)) {
    event.preventDefault()
    event.stopPropagation()
  }
}

function handle(state, key, code, field) {
  const { data } = state
  // The physical key too: with a Korean layout on, "u" arrives as "ㅕ".
  const letter = /^Key[A-Z]$/.test(code) ? code.slice(3).toLowerCase() : key
  const digit = /^[1-9]$/.test(key) ? Number(key) - 1 : null
  if (digit !== null && data.rate) return pressNth(data.rate, digit)
  if (digit !== null && data.sure && state.stage === "sure") {
    return pressNth(data.sure, digit)
  }
  if (digit !== null && data.pick) return pressNth(data.pick, digit)
  if (key === "Enter" && data.sure && state.stage !== "sure") {
    setStage(state, "sure")
    return true
  }
  if (key === "Escape" && data.sure && state.stage === "sure") {
    setStage(state, "answer")
    const start = slider(data) ?? field
    if (start) start.focus()
    return true
  }
  const name = key === " " ? "Space" : key
  const container = data.press?.[name] ?? data.press?.[letter]
  return container ? pressNth(container, 0) : false
}

export default function (component) {
  const { data, parentElement } = component
  let state = installed.get(parentElement)
  if (!state) {
    state = { data: {}, stage: "answer" }
    state.listener = (event) => onKey(state, event)
    document.addEventListener("keydown", state.listener, true)
    installed.set(parentElement, state)
  }
  const fresh = state.data.presentation !== data.presentation
  state.data = data
  if (fresh) {
    setStage(state, data.text || data.pick ? "answer" : "sure")
    // The field may be drawn a moment after this component.
    const focus = (left) => {
      const input = data.slider
        ? slider(data)
        : data.text
          ? inside(data.text)?.querySelector("input")
          : null
      if (input) input.focus({ preventScroll: true })
      else if (left > 0 && data.text) setTimeout(() => focus(left - 1), 30)
    }
    if (data.text) focus(20)
    else if (isText(document.activeElement)) document.activeElement.blur()
  }
  setStage(state, state.stage)
  return () => {
    document.removeEventListener("keydown", state.listener, true)
    installed.delete(parentElement)
  }
}
